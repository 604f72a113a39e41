// The session's page against the faked core, as a secretary uses it: by keyboard, from opening to undoing.
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { createFakeIpc, type FakeIpc } from "./ipc/fake";
import { fakeSessions, longSession, shortSession } from "./ipc/fake/sessions";
import { clockText } from "./lib/time";
import { SessionPage } from "./session_page";
import { expectAccessible, renderInAstra } from "./testing";
import {
  blocks,
  click,
  control,
  cursor,
  edits,
  fill,
  layOut,
  open,
  plain,
  press,
  putCursor,
  texts,
  type,
} from "./testing/secretary";

beforeEach(layOut);

describe("the text of a session", () => {
  it("splits at the cursor with Enter and goes to the later half", async () => {
    await open();
    const [, text = ""] = texts() as string[];
    putCursor(1, text.indexOf(" "));
    press("Enter");
    await waitFor(() => expect(texts()[2]).toBe(text.slice(text.indexOf(" ") + 1)));
    expect(texts()[1]).toBe(text.slice(0, text.indexOf(" ")));
    expect(cursor()).toEqual({ row: 2, offset: 0 });
  });

  it("joins with the passage before by Backspace at the start, with the cursor at the seam", async () => {
    await open();
    const [first = "", second = ""] = texts() as string[];
    putCursor(1, 0);
    press("Backspace");
    await waitFor(() => expect(texts()[0]).toBe(`${first} ${second}`));
    expect(cursor()).toEqual({ row: 0, offset: first.length + 1 });
  });

  it("joins with the passage after by Delete at the end", async () => {
    await open();
    const [first = "", second = ""] = texts() as string[];
    putCursor(0, first.length);
    press("Delete");
    await waitFor(() => expect(texts()[0]).toBe(`${first} ${second}`));
    expect(cursor()).toEqual({ row: 0, offset: first.length });
  });

  it("leaves Enter, Backspace and Delete within the text to the web view", async () => {
    const { ipc } = await open();
    putCursor(1, 3);
    expect(press("Backspace")).toBe(true);
    expect(press("Delete")).toBe(true);
    expect(edits(ipc as FakeIpc)).toEqual([]);
  });

  it("walks the rows with the arrows, Ctrl+Home and Ctrl+End", async () => {
    await open();
    putCursor(0, 0);
    press("ArrowDown");
    expect(cursor().row).toBe(1);
    press("ArrowUp");
    expect(cursor().row).toBe(0);
    press("End", { ctrlKey: true });
    await waitFor(() => expect(cursor().row).toBe(blocks().length - 1));
    press("Home", { ctrlKey: true });
    await waitFor(() => expect(cursor()).toEqual({ row: 0, offset: 0 }));
  });

  it("keeps keys that come while a passage is split, and types them behind it", async () => {
    await open();
    const [, text = ""] = texts() as string[];
    const block = putCursor(1, text.indexOf(" "));
    press("Enter");
    block.dispatchEvent(
      new InputEvent("beforeinput", { inputType: "insertText", data: "X", bubbles: true, cancelable: true }),
    );
    await waitFor(() => expect(texts()[2]).toBe(`X${text.slice(text.indexOf(" ") + 1)}`));
    expect(cursor()).toEqual({ row: 2, offset: 1 });
  });

  it("pastes on one line, without what it looked like elsewhere", async () => {
    await open();
    const [first = ""] = texts() as string[];
    const block = putCursor(0, 0);
    fireEvent.paste(block, { clipboardData: { getData: () => "uno\ndos\t<b>tres</b> " } });
    expect(texts()[0]).toBe(`uno dos <b>tres</b> ${first}`);
    expect(block.children).toHaveLength(0);
  });

  it("undoes typing with Ctrl+Z, tells what it would undo, and redoes it", async () => {
    await open();
    const [first = ""] = texts() as string[];
    const block = putCursor(0, 0);
    type(block, "Otra cosa");
    press("z", { ctrlKey: true });
    await waitFor(() => expect(texts()[0]).toBe(first));
    expect(control("Rehacer: escribir “Otra cosa”")).toBeEnabled();
    press("y", { ctrlKey: true });
    await waitFor(() => expect(texts()[0]).toBe("Otra cosa"));
    expect(control("Deshacer: escribir “Otra cosa”")).toBeEnabled();
  });

  it("deletes the selected rows with Ctrl+Shift+Delete, and leaves Ctrl+Delete to the text", async () => {
    const { ipc } = await open();
    const before = texts();
    const time = blocks()[1]?.closest("[data-segment]")?.querySelector<HTMLElement>("[data-action=play]");
    act(() => time?.focus());
    press("ArrowDown", { shiftKey: true });
    press("ArrowDown", { shiftKey: true });
    expect(await screen.findByText("3 párrafos seleccionados")).toBeVisible();
    expect(press("Delete", { ctrlKey: true })).toBe(true);
    expect(edits(ipc as FakeIpc)).toHaveLength(0);
    press("Delete", { ctrlKey: true, shiftKey: true });
    await waitFor(() => expect(texts()[1]).toBe(before[4]));
    expect(edits(ipc as FakeIpc)).toHaveLength(1);
  });

  it("marks a passage as reserved and says that no document has it", async () => {
    await open();
    putCursor(0, 0);
    press("R", { ctrlKey: true, shiftKey: true, code: "KeyR" });
    expect(await screen.findByText("no sale en ningún documento")).toBeVisible();
  });

  it("tells the truth about saving", async () => {
    const { ipc } = await open();
    const block = putCursor(0, 0);
    (ipc as FakeIpc).fake.failNext("transcriptEdit", {
      code: "disk_full",
      message: "El disco está lleno.",
      details: {},
    });
    type(block, "no se pierde");
    expect(screen.getByText("Guardando…")).toBeVisible();
    fireEvent.blur(block);
    expect(await screen.findByText("No se pudo guardar")).toBeVisible();
    expect(texts()[0]).toBe("no se pierde");
    click("Reintentar");
    expect(await screen.findByText("Guardado")).toBeVisible();
  });

  it("keeps only the rows on screen, and at most 2,000 nodes, of eight thousand passages", async () => {
    await open(longSession);
    expect(document.querySelectorAll("*").length).toBeLessThanOrEqual(2000);
    putCursor(0, 0);
    press("End", { ctrlKey: true });
    await waitFor(() => expect(cursor().row).toBe(blocks().length - 1));
    expect(document.querySelectorAll("*").length).toBeLessThanOrEqual(2000);
  });

  it("stands there with its title while the text is on its way, and its sound follows the text", async () => {
    const ipc = createFakeIpc();
    const { transcriptStart, transcriptOpen } = ipc;
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    ipc.transcriptOpen = (session) => arrived.then(() => transcriptOpen(session));
    ipc.transcriptStart = (session) => arrived.then(() => transcriptStart(session));
    renderInAstra(<SessionPage session={shortSession} />, { ipc });
    expect(await screen.findByLabelText("Título de la sesión")).toBeVisible();
    expect(screen.getByText("Abriendo la sesión…")).toBeInTheDocument();
    expect(texts()).toEqual([]);
    arrive();
    await waitFor(() => expect(texts().length).toBeGreaterThan(0));
    expect(screen.queryByText("Abriendo la sesión…")).toBeNull();
    expect(await screen.findByRole("timer")).toBeVisible();
  });

  it("shows its first passages before the whole text is there, and then all of it", async () => {
    const ipc = createFakeIpc();
    const { transcriptOpen } = ipc;
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    ipc.transcriptOpen = (session) => arrived.then(() => transcriptOpen(session));
    renderInAstra(<SessionPage session={longSession} />, { ipc });
    await waitFor(() => expect(texts().length).toBeGreaterThan(0));
    const first = texts()[0];
    expect(document.querySelector("[data-text]")?.closest("[inert]")).not.toBeNull();
    expect(screen.queryByText("Abriendo la sesión…")).toBeNull();
    expect(screen.queryByRole("timer")).toBeNull();
    arrive();
    expect(await screen.findByRole("timer")).toBeVisible();
    expect(texts()[0]).toBe(first);
    expect(document.querySelector("[data-text]")?.closest("[inert]")).toBeNull();
  });

  it("leads back to the list when it cannot be opened", async () => {
    const ipc = createFakeIpc();
    ipc.fake.failNext("sessionOpen", { code: "session_unknown", message: "", details: {} });
    const { places } = renderInAstra(<SessionPage session={shortSession} />, { ipc, at: `/sessions/${shortSession}` });
    expect(await screen.findByRole("alert")).toHaveTextContent("Esta sesión ya no existe");
    click("Volver a Sesiones");
    expect(places.at(-1)).toBe("/");
  });

  it("opens at the moment of the address", async () => {
    const ipc = createFakeIpc();
    const { segments } = await ipc.transcriptOpen(shortSession);
    const third = segments[2];
    await open(shortSession, ipc, String((third?.start_ms ?? 0) + 10));
    await waitFor(() => expect(document.activeElement?.textContent).toBe(third?.text));
    expect(screen.getByRole("timer")).toHaveTextContent(new RegExp(`^${clockText(third?.start_ms ?? 0)} /`));
  });

  it("is reached by Tab in one row: the first on screen, then the one with the cursor", async () => {
    await open();
    const reached = () => blocks().flatMap((block, row) => (block.tabIndex === 0 ? [row] : []));
    expect(reached()).toEqual([0]);
    putCursor(2, 0);
    expect(reached()).toEqual([2]);
  });

  it("has nothing seriously wrong for those who cannot see it", async () => {
    await open();
    putCursor(0, 0);
    await expectAccessible(document.querySelector(".session-page") as Element);
  });
});

describe("doubts", () => {
  it("walks from one to the next, takes Ctrl+Enter as right, and counts down", async () => {
    const ipc = createFakeIpc();
    const { segments } = await ipc.transcriptOpen(shortSession);
    const doubtful = segments.filter((segment) => segment.doubtful).map((segment) => segment.text);
    await open(shortSession, ipc);
    putCursor(0, 0);
    press("F8");
    await waitFor(() => expect(document.activeElement?.textContent).toBe(doubtful[0]));
    press("Enter", { ctrlKey: true });
    await waitFor(() => expect(document.activeElement?.textContent).toBe(doubtful[1]));
    expect(edits(ipc)).toMatchObject([{ kind: "confirm" }]);
    expect(control(`Quedan ${doubtful.length - 1} dudas`)).toBeVisible();
  });

  it("are listed with their reason, and shrink", async () => {
    const { ipc } = await open();
    click(/Dudas/);
    const list = document.querySelector(".panel-list") as HTMLElement;
    const before = list.querySelectorAll("li").length;
    click(/:\d\d/, list);
    press("Enter", { ctrlKey: true });
    await waitFor(() => expect(list.querySelectorAll("li")).toHaveLength(before - 1));
    expect(edits(ipc as FakeIpc)).toHaveLength(1);
    await expectAccessible(list);
  });
});

test("hints name the keys as they are now", async () => {
  await open(shortSession, createFakeIpc(), undefined, { "doubts.confirm": "Ctrl+K" });
  click(/^Dudas/);
  expect(await screen.findByText(/Si está bien así, pulse Ctrl\+K\.$/)).toBeVisible();
});

test("a paragraph cannot start before its part, and that is what is said", async () => {
  await open(longSession, createFakeIpc(), String(15_000_000));
  const row = document.querySelector<HTMLElement>("[data-segment][data-active]");
  fireEvent.click(row?.querySelector(".transcript-more") as HTMLElement);
  fireEvent.click(await screen.findByText("Cambiar los tiempos…"));
  const start = await screen.findByLabelText("Empieza");
  fireEvent.change(start, { target: { value: "0:00:10" } });
  expect(
    screen.getByText(/^Este párrafo es de la parte 2, que comienza en [\d:]+: no puede empezar antes\.$/),
  ).toBeVisible();
  expect(screen.queryByText("El final debe ir después del comienzo.")).toBeNull();
});

describe("speakers", () => {
  it("gives the passage to the second one with Alt+2", async () => {
    const { ipc } = await open();
    putCursor(0, 0);
    press("2", { altKey: true, code: "Digit2" });
    const { segments, speakers } = await ipc.transcriptOpen(shortSession);
    const assigned = { kind: "assign", segments: [segments[0]?.id], speaker: speakers[1]?.id };
    await waitFor(() => expect(edits(ipc as FakeIpc)).toMatchObject([assigned]));
  });

  it("makes a new one by typing a name under F2", async () => {
    const { ipc } = await open();
    putCursor(0, 0);
    press("F2");
    await screen.findByText("Quién habla en este párrafo");
    fill("Quién habla en este párrafo", "Rosa Elvira");
    press("Enter");
    await waitFor(() => expect(edits(ipc as FakeIpc)).toMatchObject([{ kind: "name", name: "Rosa Elvira" }]));
    expect((await screen.findAllByText("Rosa Elvira")).length).toBeGreaterThan(0);
  });

  it("offers the names of the roster by a few letters of them", async () => {
    const one = {
      id: "councillor-1",
      name: "Íngrid Villamizar",
      party: "",
      office: "",
      term: "",
      since: "",
      until: "",
    };
    const ipc = createFakeIpc({ roster: [{ ...one, instead_of: [], seat: 1 }] });
    await open(shortSession, ipc);
    putCursor(0, 0);
    press("F2");
    await screen.findByText("Quién habla en este párrafo");
    fill("Quién habla en este párrafo", "villami");
    await screen.findByText("Íngrid Villamizar");
    press("Enter");
    await waitFor(() => expect(edits(ipc)).toMatchObject([{ kind: "name", name: "Íngrid Villamizar" }]));
  });

  it("warns before two become one", async () => {
    const { ipc } = await open();
    const { speakers } = await ipc.transcriptOpen(shortSession);
    const [first, second] = speakers;
    click(`${first?.name} ${first?.role}`);
    fill("Nombre", (second?.name ?? "").toUpperCase());
    expect(screen.getByText(/quedarán como una sola persona/)).toBeVisible();
    await expectAccessible(document.querySelector(".session-side") as Element);
    click("Unir las dos");
    await waitFor(() => expect(edits(ipc as FakeIpc)).toMatchObject([{ kind: "change_speaker" }]));
    expect(() => control(`${first?.name} ${first?.role}`)).toThrow();
  });
});

describe("find and replace", () => {
  it("counts while typing, shows what would become of each, skips what is unchecked, and is one undo", async () => {
    const ipc = createFakeIpc();
    const { segments } = await ipc.transcriptOpen(shortSession);
    const word = "de";
    await open(shortSession, ipc);
    putCursor(0, 0);
    press("f", { ctrlKey: true });
    await screen.findByPlaceholderText("Buscar en el texto");
    fill("Buscar en el texto", word);
    const matches = (await ipc.transcriptFind(shortSession, { ...plain, text: word }, "")).length;
    await screen.findAllByText(`${matches} resultados`);
    press("h", { ctrlKey: true });
    fill("Reemplazar con", "CAMBIADA");
    await expectAccessible(document.querySelector(".find-bar") as Element);
    click(/: reemplazar «/);
    click(`Reemplazar todo (${matches - 1})`);
    await waitFor(() =>
      expect(edits(ipc)).toMatchObject([{ kind: "replace", with: "CAMBIADA", skip: [0], remember: false }]),
    );
    expect(texts()[0]).toBe(segments[0]?.text);
    await waitFor(() => expect(control(new RegExp(`^Deshacer: reemplazar “${word}”`, "i"))).toBeEnabled());
  });

  it("says once and in Spanish that a pattern cannot be read, with the reader's own words folded", async () => {
    await open();
    press("f", { ctrlKey: true });
    await screen.findByPlaceholderText("Buscar en el texto");
    click(/^\.\*/);
    fill("Buscar en el texto", "(");
    const failure = await screen.findByText("No se entiende la expresión.");
    expect(failure.parentElement).toHaveTextContent(/^No se entiende la expresión\.Detalles técnicos/);
    expect(screen.getByText(/unclosed group/).closest("details")).not.toHaveAttribute("open");
  });

  it("remembers the word in the vocabulary when asked", async () => {
    const { ipc } = await open();
    press("f", { ctrlKey: true });
    await screen.findByPlaceholderText("Buscar en el texto");
    fill("Buscar en el texto", "presidenta");
    await screen.findAllByText(/^\d+ resultados?$/);
    press("h", { ctrlKey: true });
    fill("Reemplazar con", "Presidenta");
    click("Reemplazar y recordar");
    await waitFor(() => expect(edits(ipc as FakeIpc)).toMatchObject([{ kind: "replace", remember: true }]));
  });
});

describe("names that the vocabulary wrote", () => {
  it("say what was heard there, and one press writes that again", async () => {
    const sessions = fakeSessions();
    const segment = sessions.find(({ view }) => view.row.id === shortSession)?.segments[0];
    if (!segment) throw new Error("the short session has no text");
    const [name = "", ...rest] = segment.text.split(" ");
    segment.respelled = [{ at: 0, count: 1, heard: "enao" }];
    const ipc = createFakeIpc({ sessions });
    await open(shortSession, ipc);
    expect(screen.getByText("Se oyó «enao»")).toBeVisible();
    await expectAccessible(document.querySelector("[data-segment]") as Element);
    click(
      `El vocabulario escribió «${name.replace(/[^\p{L}]+$/u, "")}» donde se oyó «enao». Escribir otra vez lo que se oyó`,
    );
    await waitFor(() => expect(texts()[0]).toBe(["enao", ...rest].join(" ")));
    expect(edits(ipc)).toEqual([{ kind: "put_back", segment: segment.id, word: 0 }]);
    expect(screen.queryByText("Se oyó «enao»")).toBeNull();
    expect(control(/^Deshacer: volver a lo que se oyó: “enao”/)).toBeEnabled();
  });
});

describe("while it listens", () => {
  it("grows at the end, keeps the cursor, and shows what may still change apart", async () => {
    const { ipc } = await open("session-listening");
    expect(screen.getByText(/faltan \d+ min/)).toBeVisible();
    const block = putCursor(0, 2);
    const before = (await ipc.transcriptOpen("session-listening")).segments.length;
    act(() => (ipc as FakeIpc).fake.hear("session-listening", 2));
    await waitFor(() => expect(ipc.fake.calls.some((call) => call.command === "transcriptGrown")).toBe(true), {
      timeout: 3000,
    });
    expect((await ipc.transcriptOpen("session-listening")).segments.length).toBe(before + 2);
    expect(document.activeElement).toBe(block);
    expect(getSelection()?.focusOffset).toBe(2);
    expect(screen.getByText("se está escuchando…")).toBeVisible();
  });

  it("pauses, and asks before it stops listening", async () => {
    const { ipc } = await open("session-listening");
    click("Pausar");
    expect((ipc as FakeIpc).fake.calls.some((call) => call.command === "jobPause")).toBe(true);
    click("Dejar de escuchar…");
    expect(await screen.findByText("¿Dejar de escuchar esta sesión?")).toBeVisible();
  });
});

test("while nothing listens, the last words are not said to be listened to", async () => {
  const sessions = fakeSessions().filter(({ view }) => view.row.id === "session-listening");
  for (const { view } of sessions) view.row = { ...view.row, state: "paused" };
  const ipc = createFakeIpc({ sessions });
  const { transcriptOpen } = ipc;
  const tail = { part: 0, start_ms: 0, end_ms: 1_000, text: "los honorables" };
  ipc.transcriptOpen = async (session) => ({ ...(await transcriptOpen(session)), tail });
  await open("session-listening", ipc);
  expect(await screen.findByText("lo último que se oyó; puede cambiar")).toBeVisible();
  expect(screen.getByText("los honorables")).toBeVisible();
  expect(screen.queryByText("se está escuchando…")).toBeNull();
});

describe("the side panel", () => {
  it("names every tab, and how many doubts there are in the way of the country", async () => {
    await open(longSession);
    const tabs = within(document.querySelector(".session-side") as HTMLElement)
      .getAllByRole("tab")
      .map((tab) => tab.querySelector(".fui-Tab__content")?.textContent);
    expect(tabs).toEqual(["Hablantes", "Dudas 143", "Historial", "Registro"]);
  });

  it("gives way to the text in a narrow window or at large text, and is one press away", async () => {
    vi.stubGlobal("innerWidth", 640);
    await open();
    expect(document.querySelector(".session-side")).toBeNull();
    click("Mostrar el panel");
    expect(document.querySelector(".session-side")).not.toBeNull();
    vi.unstubAllGlobals();
  });
});

describe("history", () => {
  it("lists what was changed and strikes out what was undone", async () => {
    await open();
    const block = putCursor(0, 0);
    type(block, "Primera versión");
    fireEvent.blur(block);
    click(/Historial/);
    expect(await screen.findByText("escribir “Primera versión”")).toBeVisible();
    press("z", { ctrlKey: true });
    await waitFor(() => expect(document.querySelector("s")).toHaveTextContent("escribir “Primera versión”"));
    await expectAccessible(document.querySelector(".session-side") as Element);
  });
});

test("what is typed in the record and in the text is undone in one order, wherever it was typed", async () => {
  const ipc = createFakeIpc();
  await open(shortSession, ipc);
  click(/^Registro/);
  fill("Lugar", "Casa de la cultura");
  fireEvent.blur(control("Lugar"));
  await waitFor(async () => expect((await ipc.minutesOpen(shortSession)).record.place).toBe("Casa de la cultura"));
  await screen.findByLabelText(/^Deshacer: escribir en el registro/);
  click(/^Deshacer: escribir en el registro/);
  await waitFor(() => expect(control("Lugar")).toHaveValue("Recinto del Concejo"));
  expect((await ipc.minutesOpen(shortSession)).record.place).toBe("Recinto del Concejo");
  expect(screen.queryByText(/se volvió a leer/)).toBeNull();
});

test("a session that failed for now says when it is tried again, and goes on at once when asked to", async () => {
  const sessions = fakeSessions().filter(({ view }) => view.row.id === "session-failed");
  for (const { view } of sessions) view.row = { ...view.row, retry_at_ms: new Date().setHours(23, 59, 0, 0) };
  const ipc = createFakeIpc({ sessions });
  await open("session-failed", ipc);
  const alert = (await screen.findByText("Se intentará otra vez a las 23:59.")).closest<HTMLElement>("[role=alert]");
  expect(alert).toHaveTextContent("No se encuentra la grabación «/media/GRABADORA/SES_0912.WMA».");
  fireEvent.click(screen.getByText("Intentar ahora"));
  await waitFor(() => expect(ipc.fake.calls).toContainEqual({ command: "jobResume", values: ["job-session-failed"] }));
});

test("a session that a server heard says which, how much of it, and what that cost", async () => {
  const sessions = fakeSessions().filter(({ view }) => view.row.id === shortSession);
  const sent = { server: "voz.example", model: "whisper-1", sent_ms: 3_900_000, cost: "6.250 COP" };
  for (const { view } of sessions) view.sent = sent;
  await open(shortSession, createFakeIpc({ sessions }));
  expect(screen.getByText(/· voz\.example escuchó 1 h 5 min, 6\.250 COP$/)).toBeVisible();
});

test("whoever wants to hear a session of which nobody can say what there is to hear is told so", async () => {
  const ipc = createFakeIpc({ sessions: fakeSessions() });
  ipc.fake.failNext("mediaOpen", { code: "broken", message: "", details: {} });
  await open(shortSession, ipc);
  await waitFor(() => expect(ipc.fake.calls.some(({ command }) => command === "mediaOpen")).toBe(true));
  press("F4");
  expect(await screen.findByText(/El sonido de esta parte no está en este computador/)).toBeVisible();
});
