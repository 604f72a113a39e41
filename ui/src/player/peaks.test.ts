// Peaks: what is drawn of a stretch is the lowest and the highest of it.
import { Peaks } from "./peaks";
import { fetchPeaks } from "./peaks_fetch";

/** Numbers that look random and are the same every time. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % limit;
  };
}

describe("peaks", () => {
  it("reduce any range to its minimum and maximum, however they came in", () => {
    const number = numbers(7);
    const all = new Int8Array(2 * 5003).map(() => number(256) - 128);
    const peaks = new Peaks(50);
    for (let at = 0; at < all.length; ) {
      const count = 2 * (1 + number(700));
      peaks.append(all.subarray(at, at + count));
      at += count;
    }
    expect(peaks.length).toBe(5003);
    const extremes = { minimum: 0, maximum: 0 };
    for (let round = 0; round < 2000; round++) {
      const from = number(5003);
      const to = from + 1 + number(5003 - from);
      expect(peaks.reduce(from, to, extremes)).toBe(true);
      let minimum = 127;
      let maximum = -128;
      for (let at = from; at < to; at++) {
        minimum = Math.min(minimum, all[at * 2] ?? 0);
        maximum = Math.max(maximum, all[at * 2 + 1] ?? 0);
      }
      expect(extremes).toEqual({ minimum, maximum });
    }
  });

  it("have nothing to say of a range beyond them", () => {
    const peaks = new Peaks(50);
    peaks.append(new Int8Array([-5, 5, -7, 7]));
    const extremes = { minimum: 0, maximum: 0 };
    expect(peaks.reduce(2, 9, extremes)).toBe(false);
    expect(peaks.reduce(-3, 9, extremes)).toBe(true);
    expect(extremes).toEqual({ minimum: -7, maximum: 7 });
  });

  it("are asked for from where they end, and an answer with everything is cut there", async () => {
    const bytes = new Uint8Array([1, 2, 3, 4, 250, 6]);
    const asked: string[] = [];
    const answer = (status: number, body: Uint8Array<ArrayBuffer> | null) =>
      vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
        asked.push(new Headers(init.headers).get("range") ?? "");
        return new Response(body, { status });
      });
    const signal = new AbortController().signal;
    answer(206, bytes.slice(4));
    expect([...((await fetchPeaks("u", 4, signal)) ?? [])]).toEqual([-6, 6]);
    answer(200, bytes);
    expect([...((await fetchPeaks("u", 4, signal)) ?? [])]).toEqual([-6, 6]);
    answer(416, null);
    expect(await fetchPeaks("u", 6, signal)).toBeNull();
    expect(asked).toEqual(["bytes=4-", "bytes=4-", "bytes=6-"]);
    vi.unstubAllGlobals();
  });
});
