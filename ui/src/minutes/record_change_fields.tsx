// What taking a proposal over says of the sitting besides its entries: hours, who attended, who has the floor.
import { useTranslation } from "react-i18next";
import type { Attendance, Floor, RecordChange } from "../ipc";
import { ChoiceField, NameField } from "./fields";
import { HourField } from "./hour_field";

const states: readonly Attendance[] = ["present", "absent", "excused", "late", "left_early"];

type Props = { changes: readonly RecordChange[]; onChange: (changes: RecordChange[]) => void };

export function RecordChangeFields({ changes, onChange }: Props) {
  const { t } = useTranslation();
  const change = (at: number, changed: RecordChange) =>
    onChange(changes.map((one, place) => (place === at ? changed : one)));
  return changes.map((one, at) =>
    one.kind === "attended" ? (
      <ChoiceField
        key={`attended ${one.name}`}
        label={one.name}
        value={one.attendance}
        choices={states}
        words={(state) => t(`minutes.state_${state}`)}
        onChange={(attendance) => attendance && change(at, { ...one, attendance })}
      />
    ) : (
      <HourField
        key={one.kind}
        label={t(`minutes.${one.kind}`)}
        value={one.time}
        onChange={(time) => change(at, { ...one, time })}
        onBlur={() => {}}
      />
    ),
  );
}

type FloorProps = { floor: Floor; roll: readonly string[]; onChange: (floor: Floor) => void };

export function FloorField({ floor, roll, onChange }: FloorProps) {
  const { t } = useTranslation();
  return (
    <NameField
      label={t("outline.form.floor")}
      value={floor.name}
      roll={roll}
      onChange={(name) => onChange({ ...floor, name })}
    />
  );
}
