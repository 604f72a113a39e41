// The peaks of one part, which grow while it is listened to, with a pyramid of coarser levels above them, so that
// the minimum and maximum of any stretch are found in a few dozen steps: whole sessions are drawn in milliseconds.

/** Each level holds one pair for this many pairs of the level below. */
const FACTOR = 8;

export type Extremes = { minimum: number; maximum: number };

export class Peaks {
  /** levels[0] is the sound itself; pairs of minimum and maximum. */
  readonly #levels: { pairs: Int8Array; length: number }[] = [{ pairs: new Int8Array(0), length: 0 }];

  constructor(readonly perSecond: number) {}

  /** Number of pairs. */
  get length(): number {
    return this.#levels[0]?.length ?? 0;
  }

  /** Adds signed bytes, minimum and maximum alternating; an odd last byte is left out. */
  append(bytes: Int8Array): void {
    this.#push(0, bytes, bytes.length >> 1);
    for (let level = 0; ; level++) {
      const below = this.#levels[level];
      if (!below || below.length < FACTOR) break;
      const above = this.#levels[level + 1] ?? { pairs: new Int8Array(0), length: 0 };
      this.#levels[level + 1] = above;
      const complete = Math.floor(below.length / FACTOR) - above.length;
      if (complete <= 0) break;
      const reduced = new Int8Array(complete * 2);
      for (let group = 0; group < complete; group++) {
        const first = (above.length + group) * FACTOR;
        let minimum = 127;
        let maximum = -128;
        for (let at = first; at < first + FACTOR; at++) {
          minimum = Math.min(minimum, below.pairs[at * 2] ?? 0);
          maximum = Math.max(maximum, below.pairs[at * 2 + 1] ?? 0);
        }
        reduced[group * 2] = minimum;
        reduced[group * 2 + 1] = maximum;
      }
      this.#push(level + 1, reduced, complete);
    }
  }

  /** Writes the extremes of pairs [from, to) into `into`; false where there are none. */
  reduce(from: number, to: number, into: Extremes): boolean {
    let at = Math.max(0, from);
    const end = Math.min(to, this.length);
    if (at >= end) return false;
    let minimum = 127;
    let maximum = -128;
    while (at < end) {
      // The highest level of which a whole pair fits here.
      let level = 0;
      let span = 1;
      while (
        at % (span * FACTOR) === 0 &&
        at + span * FACTOR <= end &&
        at / (span * FACTOR) < (this.#levels[level + 1]?.length ?? 0)
      ) {
        level++;
        span *= FACTOR;
      }
      const pairs = this.#levels[level]?.pairs;
      const index = (at / span) * 2;
      minimum = Math.min(minimum, pairs?.[index] ?? 0);
      maximum = Math.max(maximum, pairs?.[index + 1] ?? 0);
      at += span;
    }
    into.minimum = minimum;
    into.maximum = maximum;
    return true;
  }

  #push(level: number, bytes: Int8Array, count: number): void {
    const target = this.#levels[level];
    if (!target) return;
    const needed = (target.length + count) * 2;
    if (needed > target.pairs.length) {
      const larger = new Int8Array(Math.max(needed, target.pairs.length * 2));
      larger.set(target.pairs.subarray(0, target.length * 2));
      target.pairs = larger;
    }
    target.pairs.set(bytes.subarray(0, count * 2), target.length * 2);
    target.length += count;
  }
}
