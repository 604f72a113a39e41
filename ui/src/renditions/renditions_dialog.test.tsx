// The renditions of a session: what is offered, how one is made, given up and found, with the dialog open or not.
import { act, screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { createFakeIpc } from "../ipc/fake";
import { shortSession as session } from "../ipc/fake/sessions";
import { expectAccessible, renderInAstra } from "../testing";
import { RenditionsDialog } from "./renditions_dialog";
import { RenditionsProvider } from "./works";

const path = "/home/secretaria/Documentos/Sesión 48 · mp3 · pública.mp3";
const made = { event: "rendition_made", session, profile: "mp3", path } as const;
const progressed = (done_ms: number) =>
  ({ event: "rendition_progressed", session, profile: "mp3", done_ms, total_ms: 100 }) as const;

function Place() {
  const [open, setOpen] = useState(true);
  return (
    <RenditionsProvider>
      <button type="button" onClick={() => setOpen(true)}>
        Otra vez
      </button>
      {open && <RenditionsDialog session={session} title="Sesión n.º 48" onClose={() => setOpen(false)} />}
    </RenditionsProvider>
  );
}
const dialog = (options: Parameters<typeof createFakeIpc>[0] = {}) =>
  renderInAstra(<Place />, { ipc: createFakeIpc(options) });
const begin = async (user: ReturnType<typeof dialog>["user"]) => {
  await screen.findByRole("radio", { name: /^Audio MP3/ });
  await user.click(screen.getByRole("button", { name: "Crear" }));
  return screen.findByRole("progressbar", { name: "Creando: Audio MP3 para escuchar" });
};

test("a session without video is offered its sound, with what each is for, and the focus is on the first", async () => {
  dialog();
  const first = await screen.findByRole("radio", { name: /^Audio MP3 para escuchar/ });
  expect(screen.getAllByRole("radio").map(({ parentElement }) => parentElement?.textContent)).toEqual([
    "Audio MP3 para escuchar Se oye en cualquier aparato y se puede enviar. Ocupa hasta 230 MB.",
    expect.stringMatching(/^Audio WAV maestro /),
    expect.stringMatching(/^Forma de onda \(JSON\) /),
    expect.stringMatching(/^Forma de onda \(PNG\) /),
    expect.stringMatching(/^Completa /),
    expect.stringMatching(/^Pública /),
  ]);
  expect(screen.getByText(/tiene video: por eso no se ofrecen/)).toBeVisible();
  expect(screen.getByText(/^Se guarda junto a la grabación original/)).toBeVisible();
  expect(first).toHaveFocus();
  await expectAccessible();
});

test("a session with video is offered both kinds of subtitles, and the folder that was chosen is named", async () => {
  dialog({ video: true, settings: { output_folder: "/home/secretaria/Actas" } });
  expect(await screen.findAllByRole("radio", { name: /^Video .*que se pueden apagar/ })).toHaveLength(2);
  expect(screen.getAllByRole("radio", { name: /^Video .*quemados en la imagen/ })).toHaveLength(2);
  expect(screen.getByRole("radio", { name: /^Foto de portada/ })).toBeInTheDocument();
  expect(screen.queryByText(/tiene video: por eso/)).toBeNull();
  expect(await screen.findByText(/^Se guarda en «\/home\/secretaria\/Actas»/)).toBeVisible();
});

test("a rendition is made for whom it is asked, tells how far it is, and can be opened and shown", async () => {
  const { user, fake } = dialog();
  await user.click(await screen.findByRole("radio", { name: /^Pública/ }));
  const bar = await begin(user);
  expect(fake.calls).toContainEqual({ command: "renditionMake", values: [session, "mp3", "public"] });
  expect(screen.getByRole("button", { name: "Crear" })).toHaveFocus();
  expect(screen.getByRole("button", { name: "Crear" })).toHaveAttribute("aria-disabled", "true");
  act(() => fake.emit(progressed(42)));
  expect(bar).toHaveAttribute("aria-valuetext", "42 % hecho");
  await expectAccessible();
  act(() => fake.emit(made));
  await user.click(await screen.findByRole("button", { name: "Abrir: Audio MP3 para escuchar" }));
  await user.click(screen.getByRole("button", { name: "Mostrar en la carpeta: Audio MP3 para escuchar" }));
  expect(fake.calls.slice(-2)).toEqual([
    { command: "documentOpen", values: [path] },
    { command: "documentShow", values: [path] },
  ]);
  expect(screen.getByText(path)).toHaveAttribute("title", path);
  expect(screen.getByRole("button", { name: "Crear" })).not.toHaveAttribute("aria-disabled", "true");
  await expectAccessible();
});

test("what is given up is really given up, and the focus goes back to where another one is begun", async () => {
  const { user, fake } = dialog();
  await begin(user);
  await user.click(screen.getByRole("button", { name: "Cancelar: Audio MP3 para escuchar" }));
  expect(fake.calls).toContainEqual({ command: "renditionCancel", values: [session, "mp3"] });
  await waitFor(() => expect(screen.queryByRole("progressbar")).toBeNull());
  expect(await screen.findByText(/^Se dejó de crear: .* No quedó nada a medias\.$/)).toBeInTheDocument();
  await waitFor(() => expect(screen.getByRole("button", { name: "Crear" })).toHaveFocus());
});

test("two are made at once, each with its own progress and end", async () => {
  const { user, fake } = dialog();
  await begin(user);
  await user.click(screen.getByRole("radio", { name: /PNG/ }));
  await user.click(screen.getByRole("button", { name: "Crear" }));
  expect(await screen.findAllByRole("progressbar")).toHaveLength(2);
  act(() => fake.emit({ event: "rendition_made", session, profile: "waveform-png", path: "/onda.png" }));
  const lines = within(screen.getByRole("list", { name: "Versiones en marcha y hechas" })).getAllByRole("listitem");
  expect(lines.map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^Creando: Audio MP3/),
    expect.stringMatching(/^Lista: Forma de onda/),
  ]);
});

test.each([
  [
    { code: "disk_too_small", message: "Hacen falta unos 4,1 GB y quedan 2 GB.", details: {} },
    "Hacen falta unos 4,1 GB y quedan 2 GB.",
  ],
  [
    { code: "ffmpeg_lacks", message: "sudo apt install ffmpeg", details: { what: "subtitles" } },
    "Al ffmpeg instalado le falta «subtitles»",
  ],
])("why one could not be made is said in plain words: %o", async (failure, words) => {
  const { user, fake } = dialog();
  await begin(user);
  act(() => fake.emit({ event: "rendition_failed", session, profile: "mp3", failure }));
  expect(await screen.findByRole("alert")).toHaveTextContent(words);
  expect(screen.getByRole("alert")).toHaveTextContent("No se pudo crear: Audio MP3 para escuchar");
});

test("when the recording is not there the dialog says so, and nothing can be made", async () => {
  const ipc = createFakeIpc();
  ipc.fake.failNext("renditionProfiles", { code: "recording_missing", message: "No se encuentra.", details: {} });
  renderInAstra(<Place />, { ipc });
  expect(await screen.findByRole("alert")).toHaveTextContent("No se encuentra.");
  expect(screen.getByRole("button", { name: "Crear" })).toHaveAttribute("aria-disabled", "true");
});

test("it goes on with the dialog closed, tells its end in passing, and is found in the dialog again", async () => {
  const { user, fake } = dialog();
  await begin(user);
  await user.click(screen.getByRole("button", { name: "Cerrar" }));
  act(() => fake.emit(progressed(80)));
  await user.click(screen.getByText("Otra vez"));
  expect(await screen.findByRole("progressbar")).toHaveAttribute("aria-valuetext", "80 % hecho");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  act(() => fake.emit(made));
  expect(await screen.findByText("Lista: Audio MP3 para escuchar")).toBeVisible();
  expect(screen.getByText("Sesión 48 · mp3 · pública.mp3")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Abrir" }));
  expect(fake.calls).toContainEqual({ command: "documentOpen", values: [path] });
});
