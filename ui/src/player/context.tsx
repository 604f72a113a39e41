// Gives the components below it the player of one session, what it plays, and the stretches of speech on its clock.
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { Media, PartView, SessionId } from "../ipc/bindings";
import { type Player, type PlayerState, SessionPlayer } from "./player";
import { noStretches, type Stretches } from "./stretches";

type Playing = {
  session: SessionId;
  media: Media | undefined;
  parts: readonly PartView[];
  player: SessionPlayer;
  /** What the waveform shows; the bar steps through it. Read when a key is pressed, so it is no state of React. */
  stretches: { current: Stretches };
};

const PlayingContext = createContext<Playing | null>(null);
/** Apart, since it stays the same when the media comes. */
const PlayerContext = createContext<Player | null>(null);

/** `media` may still be on its way. A `key` per session gives each its own player. */
export function PlayerProvider(props: {
  session: SessionId;
  media: Media | undefined;
  parts: readonly PartView[];
  children: ReactNode;
}) {
  const { session, media, parts, children } = props;
  const [player] = useState(() => new SessionPlayer(parts));
  const [stretches] = useState(() => ({ current: noStretches }));
  // What closes stands before what opens, so that React's rehearsal of effects in development ends with it open.
  useEffect(() => () => player.close(), [player]);
  useEffect(() => player.setMedia(media, parts), [player, media, parts]);
  const playing = useMemo(
    () => ({ session, media, parts, player, stretches }),
    [session, media, parts, player, stretches],
  );
  return (
    <PlayerContext value={player}>
      <PlayingContext value={playing}>{children}</PlayingContext>
    </PlayerContext>
  );
}

export function usePlaying(): Playing {
  return inside(useContext(PlayingContext));
}

export function usePlayer(): Player {
  return inside(useContext(PlayerContext));
}

function inside<T>(value: T | null): T {
  if (!value) throw new Error("the player needs a PlayerProvider above it");
  return value;
}

/** The player's state; a change renders again, the passing of time does not (its `ms` is that of the last change). */
export function usePlayerState(): PlayerState {
  const { player } = usePlaying();
  return useSyncExternalStore(player.subscribe, player.snapshot);
}
