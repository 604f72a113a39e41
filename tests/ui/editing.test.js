// From the recording to the Word document: the whole road of a secretary's day, by mouse and keyboard.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Computer } from "./harness/computer.js";
import { paragraphsOf } from "./harness/docx.js";
import { dropRecordings } from "./harness/drop.js";
import { agree, heardToTheEnd, passages, putCursorBefore, saved, sessionRow } from "./harness/steps.js";
import { until } from "./harness/wait.js";

test("a dropped recording becomes text, is corrected, and the Word document holds exactly what was corrected", async (t) => {
  const computer = await Computer.new(t);
  const astra = await computer.open();
  await astra.resize(1280, 800);

  await dropRecordings([computer.bringSample()], {
    hovering: () => astra.sees("Suelte aquí las grabaciones de una sesión"),
  });
  await astra.sees("sesion-de-muestra.ogg");
  await agree(astra);

  // The text grows while the rest is being heard.
  const few = await until("the first passages", async () => {
    const texts = await passages(astra);
    return texts.length > 0 && texts;
  }, { within: 60_000 });
  await until("more passages than at first", async () => (await passages(astra)).length > few.length, { within: 60_000 });
  await heardToTheEnd(astra);
  await astra.seesNoMore("Pausar");
  const heard = textsOf(computer);

  await putCursorBefore(astra, "miércoles diez");
  for (const _ of "miércoles diez") await astra.press("Delete");
  await astra.type("martes dieciocho");
  await saved(astra);
  await putCursorBefore(astra, "Siendo las nueve");
  await astra.press("Enter");
  await until("two passages of one", async () => (await passages(astra)).includes("Muy buenos días a todos los asistentes."));
  await putCursorBefore(astra, "Presente.");
  await astra.press("Backspace");
  await until("one passage of two", async () => (await passages(astra)).includes("Hernán Quintero. Presente."));

  await name(astra, "Muy buenos días", "Marta Núñez");
  await name(astra, "Con gusto", "Iván Peña");
  await replaceEverywhere(astra, "orden del día", "temario");
  await replaceEverywhere(astra, "concejales", "ediles");
  assert.ok(!(await passages(astra)).some((text) => text.includes("concejales")));
  await astra.press("Escape");
  await putCursorBefore(astra, "Muy buenos días");
  await astra.press("Control", "z");
  await until("the former word", async () => (await passages(astra)).some((text) => text.includes("concejales")));
  await saved(astra);

  await astra.press("Control", "e");
  await astra.sees("Documento listo", { within: 30_000 });
  await astra.find("button", "Mostrar en la carpeta");

  const expected = heard.map((text) => text.replace("miércoles diez", "martes dieciocho").replaceAll("orden del día", "temario"));
  expected.splice(0, 1, ...expected[0].split(/(?<=asistentes\.) /));
  const place = expected.indexOf("Presente.");
  expected.splice(place - 1, 2, `${expected[place - 1]} Presente.`);
  assert.deepEqual(textsOf(computer), expected);

  const written = readdirSync(computer.stick).filter((name) => name.endsWith(".docx"));
  assert.equal(written.length, 1, `documents: ${written}`);
  const lines = paragraphsOf(join(computer.stick, written[0]));
  const from = lines.findIndex(({ text }) => text === "Transcripción");
  const to = lines.findIndex(({ text }) => text === "Cobertura");
  const said = lines.slice(from + 1, to).map(({ text }) => /^\d\d:\d\d:\d\d\t(?:(Marta Núñez|Iván Peña|Sin identificar): )?(.*)$/.exec(text));
  assert.deepEqual(said.map((line) => line?.[2]), expected);
  assert.deepEqual(
    said.filter((line) => line?.[1]).map(([, name, text]) => [name, text.split(" ").slice(0, 2).join(" ")]),
    [["Marta Núñez", "Muy buenos"], ["Sin identificar", "Siendo las"], ["Iván Peña", "Con gusto,"], ["Sin identificar", "Hernán Quintero."]],
  );
});

test("the menu of a session changes its title, and the keys that follow go into the field", async (t) => {
  const computer = await Computer.new(t);
  computer.takeSampleHeard();
  const astra = await computer.open();
  await astra.click("button", /^Más acciones para/);
  await astra.click("menuitem", /^Cambiar el título/);
  await until("the field with the cursor", async () => /Título de la sesión/.test(await astra.focused()));
  await astra.type("Plenaria de junio");
  await astra.press("Enter");
  await astra.find("row", /Plenaria de junio/);
  assert.equal((await sessionRow(astra)).title, "Plenaria de junio");
});

async function name(astra, words, name) {
  await putCursorBefore(astra, words);
  await astra.press("F2");
  await astra.find("combobox", /Quién habla/);
  await astra.type(name);
  await astra.sees(`Agregar a «${name}»`);
  await astra.press("Enter");
  await astra.find("button", `Habla: ${name}. Cambiar`);
}

async function replaceEverywhere(astra, words, others) {
  await astra.press("Control", "h");
  await astra.fill("textbox", "Buscar en el texto", words);
  await astra.fill("textbox", "Reemplazar con", others);
  await astra.click("button", /^Reemplazar todo \(\d+\)$/);
  await until(`«${others}» in the text`, async () => (await passages(astra)).some((text) => text.includes(others)));
}

function textsOf(computer) {
  return computer.transcript().segments.map((segment) => segment.text);
}
