// Hearing a session: its player, the bar and the waveform.
export { PlayerProvider, usePlayer, usePlayerState } from "./context";
export type { Player, PlayerState, PlayFailure, Range } from "./player";
export { usePlayerKeys } from "./player_actions";
export { PlayerBar } from "./player_bar";
export type { Band } from "./wave_bands";
export { Waveform, type WaveformProps } from "./waveform";
