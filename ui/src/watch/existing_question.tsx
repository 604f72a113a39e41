// Asked once for a new folder: what shall become of the recordings that lay in it already.
import { Body1, Button, Caption1, makeStyles, tokens } from "@fluentui/react-components";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ExistingAnswer, ExistingFiles } from "../ipc";
import { bytesText, dateText } from "../lib/time";
import { DayField } from "../minutes/day_field";
import { dateOf, dayOf } from "../minutes/days_and_hours";

const useStyles = makeStyles({
  question: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorBrandStroke2}`,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorNeutralForeground1,
  },
  line: { display: "flex", flexWrap: "wrap", alignItems: "flex-end", gap: tokens.spacingHorizontalS },
});

type Props = { existing: ExistingFiles; onAnswer: (answer: ExistingAnswer) => void };

export function ExistingQuestion({ existing, onAnswer }: Props) {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const id = useId();
  const { count, bytes, oldest_ms, newest_ms } = existing;
  const [day, setDay] = useState<string | null>(null);
  const at = dayOf(day ?? "");
  const date = (ms: number) => dateText(ms, i18n.language, "short");
  return (
    <fieldset className={styles.question} aria-labelledby={id}>
      <Body1 id={id}>{t("watched.existing", { count, size: bytesText(bytes, i18n.language) })}</Body1>
      <Caption1>
        {oldest_ms !== null &&
          newest_ms !== null &&
          `${t("watched.existing_between", { from: date(oldest_ms), to: date(newest_ms) })} `}
        {t("watched.existing_waits")}
      </Caption1>
      <div className={styles.line}>
        <Button onClick={() => onAnswer({ take: "all" })}>{t("watched.take_all")}</Button>
        <Button onClick={() => onAnswer({ take: "none" })}>{t("watched.take_none")}</Button>
        <Button
          aria-expanded={day !== null}
          onClick={() => setDay(day === null ? dateOf(new Date(newest_ms ?? oldest_ms ?? 0)) : null)}
        >
          {t("watched.take_since")}
        </Button>
      </div>
      {day !== null && (
        <div className={styles.line}>
          <DayField label={t("watched.since_day")} value={day} onChange={setDay} onBlur={() => undefined} />
          <Button
            appearance="primary"
            disabledFocusable={at === null}
            onClick={() => at && onAnswer({ take: "since", at_ms: at.getTime() })}
          >
            {t("watched.take_since_day")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
