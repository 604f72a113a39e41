// The fields of one entry, by its kind.
import { Caption1, Switch } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import type { Business, Entry, PartView, What } from "../ipc";
import { DayField } from "./day_field";
import { ChoiceField, CountField, LongField, NameField, NamesField, WordsField } from "./fields";
import { HourField } from "./hour_field";
import { StretchFields } from "./stretch_fields";
import { VoteFields } from "./vote_fields";

const businesses: readonly Business[] = [
  "roll_call",
  "agenda",
  "ceremony",
  "earlier_minutes",
  "control",
  "bill",
  "election",
  "communications",
  "motions",
  "other",
];

type Props = {
  entry: Entry;
  roll: readonly string[];
  parts: readonly PartView[];
  onChange: (entry: Entry) => void;
};

export function EntryFields({ entry, roll, parts, onChange }: Props) {
  const { t } = useTranslation();
  const { what } = entry;
  const set = (changed: object) => onChange({ ...entry, what: { ...what, ...changed } as What });
  const label = (name: string) => t(`outline.form.${name}`);
  const day = (name: "date" | "due" | "first_debate", value: string) => (
    <DayField label={label(name)} value={value} onChange={(date) => set({ [name]: date })} onBlur={nothing} />
  );
  switch (what.kind) {
    case "vote":
      return <VoteFields vote={what} roll={roll} onChange={set} />;
    case "quorum":
      return (
        <>
          <Switch label={label("holds")} checked={what.holds} onChange={(_, { checked }) => set({ holds: checked })} />
          <CountField label={label("count")} value={what.count} onChange={(count) => set({ count })} />
        </>
      );
    case "item":
      return (
        <>
          <CountField
            label={label("number")}
            value={what.number || null}
            onChange={(number) => set({ number: number ?? 0 })}
          />
          <LongField label={label("title")} value={what.title} onChange={(title) => set({ title })} />
          <ChoiceField
            label={label("business")}
            value={what.business}
            choices={businesses}
            words={(business) => t(`outline.business.${business}`)}
            onChange={(business) => set({ business })}
          />
        </>
      );
    case "motion":
      return (
        <>
          <NamesField label={label("by_many")} value={what.by} onChange={(by) => set({ by })} />
          <LongField label={label("motion")} value={what.text} onChange={(text) => set({ text })} />
        </>
      );
    case "constancia":
      return <NameField label={label("by")} value={what.by} roll={roll} onChange={(by) => set({ by })} />;
    case "recess":
      return <WordsField label={label("reason")} value={what.reason} onChange={(reason) => set({ reason })} />;
    case "reserved":
      return (
        <>
          <StretchFields heard={entry.heard} parts={parts} onChange={(heard) => onChange({ ...entry, heard })} />
          <WordsField label={label("reason")} value={what.reason} onChange={(reason) => set({ reason })} />
          <Caption1>{t("outline.form.reserved_hint")}</Caption1>
        </>
      );
    case "bill":
      return (
        <>
          <WordsField label={label("number")} value={what.number} onChange={(number) => set({ number })} />
          <LongField label={label("title")} value={what.title} onChange={(title) => set({ title })} />
          <NamesField label={label("authors")} value={what.authors} onChange={(authors) => set({ authors })} />
          <NamesField
            label={label("rapporteurs")}
            value={what.rapporteurs}
            onChange={(rapporteurs) => set({ rapporteurs })}
          />
          <ChoiceField
            label={label("debate")}
            value={what.debate === null ? null : String(what.debate)}
            choices={["1", "2"]}
            words={(debate) => t(`outline.debate.${debate}`)}
            none={t("outline.form.unsaid")}
            onChange={(debate) => set({ debate: debate === null ? null : Number(debate) })}
          />
          {what.debate === 2 && day("first_debate", what.first_debate)}
        </>
      );
    case "communication":
      return (
        <>
          <WordsField label={label("from")} value={what.from} onChange={(from) => set({ from })} />
          <WordsField label={label("to")} value={what.to} onChange={(to) => set({ to })} />
          <LongField label={label("subject")} value={what.subject} onChange={(subject) => set({ subject })} />
          <WordsField label={label("reference")} value={what.reference} onChange={(reference) => set({ reference })} />
          {day("date", what.date)}
        </>
      );
    case "task":
      return (
        <>
          <NameField label={label("who")} value={what.who} roll={roll} onChange={(who) => set({ who })} />
          <LongField label={label("task")} value={what.text} onChange={(text) => set({ text })} />
          {day("due", what.due)}
        </>
      );
    case "annex":
      return (
        <>
          <WordsField label={label("annex")} value={what.title} onChange={(title) => set({ title })} />
          <CountField label={label("folios")} value={what.folios} onChange={(folios) => set({ folios })} />
        </>
      );
    case "next_session":
      return (
        <>
          {day("date", what.date)}
          <HourField label={label("time")} value={what.time} onChange={(time) => set({ time })} onBlur={nothing} />
          <WordsField label={label("place")} value={what.place} onChange={(place) => set({ place })} />
        </>
      );
    case "earlier_minutes":
      return (
        <>
          <WordsField label={label("number")} value={what.number} onChange={(number) => set({ number })} />
          <LongField
            label={label("observations")}
            value={what.observations}
            onChange={(observations) => set({ observations })}
          />
        </>
      );
    case "summary":
      return <LongField label={label("summary")} value={what.text} onChange={(text) => set({ text })} />;
  }
}

const nothing = () => {};
