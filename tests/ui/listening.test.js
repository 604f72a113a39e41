// What happens to a session when something happens to Astra while it listens.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { before, test } from "node:test";
import { Computer } from "./harness/computer.js";
import { sample } from "./harness/places.js";
import { agree, heardToTheEnd, putCursorBefore, saved, sessionRow } from "./harness/steps.js";
import { until } from "./harness/wait.js";

let undisturbed;

before(async (t) => {
  const computer = await Computer.new({ after: () => undefined });
  computer.astra("transcribe", sample, "--threads", "1", "--out", computer.stick);
  undisturbed = spoken(computer);
  await computer.end({ passed: true });
});

test("a session goes on where it was when the window was closed in the middle", async (t) => {
  const computer = await Computer.new(t);
  await openAndHearSome(computer);
  await computer.close();
  assert.ok(unfinished(computer), "it ended before the window was closed");

  const again = await computer.open();
  await heardToTheEnd(again);
  assert.deepEqual(spoken(computer), undisturbed);
});

test("the window stays and the session ends whole when the engine is killed in the middle", async (t) => {
  const computer = await Computer.new(t);
  const astra = await openAndHearSome(computer);
  assert.ok(await computer.killEngine(), "no engine was listening");

  await astra.find("button", "Exportar a Word");
  await until("another engine", () => computer.engines() > 0, { within: 30_000 });
  await heardToTheEnd(astra);
  assert.deepEqual(spoken(computer), undisturbed);
});

test("what was heard is corrected while the rest is being heard, and stays as it was corrected", async (t) => {
  const computer = await Computer.new(t);
  const astra = await openAndHearSome(computer);
  await astra.sees("miércoles diez", { within: 60_000 });
  await putCursorBefore(astra, "miércoles diez");
  for (const _ of "miércoles diez") await astra.press("Delete");
  await astra.type("martes dieciocho");
  await saved(astra);
  assert.ok(unfinished(computer), "all was heard before the correction");

  await heardToTheEnd(astra);
  const corrected = undisturbed.map((said) => ({ ...said, text: said.text.replace("miércoles diez", "martes dieciocho") }));
  assert.deepEqual(spoken(computer), corrected);
});

test("a session that is paused waits, and goes on when it is told to", async (t) => {
  const computer = await Computer.new(t);
  const astra = await openAndHearSome(computer);
  await astra.click("button", /^Pausar/);
  await astra.sees("En pausa");
  const { heard_ms } = await until("a row that says so", async () => {
    const row = await sessionRow(astra);
    return row.state === "paused" && row;
  });
  await astra.click("button", /^Reanudar/);
  await until("more than before", async () => (await sessionRow(astra)).heard_ms > heard_ms, { within: 60_000 });
  await heardToTheEnd(astra);
  assert.deepEqual(spoken(computer), undisturbed);
});

async function openAndHearSome(computer) {
  const astra = await computer.open(computer.bringSample());
  await agree(astra);
  await until("something that was heard", async () => {
    const { state, heard_ms } = await sessionRow(astra);
    return state === "listening" && heard_ms > 0;
  }, { within: 60_000, every: 50 });
  return astra;
}

function unfinished(computer) {
  const [[finished]] = computer.sql("SELECT count(*) FROM listening WHERE finished_at_ms IS NOT NULL");
  return finished === 0;
}

/** What was said and when. */
function spoken(computer) {
  return computer.transcript().segments.map(({ start_ms, end_ms, text }) => ({ start_ms, end_ms, text }));
}

test("a recording at an address is heard while it arrives, and can be played afterwards", async (t) => {
  const computer = await Computer.new(t, { model: "demo-es" });
  const server = createServer((_, answer) => answer.writeHead(200, { "content-type": "audio/ogg" }).end(readFileSync(sample)));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  t.after(() => server.close());
  const astra = await computer.open();
  await astra.fill("textbox", /dirección de una grabación/, `http://127.0.0.1:${server.address().port}/plenaria.ogg`);
  await astra.click("button", "Continuar");
  await agree(astra);
  await heardToTheEnd(astra);
  assert.deepEqual(spoken(computer), undisturbed);
  await astra.click("button", /^Reproducir/);
  await until("a playhead that moves", async () => /0:0[2-9]\s*\/\s*4:38/.test(await astra.text()));
});
