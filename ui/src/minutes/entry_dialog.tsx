// The form in which something of the minutes is added, corrected before it is accepted, or changed. What a proposal does
// may be several things at once: each has its fields.
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import { Play20Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entry, PartView } from "../ipc";
import { Modal } from "../kit/modal";
import { AgendaFields } from "./agenda_fields";
import { EntryFields } from "./entry_fields";
import { FloorField, RecordChangeFields } from "./record_change_fields";
import type { Acceptance } from "./stated";
import { hasLength } from "./stretch_fields";
import "./entry_dialog.css";

/** What is written in the form. */
export type Draft = Pick<Acceptance, "entries" | "record" | "floor">;

type Props = {
  title: string;
  /** The deed in words: «Aceptar así». */
  action: string;
  draft: Draft;
  /** Who can be named: the roll. */
  roll: readonly string[];
  parts: readonly PartView[];
  onPlay: (() => void) | null;
  onSave: (draft: Draft) => void;
  onClose: () => void;
};

export function EntryDialog({ title, action, draft: given, roll, parts, onPlay, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(given);
  const { entries, record, floor } = draft;
  const changeEntry = (at: number) => (entry: Entry) =>
    setDraft((before) => ({ ...before, entries: before.entries.map((one, place) => (place === at ? entry : one)) }));
  const save = () => onSave({ ...draft, entries: entries.length > 1 ? entries.filter(isNamed) : entries });
  return (
    <Modal onOpenChange={(_, data) => data.open || onClose()}>
      <DialogSurface className="entry-dialog" style={{ maxWidth: "min(720px, 100vw - 24px)" }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !event.ctrlKey) return;
            event.preventDefault();
            save();
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className="entry-fields">
              {entries.length > 1 ? (
                <AgendaFields entries={entries} onChange={(changed) => setDraft({ ...draft, entries: changed })} />
              ) : (
                entries.map((entry, at) => (
                  <EntryFields key={entry.id} entry={entry} roll={roll} parts={parts} onChange={changeEntry(at)} />
                ))
              )}
              {record.length > 0 && (
                <RecordChangeFields changes={record} onChange={(record) => setDraft({ ...draft, record })} />
              )}
              {floor && <FloorField floor={floor} roll={roll} onChange={(floor) => setDraft({ ...draft, floor })} />}
            </DialogContent>
            <DialogActions>
              {onPlay && (
                <Button className="entry-play" icon={<Play20Regular />} onClick={onPlay}>
                  {t("outline.play")}
                </Button>
              )}
              <Button onClick={onClose}>{t("kit.cancel")}</Button>
              <Button appearance="primary" type="submit" disabled={entries.some(lacksStretch)}>
                {action}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Modal>
  );
}

/** What is reserved is so from when to when. */
function lacksStretch({ what, heard }: Entry): boolean {
  return what.kind === "reserved" && !(heard && hasLength(heard));
}

/** A point of an order of the day whose line was emptied is none. */
function isNamed({ what }: Entry): boolean {
  return what.kind !== "item" || what.title.trim() !== "";
}
