// The outline of the minutes: what they state and what is proposed for them, to be accepted, corrected, refused, added,
// changed and taken out, everything by key.
import { Button, Caption1, Spinner, Subtitle2, Tooltip } from "@fluentui/react-components";
import { Next20Regular } from "@fluentui/react-icons";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entry, PartView, SessionId, Stretch } from "../ipc";
import { FailureMessage } from "../kit/failure_message";
import { useKeysText, useShortcut } from "../lib/shortcuts";
import { AcceptSure } from "./accept_sure";
import { AddMenu } from "./add_menu";
import { stating } from "./agenda_bands";
import { agendaSpans, moveBoundary, retimed } from "./agenda_spans";
import { type Draft, EntryDialog } from "./entry_dialog";
import { type Addable, newEntry, withItsNeighbour } from "./new_entry";
import { OutlineList } from "./outline_list";
import type { Deed } from "./outline_row";
import type { OutlineRow, ProposalRow } from "./outline_rows";
import type { Acceptance } from "./stated";
import { type SendEdit, useOutline } from "./use_outline";
import "./outline.css";

/** What the outline needs of the player; the session page hands it the real one. Session ms. */
export type Listening = { playFrom(ms: number): void; state(): { ms: number } };

type Props = {
  session: SessionId;
  parts: readonly PartView[];
  edit: SendEdit;
  playback: Listening;
  /** The paragraph that is said at a moment of the session, to which what is added there belongs. */
  paragraphAt: (sessionMs: number) => Stretch | null;
  /** Shows the record of the sitting, where attendance is typed. */
  onOpenRecord: () => void;
  /** Undo, redo and whether all is saved. */
  tools?: ReactNode;
  takesFocus?: boolean;
};

/** What is in the form: an entry that is stated or will be, or a proposal. */
type Formed =
  | { kind: "entry"; entry: Entry; added: boolean }
  | { kind: "proposal"; row: ProposalRow; edit: Acceptance };

export function Outline(props: Props) {
  const { session, parts, edit, playback, paragraphAt, onOpenRecord, tools, takesFocus = false } = props;
  const { t } = useTranslation();
  const keys = useKeysText();
  const outline = useOutline(session, parts, edit);
  const [formed, setFormed] = useState<Formed | null>(null);
  const { minutes, rows, waiting } = outline;
  const selected = rows.find(({ key }) => key === outline.selected);

  const play = (row: OutlineRow) => {
    if (row.span) playback.playFrom(row.span.fromMs);
  };
  const onDeed = (deed: Deed, row: OutlineRow) => {
    if (deed === "play") play(row);
    else if (row.kind === "attendance") onOpenRecord();
    else if (row.kind === "entry") {
      if (deed === "remove") void outline.remove(row.entry.id, row.key);
      else setFormed({ kind: "entry", entry: row.entry, added: false });
    } else if (row.kind === "proposal") {
      if (deed === "open") void outline.accept(row);
      else if (deed === "remove") void outline.refuse(row);
      else if (row.proposal.edit.kind === "accept_proposal")
        setFormed({ kind: "proposal", row, edit: row.proposal.edit });
    }
  };
  const step = (direction: -1 | 1) => {
    const next = outline.step(direction);
    if (next) play(next);
  };
  const retime = (edge: "start" | "end") => {
    if (selected?.kind !== "entry" || !minutes) return false;
    const { ms } = playback.state();
    void edit(stating(bounded(selected.entry, edge, ms, minutes.entries, parts)));
    return undefined;
  };
  const add = (kind: Addable) => {
    const { ms } = playback.state();
    const entry = newEntry(kind, minutes?.entries ?? [], parts, ms, paragraphAt(ms));
    setFormed({ kind: "entry", entry, added: true });
  };
  const save = (draft: Draft) => {
    setFormed(null);
    if (formed?.kind === "proposal") void outline.accept(formed.row, { ...formed.edit, ...draft });
    else if (formed?.kind === "entry" && minutes) {
      const [entry = formed.entry] = draft.entries;
      outline.select(`entry ${entry.id}`);
      void edit(stating(formed.added ? withItsNeighbour(entry, minutes.entries, parts) : [entry]));
    }
  };

  useShortcut("doubts.confirm", () => (selected?.kind === "proposal" ? void outline.accept(selected) : false));
  useShortcut("doubts.next", () => step(1));
  useShortcut("doubts.previous", () => step(-1));
  useShortcut("transcript.start_here", () => retime("start"));
  useShortcut("transcript.end_here", () => retime("end"));

  return (
    <section className="outline" aria-label={t("outline.label")}>
      <div className="outline-tools">
        {tools}
        <span className="outline-space" />
        <AddMenu onAdd={add} disabled={!minutes} />
      </div>
      <div className="outline-head">
        <Subtitle2 as="h2" role="status">
          {outline.looking ? t("outline.looking") : t("outline.waiting", { count: waiting })}
        </Subtitle2>
        {waiting > 0 && (
          <>
            <Caption1>{t("outline.how")}</Caption1>
            <div className="outline-deeds-of-all">
              <Tooltip content={keys("doubts.next")} relationship="description">
                <Button size="small" icon={<Next20Regular />} onClick={() => step(1)}>
                  {t("outline.next")}
                </Button>
              </Tooltip>
              {outline.sure > 0 && <AcceptSure count={outline.sure} onAccept={outline.acceptSure} />}
            </div>
          </>
        )}
        {outline.failure && <FailureMessage failure={outline.failure} />}
      </div>
      {minutes ? (
        <OutlineList
          rows={rows}
          minutes={minutes}
          selected={outline.selected}
          onSelect={outline.select}
          onDeed={onDeed}
          takesFocus={takesFocus}
        />
      ) : (
        !outline.failure && <Spinner label={t("outline.opening")} />
      )}
      {formed && (
        <EntryDialog
          title={t(`outline.kind.${formed.kind === "entry" ? formed.entry.what.kind : formed.row.proposal.what.kind}`)}
          action={t(formed.kind === "proposal" ? "outline.accept_so" : formed.added ? "outline.add" : "outline.save")}
          draft={formed.kind === "proposal" ? formed.edit : { entries: [formed.entry], record: [], floor: null }}
          roll={(minutes?.record.attendance ?? []).map(({ name }) => name.trim()).filter(Boolean)}
          parts={parts}
          onPlay={playOf(formed, selected, play)}
          onSave={save}
          onClose={() => setFormed(null)}
        />
      )}
    </section>
  );
}

/** What a key at the playhead makes of an entry, and for points of the order of the day of its neighbour too. */
function bounded(
  entry: Entry,
  edge: "start" | "end",
  ms: number,
  entries: readonly Entry[],
  parts: readonly PartView[],
): Entry[] {
  if (entry.what.kind !== "item") return [retimed(entry, edge, ms, parts)];
  const spans = agendaSpans(entries, parts);
  const at = spans.findIndex((span) => span.entry.id === entry.id);
  if (at < 0) {
    const { heard } = newEntry("item", entries, parts, ms, null);
    return withItsNeighbour({ ...entry, heard }, entries, parts);
  }
  if (edge === "start") return moveBoundary(spans, at, ms, parts);
  return at + 1 < spans.length ? moveBoundary(spans, at + 1, ms, parts) : [retimed(entry, edge, ms, parts)];
}

function playOf(
  formed: Formed,
  selected: OutlineRow | undefined,
  play: (row: OutlineRow) => void,
): (() => void) | null {
  const row = formed.kind === "proposal" ? formed.row : formed.added ? undefined : selected;
  return row?.span ? () => play(row) : null;
}
