// What people really hand over: the right sentence for what cannot be heard, and the rest goes on.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Computer } from "./harness/computer.js";
import { dropRecordings } from "./harness/drop.js";
import { sample } from "./harness/places.js";
import { agree, heardToTheEnd } from "./harness/steps.js";

test("files that cannot be heard are named with the reason, and the good one among them is heard", async (t) => {
  const computer = await Computer.new(t);
  const astra = await computer.open();
  const broken = write(computer, "rota.mp3", Buffer.alloc(4_000, 7));
  const empty = write(computer, "vacía.wav", "");
  const text = write(computer, "nota.txt", "Esto no es una grabación.\n");

  await dropRecordings([broken, empty, text, computer.bringSample()]);
  await astra.sees("Estos 3 archivos no se pueden usar");
  const shown = await astra.text();
  assert.match(shown, /Los demás siguen adelante/);
  assert.match(shown, /«[^»]*rota\.mp3» no (es|se)/);
  assert.match(shown, /«[^»]*vacía\.wav» está vací[oa]/);
  assert.match(shown, /«[^»]*nota\.txt» no (es|se)/);

  await agree(astra);
  await heardToTheEnd(astra);
  assert.match(computer.transcript().segments[0].text, /^Muy buenos días/);
});

test("of a folder only its recordings are proposed", async (t) => {
  const computer = await Computer.new(t);
  const astra = await computer.open();
  const folder = join(computer.stick, "sesión del martes");
  mkdirSync(folder);
  writeFileSync(join(folder, "parte 1.ogg"), readFileSync(sample));
  writeFileSync(join(folder, "lista.txt"), "Asistentes\n");
  writeFileSync(join(folder, "foto.jpg"), "no es una foto");

  await dropRecordings([folder]);
  await astra.sees("parte 1.ogg");
  const shown = await astra.text();
  assert.ok(!shown.includes("lista.txt") && !shown.includes("foto.jpg"), shown);
  await astra.find("button", "Empezar a escuchar");
});

test("when nothing can be heard there is nothing to begin", async (t) => {
  const computer = await Computer.new(t);
  const astra = await computer.open(write(computer, "vacía.wav", ""));
  await astra.sees("Este archivo no se puede usar");
  await astra.sees("No queda ninguna grabación que escuchar.");
  assert.equal(await astra.has("button", "Empezar a escuchar"), false);
});

test("a backup that cannot be made at the start is said until somebody has read it", async (t) => {
  const computer = await Computer.new(t);
  computer.takeSampleHeard();
  const backups = join(computer.data, "backups");
  rmSync(backups, { recursive: true, force: true });
  writeFileSync(backups, "no es una carpeta");
  const astra = await computer.open();
  await astra.sees("No se pudo hacer la copia de seguridad del día");
  await astra.click("button", "Cerrar el aviso");
  await astra.seesNoMore("No se pudo hacer la copia de seguridad del día");
});

function write(computer, name, content) {
  const path = join(computer.stick, name);
  writeFileSync(path, content);
  return path;
}
