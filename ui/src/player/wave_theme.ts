// The waveform's colours, read from CSS variables, because a canvas knows no style sheet.

export type WaveTheme = {
  background: string;
  /** Sound of nobody in particular. */
  wave: string;
  /** Twelve, by the speaker's colour number. */
  speakers: readonly string[];
  doubtful: string;
  border: string;
  text: string;
  focused: string;
  font: string;
};

export const SPEAKER_COLOURS = 12;

/** The colours as they are for this element now. */
export function readWaveTheme(element: Element): WaveTheme {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim() || "currentcolor";
  return {
    background: read("--wave-background"),
    wave: read("--wave-sound"),
    speakers: Array.from({ length: SPEAKER_COLOURS }, (_, number) => read(`--speaker-${number}`)),
    doubtful: read("--wave-doubtful"),
    border: read("--wave-border"),
    text: read("--wave-text"),
    focused: read("--wave-focused"),
    font: `${style.fontSize} ${style.fontFamily}`,
  };
}
