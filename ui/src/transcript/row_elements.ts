// Which element a row of the transcript is drawn in. Rows that leave hand theirs to rows that come: an engine collects
// elements that were long on the page only now and then, so an hour of following the sound would pile them up.
import type { SegmentId } from "../ipc";

type Drawn = { id: SegmentId; element: number };

export class RowElements {
  #drawn: readonly Drawn[] = [];
  #made = 0;

  /**
   * The element of each row, by number, in the order of the rows. A row that stays keeps its own, and stays where it is
   * in the page: React moves what has come to stand before something that was ahead of it, and moving an element takes
   * the cursor from it. So a row takes over only an element that was ahead of the next row that stays.
   */
  give(ids: readonly SegmentId[]): readonly number[] {
    const former = this.#drawn;
    const places = new Map(former.map(({ id }, place) => [id, place]));
    const wanted = new Set(ids);
    const free = former.map(({ id, element }, place) => ({ id, element, place })).filter(({ id }) => !wanted.has(id));
    let nextToStay = former.length;
    const drawn: Drawn[] = [];
    for (const id of [...ids].reverse()) {
      const place = places.get(id);
      if (place !== undefined) {
        nextToStay = Math.min(nextToStay, place);
        drawn.unshift({ id, element: (former[place] as Drawn).element });
        continue;
      }
      const ahead = free.findLastIndex((left) => left.place < nextToStay);
      const [taken] = ahead < 0 ? [] : free.splice(ahead, 1);
      drawn.unshift({ id, element: taken?.element ?? this.#made++ });
    }
    this.#drawn = drawn;
    return drawn.map(({ element }) => element);
  }
}
