// A secretary without a mouse.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { Computer } from "./harness/computer.js";
import { passages } from "./harness/steps.js";
import { pause, until } from "./harness/wait.js";

test("a session is opened, played, corrected, undone and exported with the keyboard alone", async (t) => {
  const computer = await Computer.new(t);
  computer.takeSampleHeard();
  const astra = await computer.open();
  await astra.sees("sesion-de-muestra");

  await tabTo(astra, /^row /);
  await astra.press("Enter");
  await astra.find("textbox", "Título de la sesión");
  await until("its text", async () => (await passages(astra)).length > 0);

  await astra.press("F4");
  await astra.find("button", /^Pausar/);
  await until("a playhead that moves", async () => /\b0:(?!00)\d\d\s*\//.test(await astra.text()));
  await astra.press("F4");
  await astra.find("button", /^Reproducir/);

  await tabTo(astra, /^textbox «Muy buenos/);
  await astra.press("Control", "Home");
  await astra.type("Hola. ");
  await until("what was typed", async () => (await passages(astra))[0].startsWith("Hola. Muy buenos"));
  await astra.press("Control", "z");
  await until("what was there before", async () => (await passages(astra))[0].startsWith("Muy buenos"));

  const heard = () => astra.run(() => [...CSS.highlights.get("transcript-heard")].map((range) => range.toString()).join());
  await until("the word that was heard, still marked", async () => /^[\p{L}]+$/u.test(await heard()));
  await astra.press("F1");
  await astra.sees("Atajos de teclado");
  await astra.press("Escape");
  await astra.seesNoMore("Atajos de teclado");
  assert.match(await astra.focused(), /^textbox «Muy buenos/);

  await astra.press("Control", "e");
  await astra.sees("Documento listo", { within: 30_000 });
  assert.ok(readdirSync(computer.stick).some((name) => name.endsWith(".docx")));

  await astra.press("Control", "Shift", "s");
  await astra.find("heading", "Sesiones");
});

async function tabTo(astra, wanted) {
  const stops = [];
  for (let step = 0; step < 50; step += 1) {
    stops.push((await astra.focused()).slice(0, 60));
    if (wanted.test(stops.at(-1))) return;
    await astra.press("Tab");
    await pause(30);
  }
  assert.fail(`Tab never came to ${wanted}, only to ${stops.join(", ")}`);
}
