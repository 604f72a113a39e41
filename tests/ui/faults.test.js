// The window killed the way a power cut does it, at moments that seeds choose by its progress: nothing may be lost, and
// nothing heard twice. `npm run test:faults` does it fifty times, `npm test` five times; the rest of the table is in
// `tests/faults.rs`.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { Computer } from "./harness/computer.js";
import { sample } from "./harness/places.js";
import { agree, heardToTheEnd, putCursorBefore, saved, sessionRow } from "./harness/steps.js";
import { pause, until } from "./harness/wait.js";

const SEEDS = Number(process.env.ASTRA_FAULT_SEEDS ?? 5);

/** Three chunks of the sample. */
const recording = join(tmpdir(), `astra-fault-${process.pid}.wav`);

let undisturbed;

before(async () => {
  execFileSync("ffmpeg", ["-v", "error", "-y", "-t", "75", "-i", sample, recording]);
  const computer = await Computer.new({ after: () => undefined });
  computer.astra("transcribe", recording, "--model", "demo-es", "--threads", "1", "--out", computer.stick);
  undisturbed = computer.transcript().segments.map(({ text }) => text);
  await computer.end({ passed: true });
});

test("a window that is killed loses nothing, whatever it was doing", { timeout: SEEDS * 180_000 }, async (t) => {
  const lost = { chunks: 0, twice: 0, edits: 0, originals: 0 };
  for (let seed = 0; seed < SEEDS; seed += 1) {
    await t.test(`seed ${seed}: ${MOMENTS[seed % MOMENTS.length].name}`, async (t) => {
      const harm = await kill(t, seed);
      for (const [kind, count] of Object.entries(harm)) lost[kind] += count;
      assert.deepEqual(harm, { chunks: 0, twice: 0, edits: 0, originals: 0 });
    });
  }
  const cells = [SEEDS, lost.chunks, lost.twice, lost.edits, lost.originals].map((count) => String(count).padStart(14));
  const heads = ["injected", "chunks lost", "heard twice", "edits lost", "originals"].map((head) => head.padStart(14));
  console.log(`${"fault".padEnd(36)}${heads.join("")}\n${"kill -9 of the window".padEnd(36)}${cells.join("")}`);
});

/** What the window does when it is killed. Each returns the text that it said was kept. */
const MOMENTS = [
  async function typing(astra) {
    await firstText(astra);
    await typeAtTheBeginning(astra, "Corregido. ");
    await saved(astra);
    // What is typed on is not acknowledged, and may be lost.
    await astra.type("Y más");
    return "Corregido. ";
  },
  async function hearing(astra, wait) {
    await firstText(astra);
    await pause(wait);
  },
  async function starting(astra, wait) {
    await until("a job", async () => ["waiting", "listening"].includes((await sessionRow(astra)).state));
    await pause(wait);
  },
  async function exporting(astra, wait) {
    await heardToTheEnd(astra);
    await typeAtTheBeginning(astra, "Corregido al final. ");
    await saved(astra);
    await astra.press("Control", "e");
    await pause(wait / 4);
    return "Corregido al final. ";
  },
];

async function kill(t, seed) {
  const computer = await Computer.new(t, { model: "demo-es" });
  const path = computer.bring("plenaria.wav", recording);
  const astra = await computer.open(path);
  await agree(astra);
  // Some hundred milliseconds of a chunk, which takes more than a second.
  const acknowledged = (await MOMENTS[seed % MOMENTS.length](astra, (seed * 7_919) % 1_200)) ?? "";
  await computer.cutPower();
  const committed = computer.sql("SELECT position FROM chunk WHERE state = 'heard'").flat();
  const heardBefore = timesHeard(computer);

  const again = await computer.open();
  await heardToTheEnd(again);
  const { segments } = computer.transcript();
  const texts = segments.map(({ text }) => text);
  const kept = texts[0].startsWith(acknowledged) && texts[0].endsWith(undisturbed[0]);
  const others = undisturbed.slice(1).filter((text, at) => texts[at + 1] !== text).length;
  const heardAfter = timesHeard(computer);
  const twice = committed.filter((chunk) => heardAfter.get(chunk) > (heardBefore.get(chunk) ?? 0)).length;
  const beside = readdirSync(computer.stick).filter((name) => name.endsWith(".part")).length;
  await computer.close();
  return {
    chunks: others + Math.abs(texts.length - undisturbed.length),
    twice,
    edits: kept ? 0 : 1,
    originals: (digest(path) === digest(recording) ? 0 : 1) + beside,
  };
}

function firstText(astra) {
  const heard = async () => {
    const { state, heard_ms } = await sessionRow(astra);
    return state === "listening" && heard_ms > 0;
  };
  return until("something that was heard", heard, { within: 60_000, every: 50 });
}

async function typeAtTheBeginning(astra, words) {
  await until("the first words", async () => (await astra.text()).includes("Muy buenos días"), { within: 30_000 });
  await putCursorBefore(astra, "Muy buenos días");
  await astra.type(words);
}

/** How often each chunk was heard, by the log of the engine host. */
function timesHeard(computer) {
  const logs = join(computer.data, "logs");
  const text = readdirSync(logs).filter((name) => name.startsWith("engine")).map((name) => readFileSync(join(logs, name), "utf8")).join("");
  const times = new Map();
  for (const [, chunk] of text.matchAll(/: heard .*chunk=(\d+) .*effort=Usual/g)) {
    times.set(Number(chunk), (times.get(Number(chunk)) ?? 0) + 1);
  }
  return times;
}

function digest(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
