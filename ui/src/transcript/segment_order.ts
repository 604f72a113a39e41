// The segments of a session by id and in session order: part, then start, then id.
import type { Change, Segment, SegmentId } from "../ipc/bindings";

/** Holds segments in order; every change costs what it touches, not what the session holds. */
export class SegmentOrder {
  /** Ids in session order. A new array whenever an id comes, goes or moves, the same one otherwise. */
  ids: readonly SegmentId[] = [];
  readonly #segments = new Map<SegmentId, Segment>();

  constructor(segments: readonly Segment[] = []) {
    for (const segment of segments) this.#segments.set(segment.id, segment);
    const sorted = isSorted(segments) ? segments : [...segments].sort(compare);
    this.ids = sorted.map((segment) => segment.id);
  }

  get(id: SegmentId): Segment | undefined {
    return this.#segments.get(id);
  }

  /** The segment at a position; the position must be there. */
  at(position: number): Segment {
    return this.#segments.get(this.ids[position] as SegmentId) as Segment;
  }

  all(): Segment[] {
    return this.ids.map((id) => this.#segments.get(id) as Segment);
  }

  /** Where a segment stands in `ids`, -1 when it is not there. */
  position(id: SegmentId): number {
    const segment = this.#segments.get(id);
    return segment ? this.#lowerBound(this.ids, segment) : -1;
  }

  /** The id `distance` places after (or, when negative, before) another. */
  neighbour(id: SegmentId, distance: number): SegmentId | undefined {
    const position = this.position(id);
    return position < 0 ? undefined : this.ids[position + distance];
  }

  /** Puts in what is new or changed and takes out what is removed. Gives the ids whose rows look different now. */
  apply(change: Pick<Change, "segments" | "removed">): Set<SegmentId> {
    const altered = new Set<SegmentId>();
    const alterAfter = (ids: readonly SegmentId[], position: number) => {
      const next = ids[position + 1];
      if (next !== undefined) altered.add(next);
    };
    let ids = this.ids;
    const takeOut = (segment: Segment) => {
      const position = this.#lowerBound(ids, segment);
      alterAfter(ids, position);
      ids = ids.toSpliced(position, 1);
    };
    for (const id of change.removed) {
      const gone = this.#segments.get(id);
      if (!gone) continue;
      takeOut(gone);
      this.#segments.delete(id);
      altered.add(id);
    }
    for (const segment of change.segments) {
      const before = this.#segments.get(segment.id);
      altered.add(segment.id);
      const stays = before !== undefined && compare(before, segment) === 0;
      if (before && !stays) takeOut(before);
      if (!stays) {
        const position = this.#lowerBound(ids, segment);
        ids = ids.toSpliced(position, 0, segment.id);
      }
      this.#segments.set(segment.id, segment);
      alterAfter(ids, this.#lowerBound(ids, segment));
    }
    this.ids = ids;
    return altered;
  }

  /** Adds segments that are all later than the last one in one go, others one by one. */
  append(segments: readonly Segment[]): Set<SegmentId> {
    const last = this.ids.at(-1);
    const fresh = segments.filter((segment) => !this.#segments.has(segment.id));
    const first = fresh[0];
    const follows = first && (last === undefined || compare(this.#segments.get(last) as Segment, first) < 0);
    if (!follows || fresh.length < segments.length || !isSorted(fresh)) {
      return this.apply({ segments: [...segments], removed: [] });
    }
    for (const segment of fresh) this.#segments.set(segment.id, segment);
    this.ids = [...this.ids, ...fresh.map((segment) => segment.id)];
    return new Set(fresh.map((segment) => segment.id));
  }

  /** The last segment that starts at or before a moment of a part, as a position; -1 when none does. */
  positionAt(part: number, ms: number): number {
    let [low, high] = [0, this.ids.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const segment = this.at(middle);
      if (segment.part < part || (segment.part === part && segment.start_ms <= ms)) low = middle + 1;
      else high = middle;
    }
    const found = low - 1;
    return found >= 0 && this.at(found).part === part ? found : -1;
  }

  #lowerBound(ids: readonly SegmentId[], sought: Segment): number {
    let [low, high] = [0, ids.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const segment = this.#segments.get(ids[middle] as SegmentId) as Segment;
      if (compare(segment, sought) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function compare(one: Segment, other: Segment): number {
  if (one.part !== other.part) return one.part - other.part;
  if (one.start_ms !== other.start_ms) return one.start_ms - other.start_ms;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

function isSorted(segments: readonly Segment[]): boolean {
  return segments.every((segment, at) => at === 0 || compare(segments[at - 1] as Segment, segment) <= 0);
}
