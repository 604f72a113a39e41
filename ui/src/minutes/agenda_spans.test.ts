// Boundaries between points of the order of the day, and points added among them.
import type { Entry, PartView } from "../ipc/bindings";
import { agendaSpans, moveBoundary, retimed, spanAt } from "./agenda_spans";
import { newEntry, withItsNeighbour } from "./new_entry";

const parts = [0, 1].map(
  (position): PartView => ({
    position,
    offset_ms: position * 100_000,
    name: "",
    source: "",
    duration_ms: 100_000,
    sha256: null,
    present: true,
    heard: true,
  }),
);

function point(number: number, fromMs: number, toMs: number): Entry {
  const at = (ms: number) => ({ part: Math.floor(ms / 100_000), ms: ms % 100_000 });
  return {
    id: `item-${number}`,
    heard: { from: at(fromMs), to: at(toMs) },
    what: { kind: "item", number, title: "", business: "other" },
  };
}
const agenda = [point(1, 10_000, 40_000), point(2, 50_000, 90_000), point(3, 95_000, 150_000)];
const spans = agendaSpans(agenda, parts);
const bounds = (entries: readonly Entry[]) => agendaSpans(entries, parts).map(({ fromMs, toMs }) => [fromMs, toMs]);

test("moving a boundary ends one point where the next one begins", () => {
  expect(bounds(moveBoundary(spans, 1, 60_000, parts))).toEqual([
    [10_000, 60_000],
    [60_000, 90_000],
  ]);
});

test("a boundary may pass from one recording into the next", () => {
  expect(bounds(moveBoundary(spans, 2, 120_000, parts))).toEqual([
    [50_000, 120_000],
    [120_000, 150_000],
  ]);
});

test("no boundary goes past the points beside it", () => {
  expect(bounds(moveBoundary(spans, 1, 0, parts))).toEqual([
    [10_000, 11_000],
    [11_000, 90_000],
  ]);
  expect(bounds(moveBoundary(spans, 1, 200_000, parts))).toEqual([
    [10_000, 94_000],
    [94_000, 94_000],
  ]);
});

test("the last point may begin as late as the session ends", () => {
  expect(bounds(moveBoundary(spans, 2, 300_000, parts))).toEqual([
    [50_000, 199_000],
    [199_000, 199_000],
  ]);
});

test("the first point begins earlier or later alone", () => {
  expect(bounds(moveBoundary(spans, 0, 2_000, parts))).toEqual([[2_000, 40_000]]);
});

test("a point is dealt with until the next one begins", () => {
  expect([0, 10_000, 45_000, 50_000, 199_000].map((ms) => spanAt(spans, ms))).toEqual([-1, 0, 0, 1, 2]);
});

test("an entry never ends before it begins", () => {
  const [entry] = agenda as [Entry];
  expect(bounds([retimed(entry, "start", 45_000, parts)])).toEqual([[45_000, 45_000]]);
  expect(bounds([retimed(entry, "end", 5_000, parts)])).toEqual([[5_000, 5_000]]);
});

test("a point added within another one ends it, and reaches to the next", () => {
  const added = newEntry("item", agenda, parts, 20_000, null);
  expect(added.what).toMatchObject({ number: 4 });
  expect(bounds(withItsNeighbour(added, agenda, parts))).toEqual([
    [10_000, 20_000],
    [20_000, 50_000],
  ]);
});

test("a point added after all others reaches to the end of the session", () => {
  expect(bounds(withItsNeighbour(newEntry("item", agenda, parts, 160_000, null), agenda, parts))).toEqual([
    [160_000, 200_000],
  ]);
});
