// The first start: a welcome of three steps, none of them an obstacle, and a session to try.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Computer } from "./harness/computer.js";
import { heardToTheEnd, passages, sessionRow, wholeText } from "./harness/steps.js";
import { until } from "./harness/wait.js";

test("whoever starts Astra for the first time is led to a session that was heard meanwhile", async (t) => {
  const computer = await Computer.new(t, { welcomed: false });
  const astra = await computer.open();
  await astra.find("heading", "Le damos la bienvenida a Astra");
  await astra.click("button", "Siguiente");
  await astra.find("heading", "¿Para quién trabaja Astra?");
  await astra.click("button", "Siguiente");
  await astra.click("button", "Comenzar");
  await astra.find("heading", "Sesiones");

  await heardToTheEnd(astra);
  assert.equal((await sessionRow(astra)).title, "Sesión de muestra");
  await astra.click("row", /Sesión de muestra/);
  await wholeText(astra);
  await until("its first words", async () => (await passages(astra)).some((text) => text.startsWith("Muy buenos días")));

  // The welcome is for the first start only, and so is the session to try.
  await computer.close();
  const again = await computer.open();
  await again.find("heading", "Sesiones");
  assert.equal(computer.sql("SELECT count(*) FROM session")[0][0], 1);
});
