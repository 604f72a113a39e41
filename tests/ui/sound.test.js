// The sound: played in the web view, from the recording or from the listening copy.
import assert from "node:assert/strict";
import { renameSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { Computer } from "./harness/computer.js";
import { sample } from "./harness/places.js";
import { agree, heardToTheEnd, openOnlySession } from "./harness/steps.js";
import { pause, until } from "./harness/wait.js";

test("a session is played, paused, wound and played faster", async (t) => {
  const computer = await Computer.new(t);
  computer.takeSampleHeard();
  const astra = await computer.open();
  await openOnlySession(astra);
  await playsAndWinds(astra);
});

test("with the memory stick pulled out, the listening copy is played", async (t) => {
  const computer = await Computer.new(t);
  const first = await computer.open(computer.bringSample());
  await agree(first);
  await heardToTheEnd(first);
  await computer.close();
  renameSync(join(computer.stick, basename(sample)), join(computer.folder, "otra.ogg"));

  const second = await computer.open();
  await openOnlySession(second);
  await second.sees("La grabación original no está conectada");
  await playsAndWinds(second);
});

async function playsAndWinds(astra) {
  await astra.click("button", /^Reproducir/);
  await until("a playhead that moves", async () => (await heardSeconds(astra)) >= 2);
  await astra.press("Shift", "F7");
  await until("five seconds further", async () => (await heardSeconds(astra)) >= 7, { within: 3_000 });
  await astra.click("button", /^Pausar/);
  await astra.find("button", /^Reproducir/);
  const stopped = await heardSeconds(astra);
  await pause(1_500);
  assert.equal(await heardSeconds(astra), stopped);

  // Three steps faster, so that in three seconds much more than three are heard.
  for (let step = 0; step < 4; step += 1) await astra.press("F10");
  await astra.press("F4");
  await pause(4_000);
  assert.ok((await heardSeconds(astra)) - stopped >= 4, "it was not played faster");
}

/** Where the playhead is, as the bar says it. */
async function heardSeconds(astra) {
  const [, minutes, seconds] = /(\d+):(\d\d)\s*\/\s*4:38/.exec(await astra.text());
  return Number(minutes) * 60 + Number(seconds);
}
