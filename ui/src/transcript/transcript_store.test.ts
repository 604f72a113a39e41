// The store against the faked core: whatever is done, it shows what the core has, and typing is never lost.
import type { Segment, Transcript } from "../ipc";
import { createFakeIpc, type FakeIpc } from "../ipc/fake";
import { longSession, shortSession } from "../ipc/fake/sessions";
import { TranscriptStore } from "./transcript_store";

async function opened(session = shortSession, ipc: FakeIpc = createFakeIpc()) {
  const store = new TranscriptStore(ipc, session);
  await store.open();
  return { ipc, store };
}

/** What the core has, against what the store shows. */
async function expectSame(ipc: FakeIpc, store: TranscriptStore) {
  const core: Transcript = await ipc.transcriptOpen(store.session);
  const inOrder = [...core.segments].sort(bySessionOrder);
  expect(store.ids).toEqual(inOrder.map((segment) => segment.id));
  expect(store.ids.map((id) => store.segment(id))).toEqual(inOrder);
  expect(store.revision).toBe(core.revision);
  expect(store.speakers).toEqual(core.speakers);
  expect(store.doubts).toEqual(inOrder.filter((segment) => segment.doubtful).map((segment) => segment.id));
  expect([store.undoStep, store.redoStep]).toEqual([core.undo, core.redo]);
}

const bySessionOrder = (one: Segment, other: Segment) =>
  one.part - other.part || one.start_ms - other.start_ms || (one.id < other.id ? -1 : 1);

/** A small generator, so that a failing run can be run again. */
function randomOf(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const stale = { code: "edit_stale", message: "cambió", details: {} };
const full = { code: "disk_full", message: "lleno", details: {} };

afterEach(() => vi.useRealTimers());

describe("the store", () => {
  it.each([1, 2, 3, 4])("shows what the core has after many edits of every kind (run %i)", async (seed) => {
    const { ipc, store } = await opened();
    const random = randomOf(seed);
    const any = () => store.ids[random(store.ids.length)] as string;
    for (let turn = 0; turn < 120; turn += 1) {
      const segment = any();
      const text = store.shownText(segment);
      switch (random(9)) {
        case 0:
          store.type(segment, `${text} palabra${turn}`);
          break;
        case 1:
          if (text.includes(" ")) await store.edit({ kind: "split", segment, at: text.indexOf(" ") });
          break;
        case 2:
          if (store.position(segment) > 0) await store.edit({ kind: "merge", segment });
          break;
        case 3:
          if (store.ids.length > 5) await store.edit({ kind: "delete", segments: [segment] });
          break;
        case 4:
          await store.edit({ kind: "name", segments: [segment, any()], name: `Persona ${random(4)}` });
          break;
        case 5:
          await store.undo();
          break;
        case 6:
          await store.redo();
          break;
        case 7:
          await store.edit({ kind: "mark", segments: [segment], mark: random(2) ? "reserved" : null });
          break;
        default: {
          const { start_ms, end_ms } = store.segment(segment) as Segment;
          await store.edit({ kind: "retime", segment, start_ms: start_ms + 1, end_ms });
        }
      }
    }
    await store.flush();
    await expectSame(ipc, store);
    expect(store.saveState.kind).toBe("saved");
    expect(store.notices).toEqual([]);
  });

  it("sends a typing run as one step, and a later one as another", async () => {
    vi.useFakeTimers();
    const { ipc, store } = await opened();
    const [id = ""] = store.ids;
    store.type(id, "uno");
    await vi.advanceTimersByTimeAsync(500);
    store.type(id, "uno dos");
    await vi.advanceTimersByTimeAsync(500);
    await store.settle(id);
    store.type(id, "uno dos tres");
    await vi.advanceTimersByTimeAsync(500);
    const sent = ipc.fake.calls.filter((call) => call.command === "transcriptEdit").map((call) => call.values[2]);
    expect(sent).toEqual([
      { kind: "retext", segment: id, text: "uno", continues: false },
      { kind: "retext", segment: id, text: "uno dos", continues: true },
      { kind: "retext", segment: id, text: "uno dos tres", continues: false },
    ]);
  });

  it("sends what is typed without a rest after two seconds at the latest", async () => {
    vi.useFakeTimers();
    const { ipc, store } = await opened();
    const [id = ""] = store.ids;
    for (let key = 0; key < 12; key += 1) {
      store.type(id, `letra ${key}`);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(ipc.fake.calls.some((call) => call.command === "transcriptEdit")).toBe(true);
  });

  it("shows a space at the end while the cursor is there, and the core's text afterwards", async () => {
    const { store } = await opened();
    const [id = ""] = store.ids;
    store.type(id, "Buenos  días ");
    await store.flush();
    expect(store.shownText(id)).toBe("Buenos  días ");
    expect(store.saveState.kind).toBe("saved");
    await store.settle(id);
    expect(store.shownText(id)).toBe("Buenos días");
  });

  it("sends typing before the edit that follows it", async () => {
    const { ipc, store } = await opened();
    const [id = ""] = store.ids;
    store.type(id, "Se abre la sesión");
    await store.edit({ kind: "split", segment: id, at: 8 });
    expect(store.ids.slice(0, 2).map((each) => store.segment(each)?.text)).toEqual(["Se abre", "la sesión"]);
    await expectSame(ipc, store);
  });

  it("keeps what was typed on screen when it cannot be saved, says so, and tries again", async () => {
    vi.useFakeTimers();
    const { ipc, store } = await opened();
    const [id = "", other = ""] = store.ids;
    ipc.fake.failNext("transcriptEdit", full);
    store.type(id, "no se pierde");
    await store.flush();
    expect(store.saveState).toEqual({ kind: "failed", failure: full });
    expect(store.shownText(id)).toBe("no se pierde");
    store.type(other, "tampoco esto");
    expect(store.saveState.kind).toBe("failed");
    await vi.advanceTimersByTimeAsync(6000);
    expect(store.saveState.kind).toBe("saved");
    expect([store.segment(id)?.text, store.segment(other)?.text]).toEqual(["no se pierde", "tampoco esto"]);
  });

  it("does nothing else while typing cannot be saved, and says why", async () => {
    const { ipc, store } = await opened();
    const [id = ""] = store.ids;
    store.type(id, "algo");
    ipc.fake.failNext("transcriptEdit", full);
    expect(await store.edit({ kind: "delete", segments: [id] })).toBeNull();
    expect(store.notices).toEqual([{ kind: "refused", failure: full }]);
    ipc.fake.failNext("transcriptEdit", full);
    expect(await store.edit({ kind: "delete", segments: [id] })).toBeNull();
    expect(store.notices).toHaveLength(1);
    expect(store.shownText(id)).toBe("algo");
    await store.flush();
    await expectSame(ipc, store);
  });

  it("reads the text again when it changed elsewhere; typing is sent again, other edits are not", async () => {
    const { ipc, store } = await opened();
    const [id = "", other = ""] = store.ids;
    await ipc.transcriptEdit(store.session, store.revision, { kind: "delete", segments: [other] });
    vi.spyOn(ipc, "transcriptEdit").mockRejectedValueOnce(stale);
    store.type(id, "escrito aquí");
    await store.flush();
    expect(store.segment(id)?.text).toBe("escrito aquí");
    expect(store.segment(other)).toBeUndefined();
    expect(store.notices).toEqual([{ kind: "reread" }]);
    vi.spyOn(ipc, "transcriptEdit").mockRejectedValueOnce(stale);
    expect(await store.edit({ kind: "delete", segments: [id] })).toBeNull();
    expect(store.segment(id)).toBeDefined();
  });

  it("hands back what was typed into a segment that is gone", async () => {
    const { ipc, store } = await opened();
    const [id = ""] = store.ids;
    await ipc.transcriptEdit(store.session, store.revision, { kind: "delete", segments: [id] });
    vi.spyOn(ipc, "transcriptEdit").mockRejectedValueOnce(stale);
    store.type(id, "para nadie");
    await store.flush();
    expect(store.notices).toContainEqual({ kind: "orphaned", text: "para nadie" });
    expect(store.saveState.kind).toBe("saved");
  });

  it("wakes only the rows that an edit touches", async () => {
    const { store } = await opened(longSession);
    const woken: string[] = [];
    for (const id of store.ids.slice(0, 200)) store.listenTo(id, () => woken.push(id));
    const id = store.ids[50] as string;
    store.type(id, "otro texto");
    await store.flush();
    expect(new Set(woken)).toEqual(new Set([id, store.ids[51]]));
  });

  it("takes up what was heard since, without touching what was corrected", async () => {
    const { ipc, store } = await opened("session-listening");
    const before = store.ids.length;
    const last = store.ids.at(-1) as string;
    store.type(last, "corregido mientras se oye");
    await store.flush();
    ipc.fake.hear("session-listening", 3);
    await store.grow();
    expect(store.ids.length).toBe(before + 3);
    expect(store.segment(last)?.text).toBe("corregido mientras se oye");
    await expectSame(ipc, store);
  });

  it("opens eight thousand segments in a few milliseconds", async () => {
    const ipc = createFakeIpc();
    const core = await ipc.transcriptOpen(longSession);
    vi.spyOn(ipc, "transcriptOpen").mockResolvedValue(core);
    const store = new TranscriptStore(ipc, longSession);
    const from = performance.now();
    await store.open();
    expect(store.ids.length).toBeGreaterThanOrEqual(8000);
    expect(performance.now() - from).toBeLessThan(200);
  });
});
