// The clock of the session and those of its parts.
import { durationOf, toPart, toSessionMs } from "./timeline";

const parts = [
  { position: 0, offset_ms: 0, duration_ms: 60_000 },
  { position: 2, offset_ms: 100_000, duration_ms: 30_000 },
  { position: 1, offset_ms: 60_000, duration_ms: 40_000 },
];

describe("the session's clock", () => {
  it("goes to a part's own time and back", () => {
    for (const ms of [0, 1, 59_999, 60_000, 99_999, 100_000, 129_999]) {
      const { part, ms: inside } = toPart(parts, ms);
      expect(toSessionMs(parts, part, inside)).toBe(ms);
    }
    expect(toPart(parts, 60_000)).toEqual({ part: 1, ms: 0 });
  });

  it("keeps moments outside the session at its ends", () => {
    expect(toPart(parts, 999_999)).toEqual({ part: 2, ms: 30_000 });
    expect(toPart(parts, -5)).toEqual({ part: 0, ms: 0 });
    expect(toPart([], 7)).toEqual({ part: 0, ms: 7 });
  });

  it("is as long as its last part reaches", () => {
    expect(durationOf(parts)).toBe(130_000);
    expect(durationOf([])).toBe(0);
  });
});
