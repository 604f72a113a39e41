// Who was there: a list in which people are added one by one or pasted many at once, each with how they attended.
import { Body1, Button, Caption1, Field, Input, makeStyles, Select, tokens } from "@fluentui/react-components";
import { AddRegular, DeleteRegular } from "@fluentui/react-icons";
import { type ClipboardEvent, type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Attendance, Attendee } from "../ipc";
import { useAnnounce } from "../kit/announce";
import { addAttendance, readAttendance } from "./attendance_lines";

const states: Attendance[] = ["present", "absent", "excused", "late", "left_early", "unstated"];
const away: Attendance[] = ["absent", "excused", "unstated"];

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  list: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column" },
  row: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) auto",
    gap: tokens.spacingHorizontalXS,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  names: { display: "flex", flexDirection: "column", gap: "2px", minWidth: 0 },
  second: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS },
  office: { flex: "1 1 110px", minWidth: 0 },
  state: { flex: "1 1 120px" },
  form: { display: "flex", alignItems: "flex-end", gap: tokens.spacingHorizontalS },
  newName: { flex: 1 },
  count: { color: tokens.colorNeutralForeground2 },
});

type Props = { attendance: Attendee[]; onChange: (attendance: Attendee[]) => void; onBlur: () => void };

export function AttendanceList({ attendance, onChange, onBlur }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const announce = useAnnounce();
  const newName = useRef<HTMLInputElement>(null);
  const present = attendance.filter(({ attendance }) => !away.includes(attendance)).length;
  const changeOne = (place: number, changed: Partial<Attendee>) =>
    onChange(attendance.map((each, i) => (i === place ? { ...each, ...changed } : each)));
  const remove = (place: number) => {
    onChange(attendance.filter((_, i) => i !== place));
    announce(t("minutes.removed", { name: attendance[place]?.name }));
    newName.current?.focus();
  };
  const add = (typed: string) => {
    const longer = addAttendance(attendance, readAttendance(typed));
    announce(t("minutes.added", { count: longer.length - attendance.length }));
    onChange(longer);
  };
  return (
    <div className={styles.root}>
      <AddPeople inputRef={newName} onAdd={add} />
      {attendance.length > 0 && (
        <Caption1 className={styles.count}>
          {t("minutes.quorum", { count: present, total: attendance.length })}
        </Caption1>
      )}
      <ul className={styles.list} aria-label={t("minutes.attendance")}>
        {attendance.map((each, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a person is known by while the name is typed
          <li key={place} className={styles.row}>
            <div className={styles.names}>
              <Input
                aria-label={t("minutes.name_of", { place: place + 1 })}
                value={each.name}
                onChange={(_, { value }) => changeOne(place, { name: value })}
                onBlur={onBlur}
              />
              <div className={styles.second}>
                <Input
                  size="small"
                  className={styles.office}
                  aria-label={t("minutes.office_of", { name: each.name })}
                  placeholder={t("minutes.office")}
                  value={each.office}
                  onChange={(_, { value }) => changeOne(place, { office: value })}
                  onBlur={onBlur}
                />
                <Select
                  size="small"
                  className={styles.state}
                  aria-label={t("minutes.attendance_of", { name: each.name })}
                  value={each.attendance}
                  onChange={(_, { value }) => changeOne(place, { attendance: value as Attendance })}
                  onBlur={onBlur}
                >
                  {states.map((state) => (
                    <option key={state} value={state}>
                      {t(`minutes.state_${state}`)}
                    </option>
                  ))}
                </Select>
              </div>
            </div>
            <Button
              appearance="subtle"
              icon={<DeleteRegular />}
              aria-label={t("minutes.remove", { name: each.name })}
              title={t("minutes.remove", { name: each.name })}
              onClick={() => remove(place)}
            />
          </li>
        ))}
      </ul>
      {attendance.length === 0 && <Body1 className={styles.count}>{t("minutes.nobody")}</Body1>}
    </div>
  );
}

function AddPeople({
  inputRef,
  onAdd,
}: {
  inputRef: React.RefObject<HTMLInputElement | null>;
  onAdd: (typed: string) => void;
}) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [typed, setTyped] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim()) onAdd(typed);
    setTyped("");
  };
  // A field of one line would glue the pasted lines together.
  const paste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (!/\n./.test(pasted.trim())) return;
    event.preventDefault();
    onAdd(pasted);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field className={styles.newName} label={t("minutes.add_label")} hint={t("minutes.add_hint")}>
        <Input
          ref={inputRef}
          value={typed}
          onChange={(_, { value }) => setTyped(value)}
          onPaste={paste}
          contentAfter={
            <Button
              type="submit"
              size="small"
              appearance="transparent"
              icon={<AddRegular />}
              aria-label={t("minutes.add")}
              title={t("minutes.add")}
            />
          }
        />
      </Field>
    </form>
  );
}
