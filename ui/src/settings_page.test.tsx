// Ajustes saves each thing at once, and every section of it can be used by everybody.
import { screen, waitFor, within } from "@testing-library/react";
import { createFakeIpc } from "./ipc/fake";
import { SettingsPage } from "./settings_page";
import { expectAccessible, renderInAstra } from "./testing";

const sections = [
  "model",
  "listening",
  "folders",
  "documents",
  "acta",
  "council",
  "roster",
  "vocabulary",
  "appearance",
  "privacy",
  "backups",
  "about",
];

test.each(
  sections.flatMap(
    (section) =>
      [
        [section, "light"],
        [section, "high_contrast"],
      ] as const,
  ),
)("section %s has right roles and names (%s)", async (section, theme) => {
  renderInAstra(<SettingsPage section={section} />, { theme });
  await screen.findByRole("heading", { level: 2 });
  await expectAccessible();
});

test("the theme is saved when it is chosen", async () => {
  const { user, ipc } = renderInAstra(<SettingsPage section="appearance" />);
  await user.click(await screen.findByRole("combobox", { name: "Colores" }));
  await user.click(screen.getByRole("option", { name: "Contraste alto" }));
  await waitFor(async () => expect((await ipc.settingsGet()).theme).toBe("high_contrast"));
});

test("two quick changes are both kept", async () => {
  const { user, ipc } = renderInAstra(<SettingsPage section="listening" />);
  await user.click(await screen.findByRole("switch", { name: "Solo cuando nadie use el computador" }));
  await user.click(screen.getByRole("switch", { name: "Seguir escuchando al cerrar la ventana" }));
  await waitFor(async () =>
    expect(await ipc.settingsGet()).toMatchObject({ queue: { only_when_idle: true }, keep_in_tray: false }),
  );
});

test("a setting that could not be saved goes back to what it was, and says why", async () => {
  const ipc = createFakeIpc();
  const { user } = renderInAstra(<SettingsPage section="privacy" />, { ipc });
  const copy = await screen.findByRole("switch", { name: "Guardar una copia para escuchar" });
  ipc.fake.failNext("settingsSave", { code: "disk_full", message: "El disco está lleno.", details: {} });
  await user.click(copy);
  expect(await screen.findByRole("alert")).toHaveTextContent("El disco está lleno.");
  await waitFor(() => expect(copy).toBeChecked());
});

test("the folder of the documents is picked and can go back to beside the recording", async () => {
  const { user, ipc } = renderInAstra(<SettingsPage section="documents" />);
  await user.click(await screen.findByRole("button", { name: "Elegir carpeta…" }));
  expect(await screen.findByText("/home/secretaria/Documentos/Actas")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Junto a la grabación" }));
  await waitFor(async () => expect((await ipc.settingsGet()).output_folder).toBeNull());
});

test("the acta is written as the council is used to, and goes back to what is usual", async () => {
  const { user, ipc } = renderInAstra(<SettingsPage section="acta" />);
  await user.click(await screen.findByRole("combobox", { name: "Números" }));
  await user.click(screen.getByRole("option", { name: "13 (trece)" }));
  const usual = await ipc.actaStyle("co-icontec");
  await waitFor(async () =>
    expect((await ipc.settingsGet()).acta.style).toEqual({
      ...usual,
      wording: { ...usual.wording, numbers: "figures_and_words" },
    }),
  );
  await user.click(screen.getByRole("switch", { name: "El momento de la grabación junto al nombre" }));
  await waitFor(async () => expect((await ipc.settingsGet()).acta.style?.time_codes).toBe(true));
  await user.click(screen.getByRole("button", { name: "Volver a lo usual" }));
  await waitFor(async () => expect((await ipc.settingsGet()).acta.style).toBeNull());
});

test("the council is saved as typed", async () => {
  const { user, ipc } = renderInAstra(<SettingsPage section="council" />);
  const place = await screen.findByRole("textbox", { name: "Lugar de las sesiones" });
  await user.clear(place);
  await user.type(place, "Casa de la Cultura");
  await user.tab();
  await waitFor(async () => expect((await ipc.settingsGet()).council.place).toBe("Casa de la Cultura"));
});

test("a word of the vocabulary is added, given what it was mistaken for, and deleted", async () => {
  const { user, ipc } = renderInAstra(<SettingsPage section="vocabulary" />);
  await user.type(await screen.findByRole("textbox", { name: "Palabra o nombre nuevo" }), "Anorí{Enter}");
  await user.type(screen.getByRole("textbox", { name: "Se confundía con: Anorí" }), "a no reír, ahorí");
  await user.click(screen.getByRole("button", { name: "Eliminar «CORNARE»" }));
  await waitFor(async () => {
    const terms = await ipc.vocabularyList();
    expect(terms[0]).toMatchObject({ text: "Anorí", instead_of: ["a no reír", "ahorí"] });
    expect(terms.map((term) => term.text)).not.toContain("CORNARE");
  });
});

test("the licences can be searched", async () => {
  const { user } = renderInAstra(<SettingsPage section="about" />);
  const table = await screen.findByRole("table");
  await user.type(screen.getByRole("textbox", { name: "Buscar una parte" }), "whisper");
  expect(within(table).getAllByRole("row")).toHaveLength(2);
});
