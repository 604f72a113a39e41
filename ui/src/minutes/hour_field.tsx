// An hour typed in any usual way; when the field is left it shows what was understood.
import { Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { parseHour } from "./days_and_hours";

type Props = { label: string; value: string; onChange: (hour: string) => void; onBlur: () => void };

export function HourField({ label, value, onChange, onBlur }: Props) {
  const { t } = useTranslation();
  // Only while it is typed: what cannot be read yet must not be saved nor lost from the field.
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? value;
  const wrong = typed !== null && typed.trim() !== "" && parseHour(typed) === null;
  const type = (text: string) => {
    setTyped(text);
    const hour = text.trim() === "" ? "" : parseHour(text);
    if (hour !== null) onChange(hour);
  };
  const leave = () => {
    if (!wrong) setTyped(null);
    onBlur();
  };
  return (
    <Field
      label={label}
      validationState={wrong ? "error" : "none"}
      validationMessage={wrong ? t("minutes.hour_wrong") : undefined}
    >
      <Input
        value={shown}
        placeholder={t("minutes.hour_example")}
        onChange={(_, data) => type(data.value)}
        onBlur={leave}
        inputMode="numeric"
        style={{ minWidth: 0 }}
      />
    </Field>
  );
}
