// The small fields that the forms of the minutes are made of.
import { Combobox, Field, Input, Option, Select, Textarea } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";

type Of<Value> = { label: string; value: Value; onChange: (value: Value) => void };

export function WordsField({ label, value, onChange }: Of<string>) {
  return (
    <Field label={label}>
      <Input value={value} onChange={(_, data) => onChange(data.value)} />
    </Field>
  );
}

export function LongField({ label, value, onChange }: Of<string>) {
  return (
    <Field label={label}>
      <Textarea value={value} resize="vertical" onChange={(_, data) => onChange(data.value)} />
    </Field>
  );
}

/** A whole number; null while nothing is written. */
export function CountField({ label, value, onChange }: Of<number | null>) {
  return (
    <Field label={label} className="entry-count">
      <Input
        type="number"
        min={0}
        step={1}
        value={value === null ? "" : String(value)}
        onChange={(_, data) => onChange(/^\d+$/.test(data.value) ? Number(data.value) : null)}
      />
    </Field>
  );
}

/** One name, of the roll or any other. */
export function NameField({ label, value, roll, onChange }: Of<string> & { roll: readonly string[] }) {
  const fitting = roll.filter((name) => plain(name).includes(plain(value)) && name !== value);
  return (
    <Field label={label}>
      <Combobox
        freeform
        value={value}
        selectedOptions={[value]}
        onChange={(event) => onChange(event.target.value)}
        onOptionSelect={(_, { optionText }) => optionText && onChange(optionText)}
      >
        {fitting.map((name) => (
          <Option key={name}>{name}</Option>
        ))}
      </Combobox>
    </Field>
  );
}

/** Several names, with commas between them. */
export function NamesField({ label, value, onChange }: Of<string[]>) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value.join(", "));
  return (
    <Field label={label} hint={t("outline.form.names_hint")}>
      <Input
        value={typed}
        onChange={(_, data) => {
          setTyped(data.value);
          onChange(namesIn(data.value));
        }}
      />
    </Field>
  );
}

/** One of a few; `none` offers to say nothing. */
export function ChoiceField<Value extends string>(
  props: Of<Value | null> & { choices: readonly Value[]; words: (choice: Value) => string; none?: string },
) {
  const { label, value, onChange, choices, words, none } = props;
  return (
    <Field label={label}>
      <Select value={value ?? ""} onChange={(_, data) => onChange((data.value || null) as Value | null)}>
        {none !== undefined && <option value="">{none}</option>}
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {words(choice)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function namesIn(typed: string): string[] {
  return typed
    .split(/[,;]/)
    .map((name) => name.trim())
    .filter(Boolean);
}

function plain(name: string): string {
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
