// The list: progress, order, keyboard, deletion, search, and ten thousand sessions.
import { act, configure, screen, waitFor, within } from "@testing-library/react";
import { createFakeIpc } from "../ipc/fake";
import { fakeSessions, listeningSession, longSession, shortSession } from "../ipc/fake/sessions";
import { applyEvent } from "../ipc/queries";
import { expectAccessible, renderInAstra } from "../testing";
import { DropTarget, SessionsPage } from ".";

configure({ asyncUtilTimeout: 5000 });

// jsdom lays nothing out, so the heights that decide which rows are in sight are given.
beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(800);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(1000);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(64);
});

const page = (ipc = createFakeIpc()) =>
  renderInAstra(
    <DropTarget>
      <SessionsPage
        renditions={({ title }, onClose) => (
          <button type="button" onClick={onClose}>
            Versiones de {title}
          </button>
        )}
      />
    </DropTarget>,
    { ipc },
  );
// By its id: names by role cost jsdom seconds on a page of this size.
const line = (session: string) => document.querySelector<HTMLElement>(`[data-session="${session}"]`);
const lineOf = (session: string) =>
  waitFor(() => {
    const found = line(session);
    if (found === null) throw new Error(`no row for ${session}`);
    return found;
  });
const button = (row: HTMLElement, name: string) => {
  const found = [...row.querySelectorAll<HTMLElement>("button")].find(
    (each) => (each.getAttribute("aria-label") ?? each.textContent) === name,
  );
  if (found === undefined) throw new Error(`no button «${name}»`);
  return found;
};
// The library hides it from who cannot move the focus into it, as jsdom cannot.
const openDialog = () => screen.findByRole("alertdialog", { hidden: true });
const titles = () =>
  [...document.querySelectorAll('[data-session] > [aria-colindex="2"]:not([aria-colspan])')].map(
    (cell) => cell.textContent,
  );

test("a title too long for its line can be read whole by pointing at it", async () => {
  page();
  const title = await screen.findByText(/^Sesión conjunta de las comisiones/);
  expect(title).toHaveAttribute("title", title.textContent);
});

test("every session shows its date, title, length, state and passages to review", async () => {
  page(createFakeIpc({ sessions: fakeSessions().slice(0, 3) }));
  const row = await lineOf(longSession);
  expect(row).toHaveTextContent("15 de sept de 2026");
  expect(row).toHaveTextContent("7 h");
  expect(row).toHaveTextContent("Lista");
  expect(within(row).getByLabelText("143 párrafos por revisar")).toBeVisible();
  expect(await lineOf(listeningSession)).toHaveTextContent("4 h 10 min de audio · faltan 22 min");
  await expectAccessible();
});

test("what is heard moves one row, without reading the list again", async () => {
  const { fake } = page();
  const row = await lineOf(listeningSession);
  const bar = within(row).getByLabelText("Escuchando «Sesión ordinaria n.º 48»");
  const before = Number(bar.getAttribute("aria-valuenow"));
  const lists = () => fake.calls.filter(({ command }) => command === "sessionList").length;
  const read = lists();
  act(() => {
    for (let chunk = 0; chunk < 10; chunk++) fake.hear(listeningSession, 100);
  });
  await waitFor(() => expect(Number(bar.getAttribute("aria-valuenow"))).toBeGreaterThan(before));
  expect(lists()).toBe(read);
  expect(fake.calls.filter(({ command }) => command === "sessionRow")).toHaveLength(1);
});

test("a reader is told when a session is ready", async () => {
  const { fake } = page();
  await lineOf(listeningSession);
  act(() => fake.hear(listeningSession, 4000));
  expect(await screen.findByText(/«Sesión ordinaria n\.º 48» está lista\./)).toBeInTheDocument();
});

test("headings sort, and the filter leaves one state", async () => {
  const { user } = page();
  await lineOf(listeningSession);
  await user.click(screen.getByText("Título"));
  expect(titles()[0]).toMatch(/^Cabildo abierto/);
  expect(screen.getByText("Título").closest("[role=columnheader]")).toHaveAttribute("aria-sort", "ascending");
  await user.selectOptions(screen.getByLabelText("Mostrar"), "Con error");
  expect(titles()).toHaveLength(2);
  expect(screen.getByText("2 de 12 sesiones")).toBeVisible();
});

test("arrows move, Enter opens, F2 renames and the menu key shows every action", async () => {
  const { user, fake, places } = page();
  (await lineOf(listeningSession)).focus();
  await user.keyboard("{ArrowDown}{ArrowDown}{F2}");
  const field = screen.getByLabelText("Título de la sesión");
  expect(field).toHaveFocus();
  await user.keyboard("Plenaria 47{Enter}");
  expect(fake.calls).toContainEqual({ command: "sessionRename", values: ["session-long", "Plenaria 47"] });
  expect(await lineOf(longSession)).toHaveFocus();
  await user.keyboard("{Shift>}{F10}{/Shift}");
  const menu = await screen.findByRole("menu");
  expect(
    within(menu)
      .getAllByRole("menuitem")
      .map((item) => item.textContent),
  ).toEqual([
    expect.stringContaining("Abrir"),
    expect.stringContaining("Cambiar el título"),
    expect.stringContaining("Versiones de la grabación…"),
    "Unir con otra sesión…",
    "Separar en dos sesiones…",
    "Ordenar las partes…",
    expect.stringContaining("Eliminar…"),
  ]);
  within(menu).getAllByRole("menuitem")[0]?.focus();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  await waitFor(async () => expect(await lineOf(longSession)).toHaveFocus());
  await user.keyboard("{Enter}");
  expect(places?.at(-1)).toBe("/sessions/session-long");
});

test("the menu changes a title too: what is typed goes into the field, and Enter keeps it", async () => {
  const { user, fake, places } = page();
  const row = await lineOf(longSession);
  await user.click(button(row, "Más acciones para «Sesión plenaria extraordinaria n.º 47»"));
  await user.click(await screen.findByRole("menuitem", { name: /^Cambiar el título/ }));
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  const field = await screen.findByLabelText("Título de la sesión");
  await waitFor(() => expect(field).toHaveFocus());
  await user.keyboard("Plenaria 47{Enter}");
  expect(fake.calls).toContainEqual({ command: "sessionRename", values: ["session-long", "Plenaria 47"] });
  expect(places).toEqual(["/"]);
  expect(await lineOf(longSession)).toHaveFocus();
});

test("a row pauses and resumes, and cancelling asks first", async () => {
  const { user, fake } = page();
  const row = await lineOf(listeningSession);
  await user.click(button(row, "Pausar: Sesión ordinaria n.º 48"));
  await user.click(await screen.findByLabelText("Reanudar: Sesión ordinaria n.º 48"));
  await user.click(button(row, "Más acciones para «Sesión ordinaria n.º 48»"));
  await user.click(await screen.findByRole("menuitem", { name: "Dejar de escuchar…" }));
  const dialog = await openDialog();
  expect(fake.calls.some(({ command }) => command === "jobCancel")).toBe(false);
  await user.click(button(dialog, "Dejar de escuchar"));
  expect(fake.calls.map(({ command }) => command)).toEqual(
    expect.arrayContaining(["jobPause", "jobResume", "jobCancel"]),
  );
});

/** Three sessions that wait, as the application shows them: what the core tells of its queue is read again. */
function waitingPage() {
  const [, waiting] = fakeSessions();
  const sessions = ["a", "b", "c"].flatMap((id, i) => {
    if (waiting === undefined) return [];
    const row = { ...waiting.view.row, id, job: `job-${id}`, title: `Sesión ${id}`, held_at_ms: 1000 - i };
    return [{ ...waiting, view: { ...waiting.view, row } }];
  });
  const view = page(createFakeIpc({ sessions }));
  view.ipc.listen((event) => act(() => applyEvent(view.queries, event)));
  return view;
}
const queued = async (id: string, place: number) =>
  waitFor(async () => expect(await lineOf(id)).toHaveTextContent(`${place}.ª en la cola`));

test("what waits says its place, and its menu moves it where that makes sense", async () => {
  const { user, ipc } = waitingPage();
  await queued("a", 1);
  await queued("c", 3);
  await user.click(button(await lineOf("c"), "Más acciones para «Sesión c»"));
  expect(await screen.findByRole("menuitem", { name: /^Escuchar después/ })).toHaveAttribute("aria-disabled", "true");
  expect(screen.getByRole("menuitem", { name: /^Escuchar al final/ })).toHaveAttribute("aria-disabled", "true");
  await user.click(screen.getByRole("menuitem", { name: /^Escuchar primero/ }));
  await queued("c", 1);
  await queued("a", 2);
  expect((await ipc.queueGet()).waiting).toEqual(["job-c", "job-a", "job-b"]);
  expect(screen.getByText("«Sesión c» es ahora la 1.ª en la cola.")).toBeInTheDocument();
});

test("Alt with the arrows moves a session in the queue, press by press, and the focus stays on it", async () => {
  const { user, ipc } = waitingPage();
  await queued("c", 3);
  const row = await lineOf("c");
  row.focus();
  await user.keyboard("{Alt>}{ArrowUp}{ArrowUp}{ArrowUp}{/Alt}");
  await queued("c", 1);
  expect(row).toHaveFocus();
  await waitFor(async () => expect((await ipc.queueGet()).waiting).toEqual(["job-c", "job-a", "job-b"]));
  await user.keyboard("{Alt>}{End}{/Alt}");
  await queued("c", 3);
  await user.keyboard("{Alt>}{Home}{/Alt}");
  await queued("c", 1);
});

test("a move that the core refuses says why and is taken back", async () => {
  const { user, fake } = waitingPage();
  await queued("b", 2);
  fake.failNext("jobMove", { code: "job_unknown", message: "No hay un trabajo pendiente «job-b».", details: {} });
  (await lineOf("b")).focus();
  await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
  expect(await screen.findByRole("alert")).toHaveTextContent("Esta sesión ya se terminó o se dejó de escuchar.");
  await queued("b", 2);
});

test("what was stopped halfway and waits shows how much of it was heard", async () => {
  const { ipc } = page(createFakeIpc({ sessions: fakeSessions().slice(0, 2) }));
  await lineOf(listeningSession);
  await act(() => ipc.queuePause());
  await waitFor(async () =>
    expect(await lineOf(listeningSession)).toHaveTextContent("En espera1 h 45 min escuchados de 4 h 10 min"),
  );
});

test("a session that failed for now says when it is tried again, and can be tried at once", async () => {
  const sessions = fakeSessions().filter(({ view }) => view.row.id === "session-failed");
  const evening = new Date().setHours(23, 59, 0, 0);
  for (const { view } of sessions) view.row = { ...view.row, retry_at_ms: evening };
  const { user, fake } = page(createFakeIpc({ sessions }));
  const row = await lineOf("session-failed");
  expect(row).toHaveTextContent("Se reintentará");
  expect(row).toHaveTextContent("Se intentará otra vez a las 23:59.");
  expect(row).toHaveTextContent("Revise el nombre, o si la memoria o la carpeta siguen conectadas.");
  await expectAccessible();
  await user.click(button(row, "Intentar ahora"));
  expect(fake.calls).toContainEqual({ command: "jobResume", values: ["job-session-failed"] });
  await waitFor(() => expect(row).toHaveTextContent("Escuchando"));
});

test("a session whose documents are not in their folder yet says why", async () => {
  const sessions = fakeSessions().filter(({ view }) => view.row.id === shortSession);
  const undelivered = { code: "not_writable", message: "", details: { path: "Z:\\Actas", reason: "no responde" } };
  for (const { view } of sessions) view.row = { ...view.row, undelivered };
  page(createFakeIpc({ sessions }));
  const row = await lineOf(shortSession);
  expect(row).toHaveTextContent("Los documentos todavía no están en la carpeta que eligió.");
  expect(row).toHaveTextContent("No se puede escribir en «Z:\\Actas»: no responde.");
});

test("renditions are asked for in the menu of a session, and its row takes the focus back", async () => {
  const { user } = page();
  const row = await lineOf(longSession);
  await user.click(button(row, "Más acciones para «Sesión plenaria extraordinaria n.º 47»"));
  await user.click(await screen.findByRole("menuitem", { name: "Versiones de la grabación…" }));
  await user.click(await screen.findByText("Versiones de Sesión plenaria extraordinaria n.º 47"));
  await waitFor(async () => expect(await lineOf(longSession)).toHaveFocus());
});

test("a failed session says why, folds its details and can be tried again", async () => {
  const { user, fake } = page();
  const row = await lineOf("session-failed");
  expect(row).toHaveTextContent("No se encuentra la grabación «/media/GRABADORA/SES_0912.WMA».");
  expect(within(row).getByText("Detalles técnicos").closest("details")).not.toHaveAttribute("open");
  await user.click(button(row, "Reintentar"));
  expect(fake.calls).toContainEqual({ command: "jobResume", values: ["job-session-failed"] });
});

test("deleting says exactly what goes and what stays, and the focus goes on to the next session", async () => {
  const { user } = page();
  (await lineOf(listeningSession)).focus();
  await user.keyboard("{ArrowDown}{ArrowDown}{Delete}");
  const dialog = await openDialog();
  expect(await within(dialog).findByText("el texto: 8.000 párrafos")).toBeVisible();
  expect(dialog).toHaveTextContent("la copia para escuchar: 106 MB");
  expect(dialog).toHaveTextContent(
    "Las copias de seguridad de Astra todavía conservan esta sesión hasta el 28 de noviembre de 2026",
  );
  expect(dialog).toHaveTextContent("el acta aprobada que Astra guarda tal como se aprobó");
  expect(dialog).toHaveTextContent("No se tocan las grabaciones originales:");
  expect(dialog).toHaveTextContent("/home/secretaria/Grabaciones/SES_2.MP3");
  await expectAccessible(dialog);
  await user.click(button(dialog, "Eliminar"));
  await waitFor(() => expect(line(longSession)).toBeNull());
  await waitFor(async () => expect(await lineOf(shortSession)).toHaveFocus());
});

test("what is found is shown by session, marked, and opens at its second, the first of it with Enter", async () => {
  const { user, places } = page(createFakeIpc({ sessions: fakeSessions().slice(1, 3) }));
  await lineOf(longSession);
  await user.click(screen.getByLabelText("Buscar en todas las sesiones"));
  await user.keyboard("comunal");
  const hit = await waitFor(() => {
    const group = screen.getByLabelText("Sesión plenaria extraordinaria n.º 47", { selector: "section" });
    const marked = group.querySelector("li mark");
    expect(marked?.textContent).toMatch(/^comunal$/i);
    return marked?.closest("button");
  });
  await expectAccessible();
  await user.keyboard("{Enter}");
  expect(places?.at(-1)).toMatch(/^\/sessions\/session-long\/\d+$/);
  await user.click(hit as HTMLElement);
  expect(places?.at(-1)).toMatch(/^\/sessions\/session-long\/\d+$/);
});

test("an empty list is one large place to drop a recording, and refuses half an address", async () => {
  const { user, fake, places } = page(createFakeIpc({ sessions: [] }));
  const zone = await screen.findByRole("region", { name: "Traiga la grabación de una sesión" });
  await user.type(within(zone).getByRole("textbox"), "concejo.gov.co/audio{Enter}");
  expect(within(zone).getByText(/Escriba una dirección completa/)).toBeVisible();
  expect(fake.calls.some(({ command }) => command === "recordingPropose")).toBe(false);
  await expectAccessible();
  await user.click(within(zone).getByRole("button", { name: "elegir carpetas en Ajustes" }));
  expect(places?.at(-1)).toBe("/settings/folders");
});

test("the sample alone comes with a hint of how to try it", async () => {
  const sample = fakeSessions().filter(({ view }) => view.row.sample);
  const { user, places } = page(createFakeIpc({ sessions: sample }));
  await user.click(await screen.findByRole("button", { name: "Abrir la muestra" }));
  expect(places?.at(-1)).toBe("/sessions/session-sample");
});

test("ten thousand sessions stay a page of few nodes, to the last one", async () => {
  const [first] = fakeSessions();
  if (first === undefined) throw new Error("the fake has no sessions");
  const many = Array.from({ length: 10_000 }, (_, i) => ({
    ...first,
    view: { ...first.view, row: { ...first.view.row, id: `s${i}`, title: `Sesión ${i}`, held_at_ms: -i } },
  }));
  const { user } = page(createFakeIpc({ sessions: many }));
  (await lineOf("s0")).focus();
  const zone = screen.getByRole("region", { name: "Traiga la grabación de una sesión" });
  expect(zone).toHaveTextContent("Suelte aquí las grabaciones de una sesión.");
  await waitFor(() => expect(zone).toHaveTextContent("los archivos originales no se tocan"));
  expect(document.querySelector("[role=grid]")).toHaveAttribute("aria-rowcount", "10001");
  expect(document.querySelectorAll("*").length).toBeLessThan(2000);
  await user.keyboard("{End}");
  expect(await lineOf("s9999")).toHaveFocus();
  expect(document.querySelectorAll("*").length).toBeLessThan(2000);
});
