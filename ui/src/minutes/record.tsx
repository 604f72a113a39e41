// The session's record: entity, kind, number, date, place, hours, who presided and who attended. Saved as typed.
import { Combobox, Field, Input, makeStyles, Option, Spinner, Subtitle2, tokens } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Change, type SessionId, type Record as SessionRecord, type SessionView, useIpc } from "../ipc";
import { queryKeys, useSession } from "../ipc/queries";
import { SavedSign, useAutosave } from "../kit/autosave";
import { FailureMessage } from "../kit/failure_message";
import { AttendanceList } from "./attendance_list";
import { DayField } from "./day_field";
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
    </section>
  );
}
