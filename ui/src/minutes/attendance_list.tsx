// Who was there: a list in which people are added one by one or pasted many at once, each with how they attended.
import { Body1, Button, Caption1, Input, makeStyles, Select, tokens } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronUpRegular, DeleteRegular } from "@fluentui/react-icons";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Attendance, Attendee } from "../ipc";
import { useAnnounce } from "../kit/announce";
import { AddPeople } from "./add_people";
import { addAttendance, readAttendance } from "./attendance_lines";
import { AttendeeDetails, useDetailsText } from "./attendee_details";

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
  buttons: { display: "flex", flexDirection: "column" },
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
      <AddPeople label={t("minutes.add_label")} inputRef={newName} onAdd={add} />
      {attendance.length > 0 && (
        <Caption1 className={styles.count}>
          {t("minutes.quorum", { count: present, total: attendance.length })}
        </Caption1>
      )}
      <ul className={styles.list} aria-label={t("minutes.attendance")}>
        {attendance.map((each, place) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a person is known by while the name is typed
            key={place}
            place={place}
            attendee={each}
            onChange={(changed) => changeOne(place, changed)}
            onRemove={() => remove(place)}
            onBlur={onBlur}
          />
        ))}
      </ul>
      {attendance.length === 0 && <Body1 className={styles.count}>{t("minutes.nobody")}</Body1>}
    </div>
  );
}

type RowProps = {
  place: number;
  attendee: Attendee;
  onChange: (changed: Partial<Attendee>) => void;
  onRemove: () => void;
  onBlur: () => void;
};

function Row({ place, attendee, onChange, onRemove, onBlur }: RowProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const details = useDetailsText(attendee);
  return (
    <li className={styles.row}>
      <div className={styles.names}>
        <Input
          aria-label={t("minutes.name_of", { place: place + 1 })}
          value={attendee.name}
          onChange={(_, { value }) => onChange({ name: value })}
          onBlur={onBlur}
        />
        <div className={styles.second}>
          <Input
            size="small"
            className={styles.office}
            aria-label={t("minutes.office_of", { name: attendee.name })}
            placeholder={t("minutes.office")}
            value={attendee.office}
            onChange={(_, { value }) => onChange({ office: value })}
            onBlur={onBlur}
          />
          <Select
            size="small"
            className={styles.state}
            aria-label={t("minutes.attendance_of", { name: attendee.name })}
            value={attendee.attendance}
            onChange={(_, { value }) => onChange({ attendance: value as Attendance })}
            onBlur={onBlur}
          >
            {states.map((state) => (
              <option key={state} value={state}>
                {t(`minutes.state_${state}`)}
              </option>
            ))}
          </Select>
        </div>
        {open ? (
          <AttendeeDetails attendee={attendee} onChange={onChange} onBlur={onBlur} />
        ) : (
          details && <Caption1 className={styles.count}>{details}</Caption1>
        )}
      </div>
      <div className={styles.buttons}>
        <Button
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label={t("minutes.remove", { name: attendee.name })}
          title={t("minutes.remove", { name: attendee.name })}
          onClick={onRemove}
        />
        <Button
          appearance="subtle"
          icon={open ? <ChevronUpRegular /> : <ChevronDownRegular />}
          aria-label={t("minutes.details_of", { name: attendee.name })}
          aria-expanded={open}
          title={t("minutes.details_of", { name: attendee.name })}
          onClick={() => setOpen(!open)}
        />
      </div>
    </li>
  );
}
