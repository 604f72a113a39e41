// From when to when, typed on the session's clock: for what nobody has heard yet, so that there is nothing to point at.
import { Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartView, Stretch } from "../ipc";
import { clockText, readClock } from "../lib/time";
import { durationOf, toSessionMs } from "../lib/timeline";
import { toMoment } from "./agenda_spans";

type Props = { heard: Stretch | null; parts: readonly PartView[]; onChange: (heard: Stretch | null) => void };

/** Tells null as long as what is typed is no stretch of the session. */
export function StretchFields({ heard, parts, onChange }: Props) {
  const { t } = useTranslation();
  const shown = (moment: Stretch["from"]) => clockText(toSessionMs(parts, moment.part, moment.ms), true);
  const [from, setFrom] = useState(heard ? shown(heard.from) : "");
  const [to, setTo] = useState(heard && hasLength(heard) ? shown(heard.to) : "");
  const wrong = to === "" || stretchOf(from, to, parts) ? undefined : t("outline.form.no_stretch");
  const type = (nextFrom: string, nextTo: string) => {
    setFrom(nextFrom);
    setTo(nextTo);
    onChange(stretchOf(nextFrom, nextTo, parts));
  };
  return (
    <div className="entry-stretch">
      <Field label={t("outline.form.from_time")} hint={t("outline.form.time_hint")}>
        <Input value={from} onChange={(_, data) => type(data.value, to)} />
      </Field>
      <Field label={t("outline.form.to_time")} validationMessage={wrong}>
        <Input value={to} onChange={(_, data) => type(from, data.value)} />
      </Field>
    </div>
  );
}

export const hasLength = ({ from, to }: Stretch) => from.part < to.part || (from.part === to.part && from.ms < to.ms);

function stretchOf(from: string, to: string, parts: readonly PartView[]): Stretch | null {
  const [fromMs, toMs] = [readClock(from), readClock(to)];
  if (fromMs === null || toMs === null || fromMs >= Math.min(toMs, durationOf(parts))) return null;
  return { from: toMoment(parts, fromMs), to: toMoment(parts, toMs) };
}
