// The watched folders are added, decided on and left, and what happened in them is read, however much it is.
import { act, screen, waitFor, within } from "@testing-library/react";
import { createI18n, languages } from "../i18n";
import type { Happening } from "../ipc";
import { createFakeIpc } from "../ipc/fake";
import { longSession } from "../ipc/fake/sessions";
import { type FakeWatched, fakeFolder, fakeLine } from "../ipc/fake/watch";
import { applyEvent } from "../ipc/queries";
import { expectAccessible, renderInAstra } from "../testing";
import { FoldersSection } from "./folders_section";
import { HAPPENINGS } from "./happenings";

const card = "/media/GRABADORA";
const existing = { count: 12, bytes: 1_200_000_000, oldest_ms: Date.UTC(2026, 7, 3), newest_ms: Date.UTC(2026, 8, 18) };

// jsdom lays nothing out, so the heights that decide which lines are in sight are given.
beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(480);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(57);
});

async function open(watched: FakeWatched = {}) {
  const view = renderInAstra(<FoldersSection />, { ipc: createFakeIpc({ watched }) });
  view.ipc.listen((event) => act(() => applyEvent(view.queries, event)));
  await screen.findByRole("button", { name: "Agregar carpeta…" });
  return view;
}
const folderOf = async (name: string) => within(await screen.findByRole("listitem", { name }));

test("a folder that is added asks once what shall become of the recordings in it", async () => {
  const { user, fake } = await open();
  await user.click(screen.getByRole("button", { name: "Agregar carpeta…" }));
  const folder = await folderOf("Actas");
  expect(folder.getByText("Vigilada")).toBeVisible();
  const question = folder.getByRole("group", { name: /^En esta carpeta ya hay 12 grabaciones \(1,2 GB\)\./ });
  await user.click(within(question).getByRole("button", { name: "No escuchar ninguna" }));
  await waitFor(() => expect(question).not.toBeInTheDocument());
  expect(fake.calls).toContainEqual({
    command: "watchExisting",
    values: ["folder-/home/secretaria/Documentos/Actas", { take: "none" }],
  });
  expect(screen.getByRole("listitem", { name: "Actas" })).toHaveFocus();
  expect(screen.getByText("De «Actas» solo se escucha lo que llegue desde ahora.")).toBeInTheDocument();
});

test("only what was saved since a day is heard", async () => {
  const { user, fake } = await open({ folders: [fakeFolder(card, { existing })] });
  await user.click(screen.getByRole("button", { name: "Desde un día…" }));
  const day = screen.getByRole("combobox", { name: "Guardadas desde el día" });
  await user.clear(day);
  await user.type(day, "1/9/2026");
  await user.tab();
  await user.click(screen.getByRole("button", { name: "Escuchar desde ese día" }));
  const at_ms = new Date(2026, 8, 1).getTime();
  expect(fake.calls).toContainEqual({ command: "watchExisting", values: [`folder-${card}`, { take: "since", at_ms }] });
});

test("a disconnected folder says that it comes back by itself", async () => {
  await open({ folders: [fakeFolder(card, { state: "unreachable" })] });
  const folder = await folderOf("GRABADORA");
  expect(folder.getByText("Desconectada")).toBeVisible();
  expect(folder.getByText(/Vuelve sola cuando se conecte\./)).toBeVisible();
});

test("a folder that may not be read says so, and what is watched in it can be told all the same", async () => {
  const { user, fake } = await open({ folders: [fakeFolder(card, { state: "forbidden" })] });
  const folder = await folderOf("GRABADORA");
  expect(folder.getByText("Sin permiso")).toBeVisible();
  expect(folder.getByText(/no tiene permiso para leerla/)).toBeVisible();
  await user.click(folder.getByRole("switch"));
  await waitFor(() => expect(folder.getByRole("switch")).toBeChecked());
  expect(fake.calls).toContainEqual({ command: "watchSubfolders", values: [`folder-${card}`, true] });
});

test("the log is told in the language of the window, with its reasons", async () => {
  const fields = { name: "A.WAV", cause: "cut", detail: "", reason: "falta el final" };
  const refused = { name: "B.MP3", path: "/B.MP3", cause: "no_audio", reason: "«B.MP3» no tiene sonido." };
  const old = { name: "C.WAV", reason: "algo de antes" };
  const log = [
    fakeLine(4, "begun", { fields: { name: "D.WAV", session: "Plenaria" } }),
    fakeLine(3, "incomplete", { fields }),
    fakeLine(2, "refused", { fields: refused }),
    fakeLine(1, "hindered", { fields: old }),
  ];
  renderInAstra(<FoldersSection />, { ipc: createFakeIpc({ watched: { log } }), language: "en" });
  expect(await screen.findByText("“D.WAV”: begins the session “Plenaria”.")).toBeVisible();
  expect(screen.getByText(/^“A.WAV”: not taken yet: its end is missing: it may be half copied\./)).toBeVisible();
  expect(screen.getByText(/^“B.MP3”: it cannot be listened to\. /)).not.toHaveTextContent("no tiene sonido");
  expect(screen.getByText("“C.WAV”: it cannot be begun yet. algo de antes")).toBeVisible();
});

test("the folders inside are watched when the switch says so", async () => {
  const { user, ipc } = await open({ folders: [fakeFolder(card, { waiting: 2 })] });
  const folder = await folderOf("GRABADORA");
  expect(folder.getByText("Se espera a que 2 archivos estén completos.", { exact: false })).toBeVisible();
  await user.click(folder.getByRole("switch", { name: "Vigilar también las carpetas que hay dentro" }));
  await waitFor(() => expect(folder.getByRole("switch")).toBeChecked());
  expect((await ipc.watchList()).map(({ subfolders }) => subfolders)).toEqual([true]);
});

test("leaving a folder says first that nothing is lost, and the focus stays in the section", async () => {
  const { user, ipc } = await open({ folders: [fakeFolder(card)] });
  await user.click(await screen.findByRole("button", { name: "Dejar de vigilar «GRABADORA»" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(dialog.getByText(/se quedan como están/)).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Dejar de vigilar" }));
  await waitFor(async () => expect(await ipc.watchList()).toEqual([]));
  await waitFor(() => expect(screen.getByRole("button", { name: "Agregar carpeta…" })).toHaveFocus());
});

test("what could not be added says why", async () => {
  const { user, fake } = await open();
  fake.failNext("watchAdd", { code: "folder_is_own", message: "Elija la carpeta de la grabadora.", details: {} });
  await user.click(screen.getByRole("button", { name: "Agregar carpeta…" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Elija la carpeta de la grabadora.");
});

test("a line of the log has its moment and its reason, and opens its session", async () => {
  const begun = { session: longSession, fields: { name: "SES_0002.MP3", session: "Plenaria" } };
  const { user, places } = await open({ log: [fakeLine(2, "begun", begun), fakeLine(1, "waiting")] });
  const log = within(await screen.findByRole("region", { name: "Actividad" }));
  const [newest, oldest] = log.getAllByRole("listitem");
  expect(newest).toHaveTextContent("«SES_0002.MP3»: empieza la sesión «Plenaria».");
  expect(oldest).toHaveTextContent(/En espera · 18/);
  await user.click(log.getByRole("button", { name: "Abrir la sesión de «SES_0002.MP3»" }));
  expect(places?.at(-1)).toBe(`/sessions/${longSession}`);
});

test("what happens now comes first, without reading the log again", async () => {
  const { fake } = await open({ log: [fakeLine(1, "waiting")] });
  await screen.findByRole("region", { name: "Actividad" });
  const reads = () => fake.calls.filter(({ command }) => command === "watchLog").length;
  const before = reads();
  act(() => fake.emit({ event: "file_noticed", line: fakeLine(2, "known", { message: "ya se conocía" }) }));
  await waitFor(() => expect(screen.getAllByRole("listitem")[0]).toHaveTextContent("ya se conocía"));
  expect(reads()).toBe(before);
});

test("a long log is a page of few lines, and older ones are read at its end", async () => {
  const log = Array.from({ length: 250 }, (_, at) => fakeLine(250 - at, "waiting"));
  const { fake } = await open({ log });
  const region = await screen.findByRole("region", { name: "Actividad" });
  expect(within(region).getAllByRole("listitem").length).toBeLessThan(60);
  Object.defineProperty(region, "scrollTop", { value: 100 * 57, configurable: true });
  act(() => void region.dispatchEvent(new Event("scroll")));
  await waitFor(() => expect(fake.calls).toContainEqual({ command: "watchLog", values: [151, 100] }));
});

test("everything that can happen has its words in every language", () => {
  const happenings = Object.keys(HAPPENINGS) as Happening[];
  for (const language of languages)
    for (const what of happenings) expect(createI18n(language).exists(`watched.what_${what}`), what).toBe(true);
});

test("has right roles and names", async () => {
  await open({
    folders: [fakeFolder(card, { existing }), fakeFolder("//servidor/actas", { state: "resting" })],
    log: [fakeLine(2, "begun", { session: longSession }), fakeLine(1, "refused")],
  });
  await screen.findByRole("region", { name: "Actividad" });
  await expectAccessible();
});
