// Waiting for what a person would wait for.
import { setTimeout as pause } from "node:timers/promises";

export { pause };

/**
 * Looks again and again until `look` gives something true, and returns that. What stands in the way last is in the
 * error, so that a failure tells what was there instead.
 */
export async function until(what, look, { within = 15_000, every = 150 } = {}) {
  const end = Date.now() + within;
  let last;
  for (;;) {
    try {
      const seen = await look();
      if (seen) return seen;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${within / 1000} s in vain for: ${what}${last ? ` (${last.message})` : ""}`);
    }
    await pause(every);
  }
}
