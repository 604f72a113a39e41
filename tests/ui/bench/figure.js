// A measured number, what it should be, and under what conditions it was taken: the same shape as in the other bench.

/** A number; `target` is `atMost(…)` or nothing. */
export function figure(name, value, unit = "", { target = "none", under = "" } = {}) {
  return { name, value, unit, target, verdict: verdictOf(value, target), conditions: under };
}

export function atMost(most) {
  return { at_most: most };
}

/** The value below which this share of all lies. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN;
}

export function median(values) {
  return percentile(values, 0.5);
}

/** Four digits or so, which is more than any of these numbers deserves. */
export function shown(value, unit) {
  const size = Math.abs(value);
  const digits = size >= 1000 || size === 0 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3;
  const text = Number.isFinite(value) ? String(Number(value.toFixed(digits))) : "NaN";
  return `${text} ${unit}`.trimEnd();
}

function verdictOf(value, target) {
  if (target === "none") return "";
  // What could not be computed is over.
  return value <= target.at_most ? "ok" : "over";
}
