// One clock over the parts of a session: session time = where the part starts + the time inside the part.

/** What a part must tell about its place; `PartView` of the wire has it. All in ms. */
export type Placed = { position: number; offset_ms: number; duration_ms: number };

/** Session time of moment `ms` of part `part`; for a part that is not there, `ms` itself. */
export function toSessionMs(parts: readonly Placed[], part: number, ms: number): number {
  return (parts.find((candidate) => candidate.position === part)?.offset_ms ?? 0) + ms;
}

/** The part that holds a moment of the session, and the time inside it. Past a part's end belongs to that part's end. */
export function toPart(parts: readonly Placed[], sessionMs: number): { part: number; ms: number } {
  let holder = parts[0];
  for (const candidate of parts) {
    if (candidate.offset_ms <= sessionMs && (!holder || candidate.offset_ms >= holder.offset_ms)) holder = candidate;
  }
  if (!holder) return { part: 0, ms: sessionMs };
  return { part: holder.position, ms: Math.min(Math.max(0, sessionMs - holder.offset_ms), holder.duration_ms) };
}

/** Length of the session: where its last part ends. */
export function durationOf(parts: readonly Placed[]): number {
  return parts.reduce((longest, part) => Math.max(longest, part.offset_ms + part.duration_ms), 0);
}
