// Rows of the transcript that hand their elements on, checked against the order in which React moves elements.
import { RowElements } from "./row_elements";

/** The elements that React would move: those standing behind one that used to come later. */
function moved(before: readonly number[], after: readonly number[]): number[] {
  let last = -1;
  return after.filter((element) => {
    const place = before.indexOf(element);
    if (place < 0 || place > last) {
      last = Math.max(last, place);
      return false;
    }
    return true;
  });
}

const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `row ${from + at}`);

describe("the elements of the rows", () => {
  it("are those of the rows that left when the text goes on", () => {
    const elements = new RowElements();
    const first = elements.give(rows(0, 10));
    for (let from = 1; from < 2000; from += 7) elements.give(rows(from, from + 10));
    expect(new Set(elements.give(rows(5000, 5010)))).toEqual(new Set(first));
  });

  it("are new ones for rows that come before one that stays", () => {
    const elements = new RowElements();
    const before = elements.give(rows(5, 10));
    const after = elements.give(rows(3, 8));
    expect(after.slice(2)).toEqual(before.slice(0, 3));
    expect(before).not.toContain(after[0]);
  });

  it("never move, nor change under a row that stays, wherever the text goes", () => {
    const five = rows(0, 5);
    const views = Array.from({ length: 2 ** five.length }, (_, bits) => five.filter((_row, at) => bits & (1 << at)));
    const wrong = views.flatMap((one) =>
      views.flatMap((two) => views.filter((three) => !holdsStill([one, two, three])).map((three) => [one, two, three])),
    );
    expect(wrong).toEqual([]);
  });
});

/** Whether every row that stays from one view to the next keeps its element, and that one its place. */
function holdsStill(views: readonly (readonly string[])[]): boolean {
  const elements = new RowElements();
  const drawn = views.map((ids) => ({ ids, given: elements.give(ids) }));
  return drawn.slice(1).every(({ ids, given }, at) => {
    const { ids: idsBefore, given: before } = drawn[at] as { ids: readonly string[]; given: readonly number[] };
    const stays = ids.map((id, place) => ({ is: given[place], was: before[idsBefore.indexOf(id)] }));
    const held = stays.filter(({ was }) => was !== undefined);
    const away = moved(before, given);
    return (
      new Set(given).size === ids.length && held.every(({ is, was }) => is === was && !away.includes(is as number))
    );
  });
}
