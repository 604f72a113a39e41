// What can be done with the player by its keys and by the buttons of its bar.
import { useMemo } from "react";
import { useShortcut } from "../lib/shortcuts";
import { usePlaying } from "./context";
import { SPEEDS } from "./player";
import { nextFrom, previousFrom, stretchAt } from "./stretches";

/** Within this much of a segment's start, «previous» means the one before. */
const PREVIOUS_AFTER_MS = 1500;

/** The same functions as long as the player is the same. */
export function usePlayerActions() {
  const { player, stretches } = usePlaying();
  return useMemo(
    () => ({
      toggle: () => player.toggle(),
      step: (seconds: number) => player.seek(player.state().ms + seconds * 1000),
      changeSpeed: (by: 1 | -1) => {
        const now = player.state().speed;
        const next = by > 0 ? SPEEDS.find((each) => each > now) : SPEEDS.findLast((each) => each < now);
        if (next !== undefined) player.setSpeed(next);
      },
      toPrevious: () => player.seek(previousFrom(stretches.current, player.state().ms - PREVIOUS_AFTER_MS)),
      toNext: () => {
        const ms = nextFrom(stretches.current, player.state().ms);
        if (ms !== null) player.seek(ms);
      },
      toggleLoop: () => {
        const at = stretchAt(stretches.current, player.state().ms);
        if (player.state().loop || at < 0) player.setLoop(null);
        else player.setLoop({ fromMs: stretches.current.fromMs[at] ?? 0, toMs: stretches.current.toMs[at] ?? 0 });
      },
      normalSpeed: () => player.setSpeed(1),
    }),
    [player, stretches],
  );
}

/** Binds the keys of the player, which are pressed before its bar was ever looked at. */
export function usePlayerKeys(): void {
  const { toggle, step, changeSpeed, toPrevious, toNext, toggleLoop, normalSpeed } = usePlayerActions();
  useShortcut("player.toggle", toggle);
  useShortcut("player.back_2", () => step(-2));
  useShortcut("player.forward_2", () => step(2));
  useShortcut("player.back_5", () => step(-5));
  useShortcut("player.forward_5", () => step(5));
  useShortcut("player.previous_segment", toPrevious);
  useShortcut("player.next_segment", toNext);
  useShortcut("player.slower", () => changeSpeed(-1));
  useShortcut("player.faster", () => changeSpeed(1));
  useShortcut("player.normal_speed", normalSpeed);
  useShortcut("player.loop", toggleLoop);
}
