// Which file holds the sound of a moment of the session: originals and pieces of the listening copy, on one clock.
import type { Media, PartView } from "../ipc/bindings";
import { toSessionMs } from "../lib/timeline";

/** A file that holds the session's sound from `fromMs` up to `toMs` (session time); its own time 0 is `fromMs`. */
export type Source = { url: string; fromMs: number; toMs: number };

/** Pieces are cut at samples and told in ms, so neighbours may miss each other by this much without being a hole. */
const SEAM_TOLERANCE_MS = 250;

/** Every source of a session on the session's clock, in the core's order of preference. */
export function sourcesOf(media: Media, parts: readonly PartView[]): Source[] {
  return media.sources.map((source) => ({
    url: source.url,
    fromMs: toSessionMs(parts, source.part, source.start_ms),
    toMs: toSessionMs(parts, source.part, source.end_ms),
  }));
}

/** The first source that covers a moment and has not failed, or the one that starts just after it. */
export function sourceAt(sources: readonly Source[], ms: number, failed: ReadonlySet<string>): Source | null {
  let near: Source | null = null;
  for (const source of sources) {
    if (failed.has(source.url)) continue;
    if (source.fromMs <= ms && ms < source.toMs) return source;
    const ahead = source.fromMs - ms;
    if (ahead > 0 && ahead <= SEAM_TOLERANCE_MS && (!near || source.fromMs < near.fromMs)) near = source;
  }
  return near;
}
