// Follows what is heard: marks the row and the word, and scrolls along while the secretary does nothing herself.
import { useCallback, useEffect, useMemo } from "react";
import { HeardMark } from "./highlights";
import { useTranscript } from "./use_transcript";

/** For so long after a key, a click or a turn of the wheel the text stays where it is. */
const REST_MS = 5000;

/** `following`: whether the text scrolls with the sound at all. Gives what to call when other rows are on screen. */
export function useFollow(following: boolean): () => void {
  const { editor, store, parts, playback } = useTranscript();
  const mark = useMemo(() => new HeardMark(editor), [editor]);
  const renew = useCallback(() => {
    if (playback) mark.renew(parts, playback.state().ms);
  }, [mark, parts, playback]);
  useEffect(() => {
    if (!playback) return;
    const stop = playback.onTick((ms) => {
      const segment = mark.tick(parts, ms);
      const rests = performance.now() - editor.lastActed > REST_MS;
      if (segment && following && rests && playback.state().playing) editor.reveal(segment, "center");
    });
    const stopRenewing = store.listen("segments", renew);
    return () => {
      stop();
      stopRenewing();
      mark.stop();
    };
  }, [editor, store, mark, renew, parts, playback, following]);
  return renew;
}
