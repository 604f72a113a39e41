// The session's record: entity, kind, number, date, call, mode, place, hours, who presided,
// who attended and who was a guest. Saved as typed.
import {
  Combobox,
  Field,
  Input,
  makeStyles,
  Option,
  Select,
  Spinner,
  Subtitle2,
  tokens,
} from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Change, type SessionId, type Record as SessionRecord, type SessionView, useIpc } from "../ipc";
import { queryKeys, useSession } from "../ipc/queries";
import { SavedSign, useAutosave } from "../kit/autosave";
import { FailureMessage } from "../kit/failure_message";
import { AttendanceList } from "./attendance_list";
import { DayField } from "./day_field";
import { GuestList } from "./guest_list";
import { HourField } from "./hour_field";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalL },
  head: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalS,
  },
  fields: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(140px, 100%), 1fr))",
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    // A field as wide as its control asks would push its neighbour out of a narrow panel.
    "& > *": { minWidth: 0 },
    "& input": { minWidth: 0 },
  },
  wide: { gridColumn: "1 / -1" },
  control: { minWidth: 0, width: "100%" },
  section: { marginTop: tokens.spacingVerticalM },
});

/** `onSaved`: what typing changed, for the journal it shares with the text. */
type Props = { session: SessionId; onSaved?: ((change: Change) => void) | undefined };

/** Fills the height it is given; the panel around it scrolls. */
export function RecordPanel({ session, onSaved }: Props) {
  const { t } = useTranslation();
  const { data, error } = useSession(session);
  if (error) return <FailureMessage failure={error} />;
  return data ? (
    <RecordForm key={session} session={session} stored={data.record} onSaved={onSaved} />
  ) : (
    <Spinner label={t("app.loading")} />
  );
}

function RecordForm({ session, stored, onSaved }: Props & { stored: SessionRecord }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const queries = useQueryClient();
  const autosave = useAutosave(stored, async (record) => {
    const change = await ipc.recordSave(session, record);
    if (change) onSaved?.(change);
    queries.setQueryData<SessionView>(queryKeys.session(session), (view) => view && { ...view, record });
  });
  const record = autosave.draft;
  const change = (changed: Partial<SessionRecord>) => autosave.change({ ...record, ...changed });
  const field = (name: "entity" | "body" | "number" | "place" | "president" | "secretary", wide = false) => (
    <Field label={t(`minutes.${name}`)} className={wide ? styles.wide : undefined}>
      <Input
        className={styles.control}
        value={record[name]}
        onChange={(_, { value }) => change({ [name]: value })}
        onBlur={autosave.flush}
      />
    </Field>
  );
  const choice = (name: "call" | "mode", values: readonly string[]) => (
    <Field label={t(`minutes.${name}`)}>
      <Select
        className={styles.control}
        value={record[name] ?? ""}
        onChange={(_, { value }) => change({ [name]: value || null })}
        onBlur={autosave.flush}
      >
        <option value="">{t("minutes.not_said")}</option>
        {values.map((value) => (
          <option key={value} value={value}>
            {t(`minutes.${name}_${value}`)}
          </option>
        ))}
      </Select>
    </Field>
  );
  const kinds = t("minutes.kinds", { returnObjects: true }) as string[];
  return (
    <section className={styles.root} aria-label={t("minutes.record")}>
      <div className={styles.head}>
        <Subtitle2 as="h2">{t("minutes.record")}</Subtitle2>
        <SavedSign autosave={autosave as never} />
      </div>
      <div className={styles.fields}>
        {field("entity", true)}
        {field("body", true)}
        <Field label={t("minutes.kind")}>
          <Combobox
            className={styles.control}
            freeform
            value={record.kind}
            selectedOptions={[record.kind]}
            onChange={(event) => change({ kind: event.target.value })}
            onOptionSelect={(_, { optionText }) => optionText && change({ kind: optionText })}
            onBlur={autosave.flush}
          >
            {kinds.map((kind) => (
              <Option key={kind}>{kind}</Option>
            ))}
          </Combobox>
        </Field>
        {field("number")}
        <DayField
          label={t("minutes.date")}
          value={record.date}
          onChange={(date) => change({ date })}
          onBlur={autosave.flush}
        />
        {field("place")}
        {choice("call", ["first", "second"])}
        {choice("mode", ["in_person", "remote", "mixed"])}
        <HourField
          label={t("minutes.planned_start")}
          value={record.planned_start}
          onChange={(planned_start) => change({ planned_start })}
          onBlur={autosave.flush}
        />
        <HourField
          label={t("minutes.starts")}
          value={record.starts}
          onChange={(starts) => change({ starts })}
          onBlur={autosave.flush}
        />
        <HourField
          label={t("minutes.ends")}
          value={record.ends}
          onChange={(ends) => change({ ends })}
          onBlur={autosave.flush}
        />
        {field("president", true)}
        {field("secretary", true)}
      </div>
      <Subtitle2 as="h2" className={styles.section}>
        {t("minutes.attendance")}
      </Subtitle2>
      <AttendanceList
        attendance={record.attendance}
        onChange={(attendance) => change({ attendance })}
        onBlur={autosave.flush}
      />
      <Subtitle2 as="h2" className={styles.section}>
        {t("minutes.guests")}
      </Subtitle2>
      <GuestList guests={record.guests} onChange={(guests) => change({ guests })} onBlur={autosave.flush} />
    </section>
  );
}
