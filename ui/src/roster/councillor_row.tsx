// Somebody on the roster: place, name, office and party in one line, the rest on demand. Alt and the arrows move them.
import { Button, Caption1, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import {
  ArrowDownRegular,
  ArrowUpRegular,
  ChevronDownRegular,
  ChevronUpRegular,
  DeleteRegular,
} from "@fluentui/react-icons";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Councillor } from "../ipc";
import { CommaField } from "../kit/comma_field";
import { DayField } from "../minutes/day_field";
import { typedDay } from "../minutes/days_and_hours";

const useStyles = makeStyles({
  row: { padding: `${tokens.spacingVerticalS} 0`, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalXS },
  seat: { width: "24px", textAlign: "end", color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" },
  name: { flex: "2 1 200px", minWidth: 0 },
  field: { flex: "1 1 120px", minWidth: 0 },
  buttons: { display: "flex" },
  more: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(150px, 100%), 1fr))",
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} 0 0 28px`,
    "& > *": { minWidth: 0 },
    "& input": { minWidth: 0 },
  },
  control: { width: "100%", minWidth: 0 },
  wide: { gridColumn: "1 / -1" },
  told: { display: "block", paddingInlineStart: "28px", color: tokens.colorNeutralForeground2 },
});

type Props = {
  councillor: Councillor;
  /** From 0. */
  place: number;
  last: boolean;
  onChange: (changed: Partial<Councillor>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  onBlur: () => void;
};

export function CouncillorRow({ councillor, place, last, onChange, onMove, onRemove, onBlur }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const { name, term, since, until, instead_of } = councillor;
  const input = (field: "name" | "office" | "party" | "term", className: string) => (
    <Input
      className={className}
      aria-label={`${t(`roster.${field}`)}: ${name}`}
      placeholder={t(`roster.${field}`)}
      value={councillor[field]}
      onChange={(_, { value }) => onChange({ [field]: value })}
      onBlur={onBlur}
    />
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onMove(event.key === "ArrowUp" ? -1 : 1);
  };
  const told = [
    term,
    since && t("roster.since_day", { day: typedDay(since) }),
    until && t("roster.until_day", { day: typedDay(until) }),
    instead_of.length > 0 && t("roster.not_written", { spellings: instead_of.join(", ") }),
  ].filter(Boolean);
  return (
    <li className={styles.row} onKeyDown={onKeyDown}>
      <div className={styles.line}>
        <span className={styles.seat}>{place + 1}</span>
        {input("name", styles.name)}
        {input("office", styles.field)}
        {input("party", styles.field)}
        <span className={styles.buttons}>
          <IconButton
            words={t("roster.more_of", { name })}
            icon={open ? <ChevronUpRegular /> : <ChevronDownRegular />}
            expanded={open}
            onClick={() => setOpen(!open)}
          />
          <IconButton
            words={t("roster.up", { name })}
            icon={<ArrowUpRegular />}
            disabled={place === 0}
            onClick={() => onMove(-1)}
          />
          <IconButton
            words={t("roster.down", { name })}
            icon={<ArrowDownRegular />}
            disabled={last}
            onClick={() => onMove(1)}
          />
          <IconButton words={t("roster.remove", { name })} icon={<DeleteRegular />} onClick={onRemove} />
        </span>
      </div>
      {!open && told.length > 0 && <Caption1 className={styles.told}>{told.join(" · ")}</Caption1>}
      {open && (
        <div className={styles.more}>
          <Field label={t("roster.term")}>{input("term", styles.control)}</Field>
          <DayField
            label={t("roster.since")}
            value={since}
            onChange={(day) => onChange({ since: day })}
            onBlur={onBlur}
          />
          <DayField
            label={t("roster.until")}
            value={until}
            onChange={(day) => onChange({ until: day })}
            onBlur={onBlur}
          />
          <Field label={t("roster.instead_of")} hint={t("roster.instead_of_hint")} className={styles.wide}>
            <CommaField
              label={`${t("roster.instead_of")}: ${name}`}
              words={instead_of}
              onChange={(spellings) => onChange({ instead_of: spellings })}
              onBlur={onBlur}
            />
          </Field>
        </div>
      )}
    </li>
  );
}

type IconButtonProps = {
  words: string;
  icon: React.ReactElement;
  expanded?: boolean;
  disabled?: boolean;
  onClick: () => void;
};

function IconButton({ words, icon, expanded, disabled = false, onClick }: IconButtonProps) {
  return (
    <Button
      appearance="subtle"
      icon={icon}
      aria-label={words}
      aria-expanded={expanded}
      title={words}
      disabledFocusable={disabled}
      onClick={onClick}
    />
  );
}
