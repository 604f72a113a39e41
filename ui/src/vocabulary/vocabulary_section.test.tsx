// Words are found in past minutes, dropped or chosen, and only what is agreed to is kept, corrected where it was wrong.
import { act, configure, screen, waitFor, within } from "@testing-library/react";
import { isClaimed } from "../ipc/drop_claim";
import { createFakeIpc } from "../ipc/fake";
import { fakeTerm } from "../ipc/fake/vocabulary";
import { expectAccessible, renderInAstra } from "../testing";
import { VocabularySection } from "./vocabulary_section";

configure({ defaultHidden: true });

beforeEach(() => {
  // jsdom lays nothing out, and a list shows only what has room.
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(62);
});

async function open() {
  const view = renderInAstra(<VocabularySection />, { ipc: createFakeIpc() });
  await screen.findByRole("textbox", { name: "Palabra o nombre nuevo" });
  const saved = async () => (await view.ipc.vocabularyList()).map(({ text }) => text);
  return { ...view, saved };
}

async function learn() {
  const view = await open();
  await view.user.click(screen.getByRole("button", { name: "Buscar en actas…" }));
  return { ...view, dialog: within(await screen.findByRole("dialog")) };
}

test("of past minutes what is sure is ticked, and only what is ticked is kept", async () => {
  const { user, dialog, saved } = await learn();
  expect(dialog.getByText("Se encontraron 5 palabras")).toBeVisible();
  expect(dialog.getByRole("checkbox", { name: "Agregar «quórum deliberatorio y decisorio»" })).not.toBeChecked();
  expect(dialog.getByRole("checkbox", { name: "Agregar «CORNARE»" })).not.toBeChecked();
  await user.click(dialog.getByRole("checkbox", { name: "Agregar «vereda Chachafruto»" }));
  await user.click(dialog.getByRole("button", { name: "Agregar 2" }));
  await waitFor(async () =>
    expect(await saved()).toEqual(["Ramiro Quintabara Soler", "POT", "Echeverri", "vereda El Rosario", "CORNARE"]),
  );
});

test("each word says what it is, how often it stands where, and how else it is written", async () => {
  const { dialog } = await learn();
  expect(dialog.getByText("Persona · actas: 41 · veces: 230 · también escrito: Ramiro Quintavara Soler")).toBeVisible();
  expect(dialog.getByText("Sigla · Plan de Ordenamiento Territorial · actas: 12 · veces: 40")).toBeVisible();
});

test("a document that cannot be read is named with its reason", async () => {
  const { dialog } = await learn();
  expect(dialog.getByText("1 documento no se pudo leer")).toBeVisible();
  expect(dialog.getByText(/acta 012\.pdf.*escaneadas/)).toBeVisible();
});

test("a word is corrected before it is taken over", async () => {
  const { user, dialog, saved } = await learn();
  const field = dialog.getByRole("textbox", { name: "Se escribe: vereda Chachafruto" });
  await user.clear(field);
  await user.type(field, "vereda Chachafruto Alto");
  await user.click(dialog.getByRole("button", { name: "Agregar 3" }));
  await waitFor(async () => expect(await saved()).toContain("vereda Chachafruto Alto"));
});

test("one kind is shown and ticked as a whole", async () => {
  const { user, dialog } = await learn();
  await user.selectOptions(dialog.getByRole("combobox", { name: "Mostrar" }), "Frase (1)");
  await user.click(dialog.getByRole("button", { name: "Marcar todo" }));
  expect(dialog.getByRole("checkbox", { name: "Agregar «quórum deliberatorio y decisorio»" })).toBeChecked();
  expect(dialog.getByRole("button", { name: "Agregar 4" })).toBeVisible();
});

test("minutes that are dropped are learned from, and are no recordings", async () => {
  const { ipc } = await open();
  expect(isClaimed(["/actas/046.docx", "/actas/047.PDF"])).toBe(true);
  expect(isClaimed(["/media/SES_0001.MP3"])).toBe(false);
  act(() => ipc.fake.drop("enter", ["/actas/046.docx"]));
  expect(screen.getByText("Suelte las actas para buscar en ellas nombres, veredas y siglas")).toBeVisible();
  act(() => ipc.fake.drop("drop", ["/actas/046.docx"]));
  expect(await screen.findByText("Se encontraron 5 palabras")).toBeVisible();
  expect(ipc.fake.calls).toContainEqual({ command: "vocabularyLearn", values: [["/actas/046.docx"]] });
});

test("when nothing can be read it says why", async () => {
  const { user, ipc } = await open();
  const message = "No se pudo leer «acta.pdf»: tiene contraseña; guarde una copia sin ella.";
  ipc.fake.failNext("vocabularyLearn", { code: "document_unreadable", message, details: {} });
  await user.click(screen.getByRole("button", { name: "Buscar en actas…" }));
  expect(await screen.findByText(message)).toBeVisible();
});

test("a list is brought in and written", async () => {
  const { user, saved, ipc } = await open();
  await user.click(screen.getByRole("button", { name: "Traer lista…" }));
  await waitFor(async () => expect(await saved()).toContain("Anorí"));
  await user.click(screen.getByRole("button", { name: "Guardar lista…" }));
  expect(ipc.fake.calls.map(({ command }) => command)).toContain("vocabularyExport");
});

test("a long vocabulary is searched, and shown thirty at a time", async () => {
  const ipc = createFakeIpc();
  await ipc.vocabularySave([...Array(40)].map((_, at) => fakeTerm(`Palabra ${at + 1}`)));
  const { user } = renderInAstra(<VocabularySection />, { ipc });
  expect(await screen.findByRole("textbox", { name: "Se escribe: Palabra 30" })).toBeVisible();
  expect(screen.queryByRole("textbox", { name: "Se escribe: Palabra 31" })).toBeNull();
  await user.type(screen.getByRole("searchbox", { name: "Buscar en el vocabulario" }), "palabra 40");
  expect(screen.getAllByRole("textbox", { name: /^Se escribe/ })).toHaveLength(1);
});

test("an acronym says what it stands for", async () => {
  const { user, ipc } = await open();
  await user.type(screen.getByRole("textbox", { name: "Significa: CORNARE" }), "Corporación Autónoma");
  await waitFor(async () => expect((await ipc.vocabularyList()).at(-1)?.expansion).toBe("Corporación Autónoma"));
});

test("has right roles and names", async () => {
  await learn();
  await expectAccessible();
});
