// Who was there without a seat: secretaries of the mayor, contractors, neighbours; each with the office they spoke for.
import { Button, Input, makeStyles, tokens } from "@fluentui/react-components";
import { DeleteRegular } from "@fluentui/react-icons";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Guest } from "../ipc";
import { useAnnounce } from "../kit/announce";
import { AddPeople } from "./add_people";
import { readAttendance } from "./attendance_lines";

const useStyles = makeStyles({
  list: {
    listStyleType: "none",
    margin: 0,
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
  },
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS },
  field: { flex: "1 1 120px", minWidth: 0 },
});

type Props = { guests: Guest[]; onChange: (guests: Guest[]) => void; onBlur: () => void };

export function GuestList({ guests, onChange, onBlur }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const announce = useAnnounce();
  const newName = useRef<HTMLInputElement>(null);
  const changeOne = (place: number, changed: Partial<Guest>) =>
    onChange(guests.map((each, at) => (at === place ? { ...each, ...changed } : each)));
  const add = (typed: string) => {
    const more = readAttendance(typed).map(({ name, office }) => ({ name, office, gender: null }));
    announce(t("minutes.added", { count: more.length }));
    onChange([...guests, ...more]);
  };
  const remove = (place: number) => {
    onChange(guests.filter((_, at) => at !== place));
    announce(t("minutes.removed", { name: guests[place]?.name }));
    newName.current?.focus();
  };
  return (
    <>
      <AddPeople label={t("minutes.add_guests")} inputRef={newName} onAdd={add} />
      <ul className={styles.list} aria-label={t("minutes.guests")}>
        {guests.map((guest, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a person is known by while the name is typed
          <li key={place} className={styles.row}>
            <Input
              className={styles.field}
              aria-label={t("minutes.guest_name", { place: place + 1 })}
              value={guest.name}
              onChange={(_, { value }) => changeOne(place, { name: value })}
              onBlur={onBlur}
            />
            <Input
              className={styles.field}
              aria-label={t("minutes.office_of", { name: guest.name })}
              placeholder={t("minutes.office")}
              value={guest.office}
              onChange={(_, { value }) => changeOne(place, { office: value })}
              onBlur={onBlur}
            />
            <Button
              appearance="subtle"
              icon={<DeleteRegular />}
              aria-label={t("minutes.remove", { name: guest.name })}
              title={t("minutes.remove", { name: guest.name })}
              onClick={() => remove(place)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
