// The window is closed, logged off or started a second time: where it goes, and how it comes back.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { Computer } from "./harness/computer.js";
import { agree, heardToTheEnd, sessionRow } from "./harness/steps.js";
import { Tray } from "./harness/tray.js";
import { until } from "./harness/wait.js";

test("closed, the window goes into the tray, listens on, and comes back when its icon is asked", async (t) => {
  const tray = await Tray.new(t);
  const computer = await Computer.new(t, { keep_in_tray: true });
  const astra = await computer.open(computer.bringSample());
  await agree(astra);
  const before = await until("something that was heard", async () => (await sessionRow(astra)).heard_ms || false, { within: 60_000 });

  await astra.askToClose();
  await until("a hidden window", () => astra.state() === "Withdrawn");
  const menu = await until("an icon that says what is heard", async () => {
    const menu = await tray.menu();
    return menu?.[0].startsWith("Oyendo: ") && menu;
  });
  assert.deepEqual(menu.slice(1), ["Abrir Astra", "Dejar todo en pausa", "Salir"]);
  await until("more than before", async () => (await sessionRow(astra)).heard_ms > before, { within: 60_000 });

  await tray.press("Dejar todo en pausa");
  await until("a queue that rests", async () => (await tray.menu())[0] === "En pausa");
  await tray.press("Seguir");
  await tray.press("Abrir Astra");
  await until("the window again", () => astra.state() === "Normal");
  await heardToTheEnd(astra);
});

test("the icon speaks the language of the window, also one chosen just now, and ends Astra", async (t) => {
  const tray = await Tray.new(t);
  const computer = await Computer.new(t, { keep_in_tray: true });
  const astra = await computer.open();
  await astra.go("/settings/appearance");
  await astra.click("combobox", /^Idioma/);
  await astra.click("option", "English");
  await astra.sees("Settings");
  await astra.askToClose();
  await until("a menu in English", async () => (await tray.menu())?.join() === "Nothing to listen to,Open Astra,Pause everything,Quit");
  await tray.press("Quit");
  await until("the end of Astra", () => computer.windows().length === 0);
});

test("where no desktop shows icons, the closed window becomes small, and a second start brings it back with what it was given", async (t) => {
  const computer = await Computer.new(t, { keep_in_tray: true });
  computer.many = false;
  const astra = await computer.open();
  await astra.askToClose();
  await until("a small window", () => astra.state() === "Iconic");

  await computer.openSecond(computer.bringSample());
  await until("the window again", () => astra.state() === "Normal");
  await agree(astra);
  assert.equal(computer.windows().length, 1);
  await astra.sees("sesion-de-muestra");
});

test("started at log-in it is small where no desktop shows icons, and in the tray where one does", async (t) => {
  // A window that was never on the screen is not among those that the desktop knows.
  const states = () =>
    spawnSync("xdotool", ["search", "--name", "^Astra$"], { encoding: "utf8" })
      .stdout.split("\n")
      .filter(Boolean)
      .map((id) => spawnSync("xprop", ["-id", id, "WM_STATE"], { encoding: "utf8" }).stdout);
  const bare = await Computer.new(t, { keep_in_tray: true });
  bare.startAtLogIn();
  await until("a small window", () => states().some((state) => state.includes("window state: Iconic")));
  await bare.logOff();

  const tray = await Tray.new(t);
  const computer = await Computer.new(t, { keep_in_tray: true });
  computer.startAtLogIn();
  await until("an icon", async () => (await tray.menu())?.includes("Abrir Astra"));
  assert.ok(!states().some((state) => state.includes("window state")), "its window is on the screen");
  await tray.press("Abrir Astra");
  await until("the window", () => states().some((state) => state.includes("window state: Normal")));
});

test("at log-off Astra ends by itself in good order, and the session goes on at the next start", async (t) => {
  const computer = await Computer.new(t);
  const astra = await computer.open(computer.bringSample());
  await agree(astra);
  await until("something that was heard", async () => (await sessionRow(astra)).heard_ms > 0, { within: 60_000 });
  await computer.logOff();
  const [[chunks, finished]] = computer.sql("SELECT (SELECT count(*) FROM chunk), (SELECT count(*) FROM listening WHERE finished_at_ms IS NOT NULL)");
  assert.ok(chunks > 0 && finished === 0, `${chunks} chunks, ${finished} finished`);
  await heardToTheEnd(await computer.open());
});
