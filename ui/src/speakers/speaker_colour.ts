// The colour of a speaker: one of the twelve of the window's styles, for light, dark and high contrast.
import "../styles/speakers.css";
import type { Speaker } from "../ipc";

export const COLOURS = 12;

/** A CSS colour. Nobody has none. */
export function speakerColour(speaker: Pick<Speaker, "colour"> | undefined): string {
  return speaker ? `var(--speaker-${speaker.colour % COLOURS})` : "transparent";
}
