// Every screen in light, dark and high contrast, in two sizes: kept as pictures, and looked at by axe.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Computer } from "./harness/computer.js";
import { passages, putCursorBefore, wholeText } from "./harness/steps.js";
import { until } from "./harness/wait.js";

// Where nobody will look at the pictures, the size that axe looks at is enough: half the time.
const sizes = process.env.ASTRA_NO_PICTURES ? [[1280, 800]] : [[1280, 800], [1920, 1080]];
const themes = ["light", "dark", "high_contrast"];
const settings = ["model", "server", "listening", "documents", "acta", "council", "roster", "vocabulary", "appearance", "privacy", "about"];

test("every screen can be looked at, and axe finds nothing serious on any", async (t) => {
  const computer = await Computer.new(t, { welcomed: false });
  const long = computer.fill();
  const astra = await computer.open();
  const problems = new Map();

  const look = async (number, name) => {
    await astra.drawn();
    const size = astra.size().join("x");
    const { theme } = (await astra.core("settings_get")).answer;
    await astra.shoot(size, theme, `${String(number).padStart(2, "0")}-${name}`);
    // Roles, names and colours are those of the smaller window, where more is in the way.
    if (size !== sizes[0].join("x")) return;
    for (const problem of await astra.seriousProblems()) {
      problems.set(`${name}: ${problem}`, theme);
    }
  };

  await everyWay(astra, async () => {
    await astra.find("heading", "Le damos la bienvenida a Astra");
    await look(1, "bienvenida");
  });
  await everyWay(astra, async () => {
    await astra.click("button", "Siguiente");
    await astra.find("heading", "¿Para quién trabaja Astra?");
    await look(2, "bienvenida-concejo");
    await astra.click("button", "Siguiente");
    await astra.find("button", "Comenzar");
    await look(3, "bienvenida-modelo");
  });
  await astra.click("button", "Comenzar");

  await astra.find("heading", "Sesiones");
  await everyWay(astra, () => look(4, "lista"));

  const sources = [computer.bringSample()];
  const { answer: sampleSession } = await astra.core("session_start", {
    start: { sources, title: null, model: null, hearer: { hearer: "as_chosen" }, keep_copy: null, microphones: false },
  });
  await astra.go(`/sessions/${sampleSession}`);
  await until("the first passage", async () => (await passages(astra)).length > 0, { within: 60_000 });
  await everyWay(astra, () => look(5, "escuchando"));
  await until("the end", async () => (await astra.core("session_row", { session: sampleSession })).answer.state === "ready", { within: 240_000 });

  await everyWay(astra, async () => {
    await astra.go(`/sessions/${sampleSession}`);
    await wholeText(astra);
    await look(6, "editor");
    await putCursorBefore(astra, "Con gusto");
    await astra.press("F2");
    await astra.find("combobox", /Quién habla/);
    await look(7, "quien-habla");
    await astra.press("Escape");
    await astra.press("Control", "h");
    await astra.fill("textbox", "Buscar en el texto", "señora secretaria");
    await astra.fill("textbox", "Reemplazar con", "señora Díaz");
    await astra.find("button", /^Reemplazar todo \([1-9]\d*\)$/);
    await look(8, "buscar-y-reemplazar");
    await astra.press("Escape");
    await astra.click("tab", "Registro");
    await astra.sees("Corporación");
    await look(9, "registro");
    await astra.click("button", "Exportar a Word");
    await astra.find("button", "Mostrar en la carpeta", { within: 30_000 });
    await look(10, "exportado");
    await astra.press("Control", "2");
    await astra.find("treeitem", /Propuesto/);
    await astra.find("heading", /^desarrollo$/i);
    await look(26, "acta");
    await astra.click("tab", /^Avisos/);
    await look(27, "acta-avisos");
    await astra.click("treeitem", /Propuesto/);
    await astra.press("F2");
    await astra.find("dialog");
    await look(28, "acta-propuesta");
    await astra.press("Escape");
    await astra.press("Control", "1");
  });

  await everyWay(astra, async () => {
    await astra.go(`/sessions/${long}`);
    await wholeText(astra);
    await look(11, "siete-horas");
    await astra.click("tab", /^Dudas/);
    await look(12, "dudas");
    await astra.press("F8");
    await look(13, "siguiente-dudoso");
    await astra.click("tab", "Historial");
    await look(14, "historial");
    await astra.press("F1");
    await astra.sees("Atajos de teclado");
    await look(15, "atajos");
    await astra.press("Escape");
  });

  for (const [place, section] of settings.entries()) {
    await everyWay(astra, async () => {
      await astra.go(`/settings/${section}`);
      await astra.find("heading", "Ajustes");
      await look(16 + place, `ajustes-${section}`);
    });
  }
  await everyWay(astra, async () => {
    await astra.go("/sessions/01a1fdf3-4516-7037-b2d1-a5a5b9793491");
    await astra.sees("Esta sesión ya no existe");
    await look(26, "error");
  });

  // The text twice as large, as far as the window can be made small.
  await show(astra, [1280, 800], { theme: "light", text_size: 200 });
  await astra.go(`/sessions/${long}`);
  await wholeText(astra);
  await look(30, "siete-horas-200");
  await astra.press("Control", "h");
  // The web driver clicks where things would be without the zoom; the keys lead into the field by themselves.
  await until("the field to type in", () => astra.run(() => document.activeElement?.getAttribute("aria-label") === "Buscar en el texto"));
  await astra.type("acueducto");
  await astra.find("button", /^Reemplazar todo \([1-9][\d.]*\)$/);
  await look(33, "buscar-y-reemplazar-200");
  await astra.press("Escape");
  await astra.go("/");
  await astra.find("heading", "Sesiones");
  await look(31, "lista-200");
  await astra.go("/settings/appearance");
  await look(32, "ajustes-200");

  assert.deepEqual([...problems.keys()], []);
});

test("the empty list and the proposal say what will happen", async (t) => {
  const computer = await Computer.new(t);
  const astra = await computer.open();
  const problems = new Set();
  const look = async (number, name) => {
    await astra.drawn();
    const { theme } = (await astra.core("settings_get")).answer;
    await astra.shoot(astra.size().join("x"), theme, `${number}-${name}`);
    for (const problem of await astra.seriousProblems()) problems.add(`${name}: ${problem}`);
  };
  await everyWay(astra, async () => {
    await astra.sees("Traiga la grabación de una sesión");
    await look(40, "lista-vacia");
  });
  await computer.close();
  const broken = join(computer.stick, "rota.mp3");
  writeFileSync(broken, Buffer.alloc(4_000, 7));
  const again = await computer.open(computer.bring("parte 1 de la sesión plenaria del martes.ogg"), computer.bringSample(), broken);
  // It stands there, not to be pressed yet, while the recordings are looked at.
  await until("a proposal to agree to", async () => (await again.find("button", "Empezar a escuchar")).isEnabled(), { within: 30_000 });
  await again.resize(1280, 800);
  await again.shoot("1280x800", "high_contrast", "41-propuesta");
  for (const problem of await again.seriousProblems()) problems.add(`propuesta: ${problem}`);
  assert.deepEqual([...problems], []);
});

async function everyWay(astra, act) {
  for (const size of sizes) {
    for (const theme of themes) {
      await show(astra, size, { theme });
      await act();
    }
  }
}

async function show(astra, [width, height], changes) {
  await astra.resize(width, height);
  const { answer: chosen } = await astra.core("settings_get");
  await astra.core("settings_save", { settings: { ...chosen, ...changes } });
  await astra.reload();
}
