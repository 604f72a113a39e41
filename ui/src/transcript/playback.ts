// What the transcript needs of the player; the session page hands it the real one. All times are session ms.

export type Playback = {
  playFrom(ms: number): void;
  /** Once, then stops. */
  playRange(fromMs: number, toMs: number): void;
  setLoop(range: { fromMs: number; toMs: number } | null): void;
  state(): { ms: number; playing: boolean; loop: unknown };
  /** Each animation frame while playing, and after every jump. */
  onTick(listener: (ms: number) => void): () => void;
};
