// One of a few values under its label, for the head of a page; in Ajustes each has a card of its own.
import { Dropdown, Field, makeStyles, Option } from "@fluentui/react-components";

const useStyles = makeStyles({
  field: { flex: "1 1 150px", minWidth: 0, maxWidth: "320px" },
  list: { minWidth: 0, width: "100%" },
});

type Props<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; text: string }[];
  onChoose: (value: Value) => void;
};

export function ChoiceField<Value extends string>({ label, value, options, onChoose }: Props<Value>) {
  const styles = useStyles();
  return (
    <Field label={label} className={styles.field}>
      <Dropdown
        className={styles.list}
        value={options.find((option) => option.value === value)?.text ?? ""}
        selectedOptions={[value]}
        onOptionSelect={(_, { optionValue }) => optionValue && onChoose(optionValue as Value)}
      >
        {options.map((option) => (
          <Option key={option.value} value={option.value}>
            {option.text}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}
