// What is said of few: the bench, why somebody was away, when they came and left, from where, and the words for them.
import { Checkbox, Field, Input, makeStyles, Select, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import type { Attendee, Gender } from "../ipc";
import { HourField } from "./hour_field";

const useStyles = makeStyles({
  details: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(130px, 100%), 1fr))",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    paddingTop: tokens.spacingVerticalXS,
    "& > *": { minWidth: 0 },
    "& input": { minWidth: 0 },
  },
  wide: { gridColumn: "1 / -1" },
  control: { minWidth: 0, width: "100%" },
});

type Props = { attendee: Attendee; onChange: (changed: Partial<Attendee>) => void; onBlur: () => void };

export function AttendeeDetails({ attendee, onChange, onBlur }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const field = (name: "party" | "reason") => (
    <Field label={t(`minutes.${name}`)} size="small" className={styles.wide}>
      <Input
        className={styles.control}
        value={attendee[name]}
        onChange={(_, { value }) => onChange({ [name]: value })}
        onBlur={onBlur}
      />
    </Field>
  );
  const hour = (name: "arrived" | "left") => (
    <HourField
      label={t(`minutes.${name}`)}
      value={attendee[name]}
      onChange={(time) => onChange({ [name]: time })}
      onBlur={onBlur}
    />
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame and a legend that this has no room for
    <div role="group" className={styles.details} aria-label={t("minutes.details_of", { name: attendee.name })}>
      {field("party")}
      {hour("arrived")}
      {hour("left")}
      {field("reason")}
      <Field label={t("minutes.words_for")} size="small">
        <Select
          className={styles.control}
          value={attendee.gender ?? ""}
          onChange={(_, { value }) => onChange({ gender: (value || null) as Gender | null })}
          onBlur={onBlur}
        >
          <option value="">{t("minutes.words_by_office")}</option>
          <option value="feminine">{t("minutes.words_feminine")}</option>
          <option value="masculine">{t("minutes.words_masculine")}</option>
        </Select>
      </Field>
      <Checkbox
        label={t("minutes.from_afar")}
        checked={attendee.remote}
        onChange={(_, { checked }) => onChange({ remote: checked === true })}
        onBlur={onBlur}
      />
    </div>
  );
}

/** The details in one line, for when they are closed; empty when nothing was said. */
export function useDetailsText({ party, reason, arrived, left, remote }: Attendee): string {
  const { t } = useTranslation();
  return [
    party,
    arrived && t("minutes.arrived_at", { time: arrived }),
    left && t("minutes.left_at", { time: left }),
    reason,
    remote && t("minutes.from_afar"),
  ]
    .filter(Boolean)
    .join(" · ");
}
