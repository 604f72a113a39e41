// Models: installed with progress, cancelled, removed after asking, brought from a file, measured on this computer.
import { act, screen, waitFor } from "@testing-library/react";
import { createI18n } from "../i18n";
import { createFakeIpc } from "../ipc/fake";
import { FailureMessage, FailureNames } from "../kit/failure_message";
import { expectAccessible, renderInAstra } from "../testing";
import { modelName, useModelsInFailures } from "./model_words";
import { ModelsSection } from "./models_section";

const recommended = "Grande turbo compacto";

test("says how fast each installed model hears on this computer", async () => {
  renderInAstra(<ModelsSection />);
  expect(await screen.findByText(/una sesión de 4 horas en unos 47 min/)).toBeVisible();
});

test("names each model and says what it is for; the id of its file is only in the details", async () => {
  renderInAstra(<ModelsSection />);
  expect(await screen.findByText(recommended)).toBeVisible();
  expect(screen.getByText("Se equivoca casi tan poco como el grande y termina mucho antes.")).toBeVisible();
  expect(
    screen.getByText(
      /^Ocupa 574 MB · una sesión de 4 horas en más o menos 2 h 30 min, calculado · 4,3 % de palabras erradas/,
    ),
  ).toBeVisible();
  expect(screen.getByText("Nombre del archivo: large-v3-turbo-q5_0")).not.toBeVisible();
  for (const { id } of await createFakeIpc().modelList())
    for (const shown of screen.queryAllByText(new RegExp(id))) expect(shown.closest("details")).not.toBeNull();
});

test("a name of the catalogue is one that a person can read", () => {
  const t = createI18n().t;
  const called = (id: string) => modelName(t, { id, name: id, embedded: false });
  expect(called("large-v3-turbo-q8_0")).toBe("Grande turbo reducido");
  expect(called("small-q5_1")).toBe("Pequeño compacto");
  expect(called("parakeet-tdt-0.6b-v3")).toBe("Parakeet");
  expect(called("parakeet-tdt-0.6b-v3-int8")).toBe("Parakeet reducido");
});

test("a model brought in a file keeps the name that it came with", () => {
  const t = createI18n().t;
  expect(modelName(t, { id: "concejo-2026", name: "concejo-2026", embedded: false })).toBe("concejo-2026");
});

test("shows the download growing, and the model installed at its end", async () => {
  const ipc = createFakeIpc({ delay_ms: 5 });
  const { user } = renderInAstra(<ModelsSection />, { ipc });
  await user.click(await screen.findByRole("button", { name: `Instalar: ${recommended}` }));
  expect(await screen.findByRole("progressbar", { name: `Descarga de ${recommended}` })).toBeVisible();
  expect(await screen.findByText(/MB de 574 MB/)).toBeVisible();
  expect(await screen.findByRole("button", { name: `Medir velocidad: ${recommended}` })).toBeVisible();
});

test("a download that was cancelled is no failure", async () => {
  const ipc = createFakeIpc({ delay_ms: 20 });
  const { user } = renderInAstra(<ModelsSection />, { ipc });
  await user.click(await screen.findByRole("button", { name: `Instalar: ${recommended}` }));
  await user.click(await screen.findByRole("button", { name: `Cancelar: ${recommended}` }));
  expect(await screen.findByRole("button", { name: `Instalar: ${recommended}` })).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a download that failed says why and can be started again", async () => {
  const ipc = createFakeIpc();
  renderInAstra(<ModelsSection />, { ipc });
  await screen.findByText(recommended);
  const failure = { code: "download_failed", message: "No se pudo descargar: sin conexión.", details: {} };
  act(() => ipc.fake.emit({ event: "model_failed", model: "large-v3-turbo-q5_0", failure }));
  expect(await screen.findByRole("alert")).toHaveTextContent("No se pudo descargar: sin conexión.");
  expect(screen.getByRole("button", { name: `Instalar: ${recommended}` })).toBeEnabled();
});

test("asks before a model is removed, and the one of the sample has no such button", async () => {
  const { user, ipc } = renderInAstra(<ModelsSection />);
  await user.click(await screen.findByRole("button", { name: "Eliminar: Pequeño reducido" }));
  expect(
    await screen.findByRole("alertdialog", { name: "¿Eliminar «Pequeño reducido» de este computador?" }),
  ).toBeVisible();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Eliminar" }));
  await waitFor(async () =>
    expect((await ipc.modelList()).find((model) => model.id === "small-q8_0")?.installed).toBe(false),
  );
  expect(screen.queryByRole("button", { name: /^Eliminar: Modelo de demostración/ })).toBeNull();
});

test("a model is read whole, and it is said that nothing of it is damaged", async () => {
  const { user, ipc } = renderInAstra(<ModelsSection />, { ipc: createFakeIpc({ delay_ms: 300 }) });
  const verify = await screen.findByRole("button", { name: "Verificar: Pequeño reducido" });
  await user.click(verify);
  expect(verify).toHaveTextContent("Verificando…");
  expect(screen.getByRole("button", { name: "Medir velocidad: Pequeño reducido" })).toHaveAttribute("aria-disabled");
  expect(await screen.findByRole("status")).toHaveTextContent("al archivo no le falta ni le cambió nada");
  expect(verify).toHaveTextContent("Verificar");
  expect(ipc.fake.calls).toContainEqual({ command: "modelVerify", values: ["small-q8_0"] });
  expect(screen.queryByRole("button", { name: /^Verificar: Modelo de demostración/ })).toBeNull();
  await expectAccessible();
});

test("a damaged model is named with what to do, which is no longer said once it was done", async () => {
  function Section() {
    return (
      <FailureNames value={useModelsInFailures()}>
        <ModelsSection />
      </FailureNames>
    );
  }
  const { user, ipc } = renderInAstra(<Section />);
  const details = { path: "D:\\astra\\models\\small-q8_0.bin", expected: "00", found: "11" };
  ipc.fake.failNext("modelVerify", { code: "model_altered", message: "", details });
  await user.click(await screen.findByRole("button", { name: "Verificar: Pequeño reducido" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "El modelo «Pequeño reducido» no es el que se publicó: su contenido cambió o se dañó. Elimínelo e instálelo de nuevo.",
  );
  expect(screen.queryByRole("status")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Eliminar: Pequeño reducido" }));
  await user.click(await screen.findByRole("button", { name: "Eliminar" }));
  expect(await screen.findByRole("button", { name: "Instalar: Pequeño reducido" })).toBeEnabled();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a file that is no model is refused in words", async () => {
  const ipc = createFakeIpc();
  ipc.fake.failNext("modelImport", {
    code: "model_broken",
    message: "",
    details: { path: "foto.jpg", reason: "no tiene un formato que Astra conozca" },
  });
  const { user } = renderInAstra(<ModelsSection />, { ipc });
  await user.click(await screen.findByRole("button", { name: "Elegir archivo…" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "«foto.jpg» no sirve como modelo: no tiene un formato que Astra conozca.",
  );
});

test("a folder brings every model in it, and says which could not come", async () => {
  const { user, ipc } = renderInAstra(<ModelsSection />);
  await user.click(await screen.findByRole("button", { name: "Elegir carpeta…" }));
  expect(await screen.findByText("Este computador ya tiene 2 modelos de allí.")).toBeVisible();
  expect(screen.getByRole("alert")).toHaveTextContent(
    "«/media/usb/modelos/turbo.bin» no sirve como modelo: el archivo termina antes de tiempo.",
  );
  expect((await ipc.modelList()).find((model) => model.id === "large-v3")?.installed).toBe(true);
  await expectAccessible();
});

test("says what the computer lacks with its remedy", async () => {
  renderInAstra(<ModelsSection />);
  expect(await screen.findByText("Falta 1 cosa.")).toBeVisible();
  expect(screen.getByText("Instale yt-dlp para escuchar direcciones de páginas de video.")).toBeVisible();
});

test("the model in use is chosen among those that can hear real recordings", async () => {
  const { user, ipc } = renderInAstra(<ModelsSection />);
  await screen.findByText(/una sesión de 4 horas en unos/);
  await user.click(screen.getByRole("combobox", { name: "Modelo para las grabaciones nuevas" }));
  expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual([
    "El mejor instalado",
    "Pequeño reducido",
  ]);
  await user.click(screen.getByRole("option", { name: "Pequeño reducido" }));
  await waitFor(async () => expect((await ipc.settingsGet()).model).toBe("small-q8_0"));
});

test("a failure calls a model by its name, whether the core told its id or the path of its file", () => {
  function Failed({ code, details }: { code: string; details: { [name: string]: string } }) {
    return (
      <FailureNames value={useModelsInFailures()}>
        <FailureMessage failure={{ code, message: "", details }} />
      </FailureNames>
    );
  }
  const path = "/datos/models/large-v3-turbo-q5_0.bin";
  renderInAstra(
    <>
      <Failed code="model_not_installed" details={{ id: "small" }} />
      <Failed code="engine_model_unreadable" details={{ model: path, reason: "incompleto" }} />
    </>,
  );
  const [missing, unreadable] = screen.getAllByRole("alert");
  expect(missing).toHaveTextContent("El modelo «Pequeño» no está instalado.");
  expect(unreadable).toHaveTextContent("El motor no pudo cargar el modelo «Grande turbo compacto»: incompleto.");
});

test("what she prefers is asked as long as Astra chooses, and said with the model it comes to", async () => {
  const ipc = createFakeIpc();
  const { user } = renderInAstra(<ModelsSection />, { ipc });
  expect(await screen.findByText(/para cuatro horas, «Pequeño/)).toBeVisible();
  await user.click(await screen.findByRole("combobox", { name: "Qué prefiere" }));
  await user.click(await screen.findByRole("option", { name: "Terminar pronto, con más por corregir" }));
  await waitFor(async () => expect((await ipc.settingsGet()).preference).toBe("speed"));
  await user.click(screen.getByRole("combobox", { name: "Modelo para las grabaciones nuevas" }));
  await user.click(await screen.findByRole("option", { name: /^Pequeño/ }));
  await waitFor(() => expect(screen.queryByText("Qué prefiere")).toBeNull());
});

test("what is brought along shows how far the copy is, and can be stopped without a fault and without losing the keyboard", async () => {
  const { user, ipc } = renderInAstra(<ModelsSection />, { ipc: createFakeIpc({ delay_ms: 200 }) });
  const pick = await screen.findByRole("button", { name: "Elegir archivo…" });
  await user.click(pick);
  expect(await screen.findByText("400 MB de 1,6 GB")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Cancelar: Importando…" }));
  expect(pick).toHaveFocus();
  await waitFor(() => expect(screen.queryByRole("progressbar", { name: "Importando…" })).toBeNull());
  expect(screen.queryByRole("alert")).toBeNull();
  expect((await ipc.modelList()).find(({ id }) => id === "large-v3")?.installed).toBe(false);
});

test("a model is measured by itself as soon as it is here, once, and not while a session is being heard", async () => {
  const ipc = createFakeIpc({ sessions: [] });
  const { user } = renderInAstra(<ModelsSection />, { ipc });
  await user.click(await screen.findByRole("button", { name: `Instalar: ${recommended}` }));
  await waitFor(() => expect(measured(ipc)).toEqual(["large-v3-turbo-q5_0"]));
  ipc.fake.failNext("modelMeasure", { code: "model_unreadable", message: "", details: {} });
  await user.click(screen.getByRole("button", { name: /^Elegir archivo/ }));
  await waitFor(() => expect(measured(ipc)).toEqual(["large-v3-turbo-q5_0", "large-v3"]));
  await screen.findByRole("alert");
  expect(measured(ipc)).toHaveLength(2);

  const busy = createFakeIpc();
  const other = renderInAstra(<ModelsSection />, { ipc: busy });
  await other.user.click(
    (await screen.findAllByRole("button", { name: `Instalar: ${recommended}` })).at(-1) as Element,
  );
  await waitFor(async () =>
    expect((await busy.modelList()).find(({ id }) => id === "large-v3-turbo-q5_0")?.installed).toBe(true),
  );
  expect(measured(busy)).toEqual([]);
});

const measured = (ipc: ReturnType<typeof createFakeIpc>) =>
  ipc.fake.calls.filter(({ command }) => command === "modelMeasure").flatMap(({ values }) => values);
