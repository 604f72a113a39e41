// A recorder's folder that is watched by the real window: what comes slowly, in pieces, is one session with its acta.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Computer } from "./harness/computer.js";
import { paragraphsOf } from "./harness/docx.js";
import { sample } from "./harness/places.js";
import { sessionRow } from "./harness/steps.js";
import { pause, until } from "./harness/wait.js";

/** Seconds of the sample in each piece. */
const PIECES = [[0, 45], [45, 45], [90, 30]];

test("three pieces that come slowly into a watched folder are one session with its acta", async (t) => {
  const computer = await Computer.new(t, { model: "demo-es", listening_copy: false });
  const card = join(computer.folder, "GRABADORA");
  mkdirSync(card);
  const astra = await computer.open();
  const { failure } = await astra.core("watch_add", { path: card, subfolders: true });
  assert.equal(failure, undefined);
  const folder = async () => (await astra.core("watch_list")).answer[0];
  await until("the first look", async () => (await folder()).first_seen_at_ms !== null, { within: 30_000 });

  const began = Date.now() / 1000 - 7_200;
  const written = PIECES.map(([start, seconds], at) => {
    const from = join(computer.folder, `pieza${at}.mp3`);
    execFileSync("ffmpeg", ["-v", "error", "-ss", String(start), "-t", String(seconds), "-i", sample, from]);
    return { bytes: readFileSync(from), path: join(card, `00${at + 1}.MP3`), ended: began + start + seconds };
  });
  for (const { bytes, path, ended } of written) await copySlowly(bytes, path, ended);

  const joined = async () => {
    const row = await sessionRow(astra);
    return row.recordings === 3 && row.state === "ready" && row;
  };
  const row = await until("one session of three recordings, heard", joined, { within: 240_000, every: 1_000 });
  assert.equal((await astra.core("session_list")).answer.length, 1);
  assert.deepEqual(readdirSync(card).sort(), ["001.MP3", "002.MP3", "003.MP3"]);
  for (const { bytes, path } of written) assert.ok(readFileSync(path).equals(bytes), path);

  await astra.go("/");
  await astra.click("row", new RegExp(row.title));
  await astra.find("textbox", "Título de la sesión");
  await astra.press("Control", "e");
  await astra.sees("Documento listo", { within: 30_000 });
  const acta = join(computer.folder, "acta.docx");
  computer.astra("acta", row.id, "--out", acta);
  const text = paragraphsOf(acta).map((paragraph) => paragraph.text).join("\n");
  for (const { text: said } of computer.transcript().segments.slice(0, 3)) {
    assert.ok(text.includes(said.split(/[.,;:]/)[0]), said);
  }
  assert.ok(statSync(acta).size > 5_000);
});

/** Copies as something that is still being copied looks, and leaves the time of a recorder that ended then. */
async function copySlowly(bytes, path, ended) {
  const half = Math.ceil(bytes.length / 2);
  writeFileSync(path, bytes.subarray(0, half));
  await pause(2_000);
  appendFileSync(path, bytes.subarray(half));
  utimesSync(path, ended, ended);
}
