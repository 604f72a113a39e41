// Correcting with the keys that a secretary uses all day: doubts, marks and times.
import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Computer } from "./harness/computer.js";
import { paragraphsOf } from "./harness/docx.js";
import { openOnlySession, passages, putCursorBefore, saved } from "./harness/steps.js";
import { until } from "./harness/wait.js";

test("F8 plays the next doubt, Ctrl+Enter takes it as right, and fewer are left", async (t) => {
  const computer = await Computer.new(t);
  const long = computer.fill();
  const astra = await computer.open();
  await astra.go(`/sessions/${long}`);
  await astra.sees("Quedan 54 dudas");
  await astra.press("F8");
  await until("a row that is in doubt, with the cursor", () => astra.run(() => document.activeElement?.closest("[data-doubtful]") !== null));
  await until("its sound", async () => /0:00:2\d\s*\/\s*7:00:00/.test(await astra.text()));
  await astra.press("Control", "Enter");
  await astra.sees("Quedan 53 dudas");
  await until("the next one", async () => /0:08:1\d\s*\/\s*7:00:00/.test(await astra.text()));
  await astra.press("Control", "z");
  await astra.sees("Quedan 54 dudas");
});

test("what is reserved or inaudible stays out of the document, and times are set from the sound", async (t) => {
  const computer = await Computer.new(t);
  computer.takeSampleHeard();
  const astra = await computer.open();
  await openOnlySession(astra);

  await putCursorBefore(astra, "procedo a llamar");
  await astra.press("Control", "Shift", "r");
  await astra.sees("Reservado");
  await putCursorBefore(astra, "Rafael Cárdenas. Presente");
  await astra.press("Control", "Shift", "i");
  await astra.sees("Inaudible");

  const before = computer.transcript().segments.find(({ text }) => text.startsWith("Muy buenos"));
  await astra.press("F7");
  await putCursorBefore(astra, "Muy buenos días");
  await astra.press("Alt", "Home");
  await saved(astra);
  await until("a later start", () => computer.transcript().segments.find(({ text }) => text.startsWith("Muy buenos")).start_ms === 2000);
  assert.ok(before.start_ms < 2000 && before.end_ms > 2000);

  await astra.press("Control", "e");
  await astra.sees("Documento listo", { within: 30_000 });
  const [written] = readdirSync(computer.stick).filter((name) => name.endsWith(".docx"));
  const text = paragraphsOf(join(computer.stick, written)).map((paragraph) => paragraph.text).join("\n");
  const onScreen = (await passages(astra)).join("\n");
  for (const words of ["procedo a llamar", "Rafael Cárdenas. Presente"]) {
    assert.ok(onScreen.includes(words) && !text.includes(words), words);
  }
  assert.ok(text.includes("Muy buenos días"));
});

test("a name that the vocabulary wrote says what was heard, goes back with one press, and is listened to again", async (t) => {
  const computer = await Computer.new(t);
  writeFileSync(join(computer.folder, "palabras.txt"), "Rafael Kárdenas\n");
  computer.astra("vocabulary", "import", join(computer.folder, "palabras.txt"));
  computer.listenToSample();
  const astra = await computer.open();
  await openOnlySession(astra);
  await putCursorBefore(astra, "Rafael Kárdenas");
  await astra.sees("Se oyó «Cárdenas»");
  assert.deepEqual(await astra.seriousProblems(), []);
  await astra.shoot("1280x800", "light", "29-nombre-corregido");
  await astra.click("button", "El vocabulario escribió «Kárdenas» donde se oyó «Cárdenas». Escribir otra vez lo que se oyó");
  await until("what was heard", async () => (await passages(astra)).some((text) => text.includes("Rafael Cárdenas")));
  await saved(astra);

  await putCursorBefore(astra, "Muy buenos días");
  await astra.click("button", "Más acciones del párrafo de 0:00");
  await astra.click("menuitem", "Escuchar de nuevo con…");
  await astra.find("dialog", "Escuchar de nuevo");
  // The button changes its colour for a moment once the models are known.
  await until("a dialog that everybody can read", async () => (await astra.seriousProblems()).length === 0);
  await astra.shoot("1280x800", "light", "29-escuchar-de-nuevo");
  await astra.click("button", "Escuchar");
  await astra.sees("Se escuchó 1 párrafo.", { within: 60_000 });
  assert.ok((await passages(astra)).some((text) => text.startsWith("Muy buenos días")));
  assert.ok((await passages(astra)).some((text) => text.includes("Rafael Cárdenas")), "what was put back stays");
});
