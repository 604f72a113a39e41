// Follows what is heard: marks the row and the word, and scrolls along while the secretary does nothing herself.
import { useEffect } from "react";
import { HeardMark } from "./highlights";
import { useTranscript } from "./use_transcript";

/** For so long after a key, a click or a turn of the wheel the text stays where it is. */
const REST_MS = 5000;

/** `following`: whether the text scrolls with the sound at all. */
export function useFollow(following: boolean): void {
  const { editor, parts, playback } = useTranscript();
  useEffect(() => {
    if (!playback) return;
    const mark = new HeardMark(editor);
    const stop = playback.onTick((ms) => {
      const segment = mark.tick(parts, ms);
      const rests = performance.now() - editor.lastActed > REST_MS;
      if (segment && following && rests && playback.state().playing) editor.reveal(segment, "center");
    });
    const stopRenewing = editor.store.listen("segments", () => mark.renew(parts, playback.state().ms));
    return () => {
      stop();
      stopRenewing();
      mark.stop();
    };
  }, [editor, parts, playback, following]);
}
