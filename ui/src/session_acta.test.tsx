// The acta of a session against the faked core, as a secretary goes through it: proposals answered by key, what she
// states herself, the points of the order of the day in the sound, and one undo for all of it.
import { act, configure, fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { Entry, Record as SessionRecord, What } from "./ipc";
import { createFakeIpc, type FakeIpc } from "./ipc/fake";
import { shortSession } from "./ipc/fake/sessions";
import { ShortcutsProvider } from "./lib/shortcuts";
import { SessionPage } from "./session_page";
import { expectAccessible, renderInAstra } from "./testing";

// A whole page in jsdom is slow, above all finding by role, which works out the styles of every element.
configure({ asyncUtilTimeout: 5000 });

beforeEach(() => {
  // jsdom lays nothing out: the lists are 600 px high and their rows 34 px.
  const isList = (element: Element) => element.matches(".transcript-scroller, .panel-list, .outline-list");
  const height = function (this: Element) {
    return isList(this) ? 600 : 34;
  };
  vi.spyOn(Element.prototype, "clientHeight", "get").mockImplementation(height);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockImplementation(height);
  vi.spyOn(Element.prototype, "scrollHeight", "get").mockReturnValue(1_000_000);
  Element.prototype.scrollTo = (() => {}) as never;
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  // jsdom has no pointers of its own; a mouse tells the same of place and button.
  vi.stubGlobal("PointerEvent", MouseEvent);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function openText(ipc: FakeIpc = createFakeIpc()) {
  const view = renderInAstra(
    <ShortcutsProvider overrides={{}}>
      <SessionPage session={shortSession} />
    </ShortcutsProvider>,
    { ipc },
  );
  await waitFor(() => expect(document.querySelector("[data-text]")).not.toBeNull());
  return view;
}

/** The acta, with what is proposed of the short session: an opening, a quorum and a vote. */
async function open(ipc: FakeIpc = createFakeIpc()) {
  const view = await openText(ipc);
  press("2", { ctrlKey: true, code: "Digit2" });
  await screen.findByText(/propuestas? por revisar|Sin propuestas/);
  await waitFor(() => expect(document.activeElement).toBe(tree()));
  return view;
}

const tree = () => document.querySelector<HTMLElement>("[role=tree]") as HTMLElement;
const rows = () => [...tree().querySelectorAll<HTMLElement>("[role=treeitem]")];
const titles = () => rows().map((row) => row.querySelector(".outline-title")?.textContent);
const selected = () => rows().find((row) => row.getAttribute("aria-selected") === "true");
const press = (key: string, modifiers: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, code: key, ...modifiers });
const button = (name: RegExp, within: ParentNode = document) => {
  const found = [...within.querySelectorAll<HTMLElement>("button, [role=menuitem]")].find((one) =>
    name.test(one.getAttribute("aria-label") ?? one.textContent ?? ""),
  );
  if (!found) throw new Error(`there is no button called ${name}`);
  return found;
};
const stated = async (ipc: FakeIpc) => (await ipc.minutesOpen(shortSession)).entries;
const kinds = async (ipc: FakeIpc) => (await stated(ipc)).map(({ what }) => what.kind);

async function state(ipc: FakeIpc, id: string, what: What, fromMs: number, toMs: number) {
  const { revision } = await ipc.minutesOpen(shortSession);
  const entry: Entry = { id, what, heard: { from: { part: 0, ms: fromMs }, to: { part: 0, ms: toMs } } };
  await ipc.transcriptEdit(shortSession, revision, { kind: "put_entry", entry, continues: false });
}
const item = (number: number, title: string): What => ({ kind: "item", number, title, business: "other" });

describe("the place of the acta", () => {
  it("is reached with Ctrl+2, and Ctrl+1 brings the text back with its cursor", async () => {
    await openText();
    const block = document.querySelectorAll<HTMLElement>("[data-text]")[1] as HTMLElement;
    act(() => {
      block.focus();
      getSelection()?.collapse(block.firstChild, 3);
    });
    press("2", { ctrlKey: true, code: "Digit2" });
    await waitFor(() => expect(document.activeElement).toBe(tree()));
    expect(block.closest("[inert]")).not.toBeNull();
    act(() => getSelection()?.removeAllRanges());
    press("1", { ctrlKey: true, code: "Digit1" });
    await waitFor(() => expect(document.activeElement).toBe(block));
    expect(getSelection()?.focusOffset).toBe(3);
    expect(block.closest("[inert]")).toBeNull();
  });

  it("lets no key change the text that is not on screen", async () => {
    const { ipc } = await openText();
    act(() => document.querySelector<HTMLElement>("[data-text]")?.focus());
    press("2", { ctrlKey: true, code: "Digit2" });
    await waitFor(() => expect(document.activeElement).toBe(tree()));
    press("R", { ctrlKey: true, shiftKey: true, code: "KeyR" });
    press("Delete", { ctrlKey: true });
    press("2", { altKey: true, code: "Digit2" });
    await act(async () => {});
    expect(ipc.fake.calls.filter(({ command }) => command === "transcriptEdit")).toEqual([]);
  });

  it("has right roles and names", async () => {
    await open();
    await expectAccessible(document.querySelector(".session-outline") as Element);
  });

  it("has a form of a vote with right roles and names", async () => {
    await open();
    press("End");
    press("F2");
    await screen.findByText("Quién votó qué");
    await expectAccessible(document.querySelector("[role=dialog]") as Element);
  }, 30_000);
});

describe("a proposal", () => {
  it("stands at its place with its words, says that it is proposed, and is walked with the arrows", async () => {
    const { ipc } = await open();
    expect(screen.getByText("Quedan 3 propuestas por revisar")).toBeVisible();
    expect(titles()).toEqual([
      "Asistencia",
      "PropuestoLa sesión comenzó a las 08:10",
      "PropuestoHay quórum",
      "PropuestoVotación: el orden del día",
    ]);
    const [proposal] = await ipc.minutesProposals(shortSession);
    expect(rows()[1]).toHaveTextContent(proposal?.said ?? "");
    press("ArrowDown");
    press("ArrowDown");
    expect(selected()).toBe(rows()[2]);
    expect(tree().getAttribute("aria-activedescendant")).toBe(rows()[2]?.id);
    press("Home");
    expect(selected()).toBe(rows()[0]);
  });

  it("is accepted with Enter; the next one is selected, and undo brings it back", async () => {
    const { ipc } = await open();
    press("F8");
    press("Enter");
    await screen.findByText("Quedan 2 propuestas por revisar");
    await waitFor(async () => expect((await ipc.minutesOpen(shortSession)).record.starts).toBe("08:10"));
    expect(selected()).toHaveTextContent("Hay quórum");
    press("Enter", { ctrlKey: true });
    await screen.findByText("Queda 1 propuesta por revisar");
    await waitFor(async () => expect(await kinds(ipc)).toEqual(["quorum"]));
    await waitFor(() => expect(titles()).toContain("Hay quórum"));
    expect(selected()).toHaveTextContent("Votación: el orden del día");
    expect(document.activeElement).toBe(tree());
    press("z", { ctrlKey: true });
    await screen.findByText("Quedan 2 propuestas por revisar");
    await waitFor(() => expect(titles()).toContain("PropuestoHay quórum"));
    expect(tree()).toBeVisible();
  });

  it("is refused with Supr, and undo proposes it again", async () => {
    const { ipc } = await open();
    press("F8");
    press("Delete");
    await screen.findByText("Quedan 2 propuestas por revisar");
    await waitFor(async () => expect((await ipc.minutesOpen(shortSession)).refused).toHaveLength(1));
    expect((await ipc.minutesOpen(shortSession)).record.starts).toBe("08:00");
    press("z", { ctrlKey: true });
    await screen.findByText("Quedan 3 propuestas por revisar");
  });

  it("is corrected with F2, and only what was corrected is stated", async () => {
    const { ipc } = await open();
    press("ArrowDown");
    press("ArrowDown");
    press("F2");
    fireEvent.change(await screen.findByLabelText("Cuántos asisten"), { target: { value: "9" } });
    fireEvent.click(button(/^Aceptar así$/));
    await waitFor(async () => expect((await stated(ipc))[0]?.what).toEqual({ kind: "quorum", holds: true, count: 9 }));
    await screen.findByText("con 9 presentes");
  });

  it("of an hour is corrected as an hour", async () => {
    const { ipc } = await open();
    press("ArrowDown");
    press("e");
    fireEvent.change(await screen.findByLabelText("Comenzó"), { target: { value: "8:12" } });
    fireEvent.click(button(/^Aceptar así$/));
    await waitFor(async () => expect((await ipc.minutesOpen(shortSession)).record.starts).toBe("08:12"));
  });

  it("comes back when the core does not take it, with the reason", async () => {
    const ipc = createFakeIpc();
    await open(ipc);
    press("F8");
    ipc.fake.failNext("transcriptEdit", { code: "disk_full", message: "El disco está lleno.", details: {} });
    press("Enter");
    expect(await screen.findByRole("alert")).toHaveTextContent(/No se hizo el cambio/);
    await screen.findByText("Quedan 3 propuestas por revisar");
  });

  it("is accepted with all that are sure after one question, each a step of its own", async () => {
    const { ipc } = await open();
    fireEvent.click(button(/^Aceptar las 3 más seguras/));
    fireEvent.click(button(/^Aceptarlas$/));
    await screen.findByText("Sin propuestas pendientes");
    expect(await kinds(ipc)).toEqual(["quorum", "vote"]);
    await waitFor(() => expect(document.querySelector("[role=dialog], [role=alertdialog]")).toBeNull());
    press("z", { ctrlKey: true });
    await screen.findByText("Queda 1 propuesta por revisar");
    expect(await kinds(ipc)).toEqual(["quorum"]);
  });
});

describe("what the secretary states herself", () => {
  it("is added where the recording stands, in the words she types", async () => {
    const { ipc } = await open();
    const [, , third] = (await ipc.transcriptOpen(shortSession)).segments;
    press("ArrowDown");
    press("ArrowDown");
    press(" ");
    fireEvent.click(button(/^Añadir$/));
    fireEvent.click(await screen.findByRole("menuitem", { name: "Tarea" }));
    fireEvent.change(await screen.findByLabelText("Qué hay que hacer"), { target: { value: "Enviar el informe" } });
    fireEvent.click(button(/^Añadir$/, document.querySelector("[role=dialog]") as Element));
    await waitFor(async () => expect(await kinds(ipc)).toEqual(["task"]));
    const [task] = await stated(ipc);
    expect(task?.heard).toEqual({ from: { part: 0, ms: third?.start_ms }, to: { part: 0, ms: third?.end_ms } });
    expect(task?.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-/);
    await waitFor(() => expect(selected()).toHaveTextContent("TareaEnviar el informe"));
  });

  it("is changed, taken out, and brought back by undo", async () => {
    const ipc = createFakeIpc();
    await state(ipc, "entry-1", { kind: "constancia", by: "Ana Milena Zapata" }, 60_000, 61_000);
    await open(ipc);
    press("End");
    press("Enter");
    fireEvent.change(await screen.findByRole("combobox", { name: "Quién la pide" }), {
      target: { value: "Luz Dary Quintero" },
    });
    fireEvent.click(button(/^Guardar$/));
    await waitFor(() => expect(titles()).toContain("Constancia de Luz Dary Quintero"));
    await waitFor(() => expect(document.querySelector("[role=dialog]")).toBeNull());
    act(() => tree().focus());
    press("Delete");
    await waitFor(async () => expect(await kinds(ipc)).toEqual([]));
    press("z", { ctrlKey: true });
    await waitFor(() => expect(titles()).toContain("Constancia de Luz Dary Quintero"));
    press("z", { ctrlKey: true });
    await waitFor(() => expect(titles()).toContain("Constancia de Ana Milena Zapata"));
  });

  it("says who voted what by letters, and that the count says otherwise", async () => {
    const { ipc } = await open();
    press("End");
    press("F2");
    await screen.findByText("Quién votó qué");
    const first = document.querySelector<HTMLInputElement>(".vote-row input:checked") as HTMLElement;
    act(() => first.focus());
    for (const letter of ["f", "f", "c", "a"]) press(letter);
    const { attendance }: SessionRecord = (await ipc.minutesOpen(shortSession)).record;
    const [one, two, three, four] = attendance.map(({ name }) => name);
    expect(document.activeElement?.closest(".vote-row")).toHaveTextContent(attendance[4]?.name ?? "");
    expect(screen.getByText(/A favor: se anunciaron 11 y hay 2 con nombre/)).toBeVisible();
    press("ArrowUp");
    expect(document.activeElement?.closest(".vote-row")).toHaveTextContent(four ?? "");
    fireEvent.click(button(/^Aceptar así$/));
    await waitFor(async () =>
      expect((await stated(ipc))[0]?.what).toMatchObject({
        kind: "vote",
        names: { in_favour: [one, two], against: [three], abstaining: [four], excluded: [] },
      }),
    );
  });
});

describe("the points of the order of the day", () => {
  async function openWithItems() {
    const ipc = createFakeIpc();
    await state(ipc, "item-1", item(1, "Llamado a lista"), 10_000, 39_000);
    await state(ipc, "item-2", item(2, "Proposiciones"), 40_000, 90_000);
    await open(ipc);
    return ipc;
  }
  const bounds = async (ipc: FakeIpc) =>
    (await stated(ipc)).map(({ heard }) => [heard?.from.ms ?? null, heard?.to.ms ?? null]);

  it("hold what was heard while they were dealt with, and are named under the sound", async () => {
    await openWithItems();
    expect(titles().slice(2)).toEqual([
      "1. Llamado a lista",
      "PropuestoHay quórum",
      "PropuestoVotación: el orden del día",
      "2. Proposiciones",
    ]);
    expect(rows().map((row) => row.getAttribute("aria-level"))).toEqual(["1", "1", "1", "2", "2", "1"]);
    const named = [...document.querySelectorAll("[data-band=item-1]")].map((band) => band.textContent);
    expect(named).toContain("1. Llamado a lista");
  });

  it("begin and end at the playhead with Alt+Home and Alt+End, which moves both in one step", async () => {
    const ipc = await openWithItems();
    const slider = screen.getByRole("slider", { name: "Lugar en la grabación" });
    const goTo = (seconds: number) => {
      fireEvent.keyDown(slider, { key: "Home" });
      for (let second = 0; second < seconds; second += 5)
        fireEvent.keyDown(slider, { key: "ArrowRight", shiftKey: true });
    };
    goTo(50);
    press("End");
    press("Home", { altKey: true });
    await waitFor(async () =>
      expect(await bounds(ipc)).toEqual([
        [10_000, 50_000],
        [50_000, 90_000],
      ]),
    );
    goTo(30);
    press("ArrowUp");
    press("ArrowUp");
    press("ArrowUp");
    expect(selected()).toHaveTextContent("1. Llamado a lista");
    press("End", { altKey: true });
    await waitFor(async () =>
      expect(await bounds(ipc)).toEqual([
        [10_000, 30_000],
        [30_000, 90_000],
      ]),
    );
    press("z", { ctrlKey: true });
    await waitFor(async () =>
      expect(await bounds(ipc)).toEqual([
        [10_000, 50_000],
        [50_000, 90_000],
      ]),
    );
  });

  it("are moved by dragging the boundary between them", async () => {
    const ipc = await openWithItems();
    const boundary = document.querySelector("[data-boundary=item-2]") as HTMLElement;
    const strip = boundary.parentElement as HTMLElement;
    strip.getBoundingClientRect = () => new DOMRect(0, 0, 1000, 20);
    const { duration_ms } = (await ipc.sessionOpen(shortSession)).row;
    const xOf = (ms: number) => (ms / (duration_ms ?? 1)) * 1000;
    fireEvent.pointerDown(boundary, { button: 0, clientX: xOf(40_000) });
    fireEvent.pointerMove(boundary, { clientX: xOf(60_000) });
    fireEvent.pointerUp(boundary, { clientX: xOf(60_000) });
    await waitFor(async () =>
      expect(await bounds(ipc)).toEqual([
        [10_000, 60_000],
        [60_000, 90_000],
      ]),
    );
  });

  it("are ended by one that is added within them", async () => {
    const ipc = await openWithItems();
    const slider = screen.getByRole("slider", { name: "Lugar en la grabación" });
    for (let second = 0; second < 20; second += 5) fireEvent.keyDown(slider, { key: "ArrowRight", shiftKey: true });
    fireEvent.click(button(/^Añadir$/));
    fireEvent.click(await screen.findByRole("menuitem", { name: "Punto del orden del día" }));
    const form = await screen.findByRole("dialog");
    expect(within(form).getByLabelText("Número")).toHaveValue(3);
    fireEvent.change(within(form).getByLabelText("Título"), { target: { value: "Himno" } });
    fireEvent.click(button(/^Añadir$/, form));
    await waitFor(async () =>
      expect(await bounds(ipc)).toEqual([
        [10_000, 20_000],
        [20_000, 40_000],
        [40_000, 90_000],
      ]),
    );
  });
});
