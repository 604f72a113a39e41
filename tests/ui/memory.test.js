// What Astra remembers when it is opened again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Computer } from "./harness/computer.js";
import { goToList, openOnlySession, passages, putCursorBefore, saved } from "./harness/steps.js";
import { until } from "./harness/wait.js";

test("what was corrected can be undone after a restart, and after a power cut", async (t) => {
  const computer = await Computer.new(t);
  computer.takeSampleHeard();
  const first = await computer.open();
  await openOnlySession(first);
  await putCursorBefore(first, "Muy buenos días");
  await first.type("Hola. ");
  await saved(first);
  await computer.close();

  const second = await computer.open();
  await openOnlySession(second);
  await until("what was typed", async () => (await passages(second))[0].startsWith("Hola. Muy buenos días"));
  await second.click("button", /^Deshacer: /);
  await until("what was there before", async () => (await passages(second))[0].startsWith("Muy buenos días"));
  await saved(second);
  await computer.cutPower();

  const third = await computer.open();
  await openOnlySession(third);
  await third.click("button", /^Rehacer: /);
  await until("what was typed, again", async () => (await passages(third))[0].startsWith("Hola. Muy buenos días"));
});

test("a backup takes the place of what came after it, which is kept, and Astra opens anew", async (t) => {
  const computer = await Computer.new(t);
  computer.takeSampleHeard();
  const before = await computer.open();
  await typeAtTheBeginning(before, "Antes. ");
  await before.go("/settings/backups");
  await before.click("button", "Hacer una copia ahora");
  await before.sees("Copia hecha y comprobada");
  await goToList(before);
  await typeAtTheBeginning(before, "Después. ");
  await before.go("/settings/backups");
  const [manual] = computer.astra("backup", "list").filter(({ kind }) => kind === "manual");
  assert.equal(manual.sessions, 1);
  // The newest is the first.
  await before.click("button", /^Volver a esta copia…/);
  await before.find("alertdialog");
  await before.click("button", "Volver a esta copia");
  // The window that opens by itself is out of the driver's hands, so it is closed and another one is looked at.
  const first = computer.windows();
  await until("another window", () => computer.windows().some((id) => !first.includes(id)), { within: 60_000 });
  await computer.cutPower();

  const after = await computer.open();
  await openOnlySession(after);
  await until("the text of the backup", async () => (await passages(after))[0].startsWith("Antes. Muy buenos días"));
  const kinds = computer.astra("backup", "list").map(({ kind }) => kind);
  assert.ok(kinds.includes("replaced"), kinds.join());
});

async function typeAtTheBeginning(astra, words) {
  await openOnlySession(astra);
  await putCursorBefore(astra, words === "Antes. " ? "Muy buenos días" : "Antes.");
  await astra.type(words);
  await saved(astra);
}

test("colours, size of the text, language and size of the window are as they were left", async (t) => {
  const computer = await Computer.new(t);
  const first = await computer.open();
  await first.resize(1400, 900);
  await first.click("link", "Ajustes");
  await first.go("/settings/appearance");
  await choose(first, "Colores", "Oscuros");
  await choose(first, "Idioma de la ventana", "English");
  await first.find("heading", "Settings");
  await choose(first, "Text size", /150/);
  const background = await backgroundOf(first);
  await computer.close();

  const second = await computer.open();
  await second.find("heading", "Sessions");
  assert.deepEqual(second.size(), [1400, 900]);
  assert.equal(await backgroundOf(second), background);
  // One and a half times as large, so the page has two thirds of the width.
  await until("larger text", async () => Math.abs((await second.run(() => innerWidth)) - 1400 / 1.5) < 3);
});

async function choose(astra, setting, option) {
  await astra.click("combobox", setting);
  await astra.click("option", option);
}

function backgroundOf(astra) {
  return astra.run(() => getComputedStyle(document.querySelector("main").parentElement).backgroundColor);
}
