// One row of the outline: when it was said, what it states or proposes, in which words, and what can be done with it.
import { Badge, Button } from "@fluentui/react-components";
import {
  Checkmark20Regular,
  Delete20Regular,
  Dismiss20Regular,
  Edit20Regular,
  PeopleList20Regular,
} from "@fluentui/react-icons";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { OpenMinutes } from "../ipc";
import { clockText } from "../lib/time";
import { attendanceWords, entryWords, proposalWords, type Words } from "./entry_words";
import type { OutlineRow } from "./outline_rows";

/** What is done with the selected row, by key or by button. `open` is to accept a proposal, or to edit what is stated. */
export type Deed = "open" | "edit" | "remove" | "play";

type Props = { row: OutlineRow; minutes: OpenMinutes; selected: boolean; onDeed: (deed: Deed) => void };

export function OutlineRowView({ row, minutes, selected, onDeed }: Props) {
  const { t } = useTranslation();
  const { title, detail } = useWords(row, minutes);
  const proposal = row.kind === "proposal" ? row.proposal : null;
  const time = row.span && clockText(row.span.fromMs);
  const deed = (name: Exclude<Deed, "play">, label: string, icon: ReactElement) => (
    <Button
      size="small"
      appearance="subtle"
      icon={icon}
      tabIndex={selected ? 0 : -1}
      aria-label={`${label}: ${title}`}
      title={label}
      // The tree keeps the focus, so that its keys go on working after a click.
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => {
        // The row under it would select itself, though another one is selected by now.
        event.stopPropagation();
        onDeed(name);
      }}
    />
  );
  return (
    <>
      {time ? (
        <button
          type="button"
          className="outline-time"
          tabIndex={selected ? 0 : -1}
          aria-label={t("outline.play_from", { time })}
          title={t("outline.play_from", { time })}
          onMouseDown={(event) => event.preventDefault()}
          onClick={(event) => {
            event.stopPropagation();
            onDeed("play");
          }}
        >
          {time}
        </button>
      ) : (
        <span className="outline-time" />
      )}
      <div className="outline-words">
        <span className="outline-title">
          {proposal && (
            <Badge appearance="outline" color="warning" className="outline-badge">
              {t("outline.proposed")}
            </Badge>
          )}
          {title}
        </span>
        {detail !== "" && <span className="outline-detail">{detail}</span>}
        {proposal && <q className="outline-said">{proposal.said}</q>}
      </div>
      <div className="outline-deeds">
        {proposal && deed("open", t("outline.accept"), <Checkmark20Regular />)}
        {proposal && deed("edit", t("outline.correct"), <Edit20Regular />)}
        {proposal && deed("remove", t("outline.refuse"), <Dismiss20Regular />)}
        {row.kind === "entry" && deed("edit", t("outline.edit"), <Edit20Regular />)}
        {row.kind === "entry" && deed("remove", t("outline.remove"), <Delete20Regular />)}
        {row.kind === "attendance" && deed("open", t("outline.open_record"), <PeopleList20Regular />)}
      </div>
    </>
  );
}

function useWords(row: OutlineRow, minutes: OpenMinutes): Words {
  const { t } = useTranslation();
  switch (row.kind) {
    case "entry":
      return entryWords(t, row.entry.what);
    case "proposal":
      return proposalWords(t, row.proposal.what);
    case "unheard":
      return { title: t("outline.unheard"), detail: "" };
    case "attendance":
      return { title: t("outline.attendance"), detail: attendanceDetail() };
  }

  function attendanceDetail(): string {
    const { record, entries } = minutes;
    const quorum = entries.flatMap(({ what }) => (what.kind === "quorum" ? [what] : [])).at(-1);
    const words = [
      attendanceWords(t, record.attendance),
      quorum && t(quorum.holds ? "outline.quorum" : "outline.no_quorum"),
      record.starts && t("outline.starts", { time: record.starts }),
      record.ends && t("outline.ends", { time: record.ends }),
    ];
    return words.filter(Boolean).join(" · ");
  }
}
