// Finding a session again, and getting rid of one.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { Computer } from "./harness/computer.js";
import { sample } from "./harness/places.js";
import { openOnlySession } from "./harness/steps.js";
import { until } from "./harness/wait.js";

test("a word that was said is found without its accent, and the session opens at that second", async (t) => {
  const computer = await Computer.new(t);
  computer.takeSampleHeard();
  const said = computer.transcript().segments.find((segment) => segment.text.includes("Cárdenas"));
  const astra = await computer.open();
  await astra.fill("searchbox", "Buscar en todas las sesiones", "cardenas");
  // A click while the hits of the letters before give way to the last ones would meet none of them.
  const hits = computer.transcript().segments.filter((segment) => segment.text.includes("Cárdenas")).length;
  await astra.sees(`${hits} resultados en 1 sesión`);
  await astra.click("button", /Rafael Cárdenas\. Presente/);
  await astra.find("textbox", "Título de la sesión");
  const second = Math.floor(said.start_ms / 1000);
  await astra.sees(new RegExp(`0:${String(second).padStart(2, "0")}\\s*/\\s*4:38`));

  // Opened another time from the list, it begins at its beginning.
  await astra.click("link", "Sesiones");
  await openOnlySession(astra);
  await astra.sees(/0:00\s*\/\s*4:38/);
});

test("deleting a session asks, says what goes, and leaves the recording as it was", async (t) => {
  const computer = await Computer.new(t);
  computer.takeSampleHeard();
  const original = join(computer.stick, basename(sample));
  const before = hash(original);
  const astra = await computer.open();

  await astra.click("button", /^Más acciones para «sesion-de-muestra»/);
  await astra.click("menuitem", /^Eliminar…/);
  await astra.sees("¿Eliminar «sesion-de-muestra»?");
  await astra.sees(/el texto: \d+ párrafos/);
  await astra.sees("No se toca la grabación original:");
  await astra.click("button", "Cancelar");
  assert.equal(computer.astra("sessions", "list").length, 1);

  await astra.click("button", /^Más acciones para «sesion-de-muestra»/);
  await astra.click("menuitem", /^Eliminar…/);
  await astra.click("button", "Eliminar");
  await until("an empty list", () => computer.astra("sessions", "list").length === 0);
  assert.equal(hash(original), before);
});

function hash(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
