// The sound of a session over its text, or over its acta, where the points of the order of the day are named under it.
import type { SessionState } from "./ipc";
import type { OpenedSession } from "./ipc/queries";
import { toPart, toSessionMs } from "./lib/timeline";
import { useAgendaBands } from "./minutes/agenda_bands";
import { Waveform } from "./player";
import { type Editor, type TranscriptStore, useActive, useTopic } from "./transcript";

/** While it is heard, or will be, the drawing of the sound still grows. */
const COMING: readonly SessionState[] = ["waiting", "listening", "paused"];

type Props = { view: OpenedSession; store: TranscriptStore; editor: Editor; acta: boolean };

export function SessionWaveform({ view, store, editor, acta }: Props) {
  const segments = useTopic(store, "timeline", () => store.timeline);
  const speakers = useTopic(store, "speakers", () => store.speakers);
  const focused = useActive();
  const { parts } = view;
  const agenda = useAgendaBands(view.row.id, parts, (edit) => store.edit(edit), acta);
  return (
    <Waveform
      segments={segments}
      speakers={speakers}
      parts={parts}
      coming={COMING.includes(view.row.state)}
      focused={focused}
      bands={acta && agenda.bands.length > 0 ? agenda.bands : null}
      onMoveBand={agenda.move}
      onSeek={(ms) => {
        const place = toPart(parts, ms);
        const segment = store.segmentAt(place.part, place.ms);
        if (segment) editor.reveal(segment.id, "center");
      }}
      onRetime={(id, startMs, endMs) => {
        const segment = store.segment(id);
        if (!segment) return;
        const offset = toSessionMs(parts, segment.part, 0);
        editor.retime(id, Math.round(startMs - offset), Math.round(endMs - offset));
      }}
    />
  );
}
