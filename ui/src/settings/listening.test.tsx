// When and how Astra listens is chosen in one place, and hours in which nothing could be heard are never saved.
import { screen, waitFor } from "@testing-library/react";
import type { Settings } from "../ipc";
import { createFakeIpc } from "../ipc/fake";
import { SettingsPage } from "../settings_page";
import { renderInAstra } from "../testing";

async function open(settings: Partial<Settings> = {}) {
  const view = renderInAstra(<SettingsPage section="listening" />, { ipc: createFakeIpc({ settings }) });
  const hours = await screen.findByRole("switch", { name: "Solo a ciertas horas" });
  const saved = (expected: Partial<Settings>) =>
    waitFor(async () => expect(await view.ipc.settingsGet()).toMatchObject(expected));
  return { ...view, hours, saved };
}
const night = { from_minute: 18 * 60, until_minute: 6 * 60 };
const choices = { hours: night, only_when_idle: false, only_on_mains: false };
const field = (name: string) => screen.getByRole("textbox", { name });

test("the hours begin with the night, and are typed as people type them", async () => {
  const { user, hours, saved } = await open();
  expect(screen.queryByRole("textbox", { name: "Desde" })).toBeNull();
  await user.click(hours);
  await saved({ queue: choices });
  expect(screen.getByText("Termina al día siguiente.")).toBeVisible();
  await user.clear(field("Desde"));
  await user.type(field("Desde"), "7 pm");
  await user.tab();
  await saved({ queue: { ...choices, hours: { from_minute: 19 * 60, until_minute: 6 * 60 } } });
  expect(field("Desde")).toHaveValue("19:00");
});

test("hours without a length are not saved, and it is said why", async () => {
  const { user, ipc, fake, saved } = await open({ queue: choices });
  await user.clear(field("Hasta"));
  await user.type(field("Hasta"), "18:00");
  await user.tab();
  expect(await screen.findByText(/Las dos horas son iguales/)).toBeVisible();
  const sent = fake.calls
    .filter(({ command }) => command === "settingsSave")
    .map(({ values }) => values[0] as Settings);
  expect(sent.some(({ queue: { hours } }) => hours?.from_minute === hours?.until_minute)).toBe(false);
  expect((await ipc.settingsGet()).queue.hours?.from_minute).toBe(18 * 60);
  await user.type(field("Hasta"), "{Backspace}5");
  await user.tab();
  await saved({ queue: { ...choices, hours: { from_minute: 18 * 60, until_minute: 18 * 60 + 5 } } });
});

test("hours that are switched off come back as they were", async () => {
  const before = { from_minute: 13 * 60, until_minute: 15 * 60 };
  const { user, hours, saved } = await open({ queue: { ...choices, hours: before } });
  await user.click(hours);
  await saved({ queue: { ...choices, hours: null } });
  await user.click(hours);
  await saved({ queue: { ...choices, hours: before } });
});

test("an empty computer, mains power, the start of the computer and the notice are switched one by one", async () => {
  const { user, saved } = await open();
  await user.click(screen.getByRole("switch", { name: "Solo cuando nadie use el computador" }));
  await user.click(screen.getByRole("switch", { name: "Solo con el computador enchufado" }));
  await user.click(screen.getByRole("switch", { name: "Abrir Astra al encender el computador" }));
  await user.click(screen.getByRole("switch", { name: "Avisar cuando una sesión esté lista" }));
  await saved({
    queue: { hours: null, only_when_idle: true, only_on_mains: true },
    start_at_login: true,
    notify_when_ready: false,
  });
});

test("how hard the computer works is chosen here", async () => {
  const { user, saved } = await open();
  await user.click(screen.getByRole("combobox", { name: "Cuánto trabaja el computador" }));
  await user.click(screen.getByRole("option", { name: "1 procesador" }));
  await saved({ threads: 1 });
});

test("a folder for what is ready is picked and taken away, and it says what will lie there", async () => {
  const { user, saved } = await open({ formats: ["docx", "srt"] });
  await user.click(screen.getByRole("button", { name: "Elegir carpeta…" }));
  await saved({ deliver_to: "/home/secretaria/Documentos/Actas" });
  expect(screen.getByText("/home/secretaria/Documentos/Actas")).toBeVisible();
  expect(screen.getByText(/Cada sesión lista deja allí: Word, SRT\. El acta es un borrador/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: /^Quitar/ }));
  await saved({ deliver_to: null });
});
