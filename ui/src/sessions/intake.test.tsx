// Bringing recordings in: dropped, offered, in order, refused, already known, from the internet.
import { act, screen, waitFor, within } from "@testing-library/react";
import { createFakeIpc, type FakeIpc } from "../ipc/fake";
import { fakeSettings } from "../ipc/fake/settings";
import { expectAccessible, renderInAstra } from "../testing";
import { DropTarget } from ".";
import { useIntake } from "./intake";
import { NewSessionButton } from "./new_session_button";

const PARTS = ["/m/SES_0001.MP3", "/m/SES_0002.MP3"];

function Picker() {
  const intake = useIntake();
  return (
    <>
      <button type="button" onClick={() => intake.pick()}>
        elegir
      </button>
      <NewSessionButton />
    </>
  );
}
const window_ = (ipc: FakeIpc = createFakeIpc(), at = "/") =>
  renderInAstra(
    <DropTarget>
      <Picker />
    </DropTarget>,
    { ipc, at },
  );
const started = (fake: FakeIpc["fake"]) =>
  fake.calls.filter(({ command }) => command === "sessionStart").map(({ values }) => values[0]);

test("recordings over the window show what will happen, until they leave", async () => {
  const { fake } = window_();
  act(() => fake.drop("enter", PARTS));
  await waitFor(() => expect(screen.getByTestId("drop-veil")).toHaveTextContent("los archivos originales no se tocan"));
  act(() => fake.drop("leave", []));
  expect(screen.queryByTestId("drop-veil")).toBeNull();
});

test("with a server that may be asked, nobody promises that this computer listens", async () => {
  const server = { ...fakeSettings.server, url: "https://voz.red/v1", agreed_to: "https://voz.red/v1" };
  const ipc = createFakeIpc({ settings: { ...fakeSettings, server } });
  window_(ipc);
  act(() => ipc.fake.drop("enter", PARTS));
  const veil = screen.getByTestId("drop-veil");
  await waitFor(() => expect(veil).toHaveTextContent("Antes de empezar, Astra dice quién las escucha"));
  expect(veil).not.toHaveTextContent("en este computador");
});

test("a folder is chosen without a mouse, and what is in it proposed", async () => {
  const { fake, user } = window_();
  await user.tab();
  await user.tab();
  await user.keyboard("{Enter}");
  await user.click(await screen.findByRole("menuitem", { name: "Elegir una carpeta…" }));
  await screen.findByRole("alertdialog", { name: "Nueva sesión" });
  expect(fake.calls).toContainEqual({ command: "folderPick", values: ["recordings"] });
  expect(fake.calls).toContainEqual({ command: "recordingPropose", values: [["/home/secretaria/Documentos/Actas"]] });
});

test("files dropped together become the parts of one session, in the order confirmed", async () => {
  const { fake, user, places } = window_();
  act(() => fake.drop("drop", PARTS));
  const dialog = await screen.findByRole("alertdialog", { name: "Nueva sesión" });
  expect(await within(dialog).findByText("Duración total: 3 h")).toBeVisible();
  await expectAccessible(dialog);
  const down = within(dialog).getByRole("button", { name: "Bajar «SES_0001.MP3»" });
  down.focus();
  await user.keyboard("{Enter}");
  expect(
    within(dialog)
      .getAllByRole("listitem")
      .map((item) => item.textContent),
  ).toEqual([expect.stringContaining("SES_0002"), expect.stringContaining("SES_0001")]);
  expect(within(dialog).getByRole("button", { name: "Bajar «SES_0001.MP3»" })).toHaveFocus();
  const title = within(dialog).getByRole("textbox", { name: "Título de la sesión" });
  await user.clear(title);
  await user.type(title, "Plenaria");
  await user.click(within(dialog).getByRole("button", { name: "Empezar a escuchar" }));
  expect(started(fake)).toEqual([
    {
      sources: [...PARTS].reverse(),
      title: "Plenaria",
      model: null,
      hearer: { hearer: "as_chosen" },
      keep_copy: null,
      microphones: false,
    },
  ]);
  await waitFor(() => expect(places?.at(-1)).toMatch(/^\/sessions\/session-started/));
});

test("a session for each file when she says so", async () => {
  const { fake, user } = window_();
  await user.click(screen.getByRole("button", { name: "elegir" }));
  await user.click(await screen.findByRole("radio", { name: "Sesiones distintas: una por archivo" }));
  await user.click(screen.getByRole("button", { name: "Empezar 2 sesiones" }));
  await waitFor(() => expect(started(fake)).toHaveLength(2));
});

test("recordings of one moment are proposed as the microphones of one session", async () => {
  const ipc = createFakeIpc();
  const propose = ipc.recordingPropose;
  ipc.recordingPropose = async (sources) => ({ ...(await propose(sources)), microphones: true });
  const { fake, user } = window_(ipc);
  act(() => fake.drop("drop", PARTS));
  const microphones = "Una sola grabación: un archivo por micrófono";
  expect(await screen.findByRole("radio", { name: microphones })).toBeChecked();
  expect(screen.queryByRole("button", { name: "Bajar «SES_0001.MP3»" })).toBeNull();
  expect(screen.queryByText(/Duración total/)).toBeNull();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Empezar a escuchar" }));
  expect(started(fake)).toMatchObject([{ sources: PARTS, microphones: true }]);
});

test("documents dropped on the list of sessions are minutes of the past, and lead to the vocabulary", () => {
  const { fake, places } = window_();
  const minutes = ["/actas/046.docx", "/actas/047.PDF", "/actas/048.txt"];
  act(() => fake.drop("enter", minutes));
  expect(screen.getByTestId("drop-veil")).toHaveTextContent("Suelte aquí las actas de otros años");
  act(() => fake.drop("drop", minutes));
  expect(screen.queryByTestId("drop-veil")).toBeNull();
  expect(places?.at(-1)).toBe("/settings/vocabulary");
  expect(fake.calls.map(({ command }) => command)).not.toContain("recordingPropose");
});

test("a folder may hold recordings, so it is proposed as it was, with the documents beside it", async () => {
  const { fake, places } = window_();
  const both = ["/actas/046.docx", "/media/sesión 48"];
  act(() => fake.drop("enter", both));
  expect(screen.getByTestId("drop-veil")).toHaveTextContent("Suelte aquí las grabaciones de una sesión");
  act(() => fake.drop("drop", both));
  await screen.findByRole("alertdialog", { name: "Nueva sesión" });
  expect(fake.calls).toContainEqual({ command: "recordingPropose", values: [both] });
  expect(places).toEqual(["/"]);
});

test("a document dropped on an open proposal is refused there, and the proposal stays", async () => {
  const { fake, places } = window_();
  act(() => fake.drop("drop", ["/m/SES_0001.MP3"]));
  await screen.findByText(/SES_0001/);
  act(() => fake.drop("drop", ["/m/acta.pdf"]));
  expect(await screen.findByRole("region", { name: "Este archivo no se puede usar" })).toHaveTextContent("acta.pdf");
  expect(places).toEqual(["/"]);
});

test("an unreadable file is named with its reason and the rest goes on", async () => {
  const { fake, user } = window_();
  act(() => fake.drop("drop", ["/m/SES_0001.MP3", "/m/acta.pdf"]));
  const refused = await screen.findByRole("region", { name: "Este archivo no se puede usar" });
  expect(refused).toHaveTextContent("«acta.pdf» no es una grabación que se pueda leer");
  expect(refused).toHaveTextContent("Los demás siguen adelante.");
  await user.click(screen.getByRole("button", { name: "Empezar a escuchar" }));
  expect(started(fake)).toMatchObject([{ sources: ["/m/SES_0001.MP3"] }]);
});

test("when nothing can be used there is nothing to start", async () => {
  // Over an open session a document is no minutes of the past.
  const { fake } = window_(createFakeIpc(), "/sessions/session-45");
  act(() => fake.drop("drop", ["/m/acta.pdf"]));
  expect(await screen.findByText("No queda ninguna grabación que escuchar.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Empezar a escuchar" })).toBeNull();
});

test("more files dropped on an open proposal come after", async () => {
  const { fake } = window_();
  act(() => fake.drop("drop", ["/m/SES_0001.MP3"]));
  await screen.findByText(/SES_0001/);
  act(() => fake.drop("drop", ["/m/SES_0002.MP3"]));
  expect(await screen.findByRole("button", { name: "Bajar «SES_0001.MP3»" })).toBeVisible();
});

test("what comes later is looked at together with the files that are there, so that none is heard twice", async () => {
  const ipc = createFakeIpc();
  const propose = ipc.recordingPropose;
  const twin = "/otra/copia.mp3";
  ipc.recordingPropose = async (sources) => {
    const proposal = await propose(sources);
    const names = { path: "copia.mp3", twin: "SES_0001.MP3" };
    const failure = { code: "recording_repeated", message: "Es la misma grabación.", details: names };
    const repeated = sources.includes("/m/SES_0001.MP3") && sources.includes(twin);
    if (!repeated) return proposal;
    const parts = proposal.parts.filter(({ source }) => source !== twin);
    return { ...proposal, parts, refused: [{ name: "copia.mp3", failure }] };
  };
  const { fake, user } = window_(ipc);
  // The second comes while the first is still looked at.
  act(() => fake.drop("drop", PARTS.slice(0, 1)));
  act(() => fake.drop("drop", [twin]));
  const refused = await screen.findByRole("region", { name: "Este archivo no se puede usar" });
  expect(refused).toHaveTextContent("copia.mp3");
  expect(screen.getAllByRole("listitem")).toHaveLength(1);
  act(() => fake.drop("drop", PARTS.slice(1)));
  await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(2));
  await user.click(await screen.findByRole("button", { name: "Quitar «SES_0001.MP3»" }));
  expect(screen.queryByRole("region", { name: "Este archivo no se puede usar" })).toBeNull();
  expect(screen.getByRole("textbox", { name: "Título de la sesión" })).toHaveValue("SES_0002");
});

test("a recording that is known already leads to its session", async () => {
  const ipc = createFakeIpc();
  const propose = ipc.recordingPropose;
  ipc.recordingPropose = async (sources) => {
    const proposal = await propose(sources);
    return { ...proposal, parts: proposal.parts.map((part) => ({ ...part, known: "session-45" })) };
  };
  const { fake, user, places } = window_(ipc);
  act(() => fake.drop("drop", ["/m/SES_0001.MP3"]));
  await user.click(await screen.findByRole("button", { name: "Abrir la sesión que ya existe" }));
  expect(places?.at(-1)).toBe("/sessions/session-45");
  expect(screen.queryByRole("alertdialog")).toBeNull();
});

test("an address is asked about its listening copy, the only copy of the sound", async () => {
  const { fake, user } = window_();
  act(() => fake.emit({ event: "recordings_offered", paths: ["https://concejo.example/48.mp3"] }));
  const copy = await screen.findByRole("checkbox", { name: /Guardar una copia para escuchar/ });
  expect(copy).toBeChecked();
  expect(screen.getByText(/la única copia del sonido/)).toBeVisible();
  await user.click(copy);
  await user.click(screen.getByRole("button", { name: "Empezar a escuchar" }));
  expect(started(fake)).toMatchObject([{ keep_copy: false }]);
});

test("«Abrir con» before the window listened is proposed at its start", async () => {
  const ipc = createFakeIpc();
  ipc.recordingOffered = async () => ["/m/SES_0009.MP3"];
  window_(ipc);
  expect(await screen.findByText(/SES_0009\.MP3/)).toBeVisible();
});

test("a start that fails keeps the proposal and says why", async () => {
  const { fake, user } = window_();
  act(() => fake.drop("drop", PARTS));
  await screen.findByText("Duración total: 3 h");
  fake.failNext("sessionStart", { code: "disk_full", message: "El disco está lleno.", details: {} });
  await user.click(screen.getByRole("button", { name: "Empezar a escuchar" }));
  expect(await screen.findByText("El disco está lleno.")).toBeVisible();
  expect(screen.getByText(/SES_0002/)).toBeVisible();
});

test("without a model the way to Ajustes is offered, and the proposal is there again afterwards", async () => {
  const { fake, user, places, go } = window_();
  act(() => fake.drop("drop", PARTS));
  await user.click(await screen.findByRole("button", { name: "Bajar «SES_0001.MP3»" }));
  fake.failNext("sessionStart", { code: "model_missing", message: "No hay modelo.", details: {} });
  await user.click(screen.getByRole("button", { name: "Empezar a escuchar" }));
  await user.click(await screen.findByRole("button", { name: "Ir a Ajustes" }));
  expect(places?.at(-1)).toBe("/settings/model");
  expect(screen.queryByRole("alertdialog")).toBeNull();
  expect(await screen.findByText(/La sesión nueva la espera/)).toBeVisible();
  act(() => go("/"));
  const dialog = await screen.findByRole("alertdialog", { name: "Nueva sesión" });
  expect(
    within(dialog)
      .getAllByRole("listitem")
      .map((item) => item.textContent),
  ).toEqual([expect.stringContaining("SES_0002"), expect.stringContaining("SES_0001")]);
  expect(within(dialog).queryByRole("alert")).toBeNull();
});

test("what would leave the building is said with its cost, and nothing starts before she agrees", async () => {
  const server = {
    ...fakeSettings.server,
    url: "https://gpu.local/v1",
    price: { hour_milli: 1_500_000, currency: "COP" },
    hears_new: true,
  };
  const { fake, user } = window_(createFakeIpc({ settings: { server } }));
  act(() => fake.drop("drop", PARTS.slice(0, 1)));
  const dialog = await screen.findByRole("alertdialog", { name: "Nueva sesión" });
  expect(await within(dialog).findByText(/sale de este edificio hacia «gpu.local»/)).toBeVisible();
  expect(within(dialog).getByText("Costo estimado: 2250 COP.")).toBeVisible();
  await expectAccessible(dialog);
  const start = within(dialog).getByRole("button", { name: "Empezar a escuchar" });
  expect(start).toBeDisabled();
  await user.click(within(dialog).getByRole("radio", { name: /Este computador/ }));
  expect(start).toBeEnabled();
  await user.click(within(dialog).getByRole("radio", { name: /El servidor/ }));
  expect(start).toBeDisabled();
  await user.click(within(dialog).getByRole("checkbox", { name: /Doy permiso/ }));
  await user.click(start);
  expect(started(fake)).toMatchObject([{ hearer: { hearer: "server", url: null, agreed: true } }]);
});
