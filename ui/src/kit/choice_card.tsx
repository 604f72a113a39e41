// A setting with a few values, chosen from a list; saved at once.
import { Dropdown, makeStyles, Option } from "@fluentui/react-components";
import { type ReactNode, useId } from "react";
import { SettingCard } from "./setting_card";

const useStyles = makeStyles({ list: { minWidth: "220px" } });

type Props<Value extends string> = {
  icon: ReactNode;
  title: string;
  hint?: string;
  value: Value;
  options: { value: Value; text: string }[];
  onChoose: (value: Value) => void;
};

export function ChoiceCard<Value extends string>({ icon, title, hint, value, options, onChoose }: Props<Value>) {
  const styles = useStyles();
  const id = useId();
  return (
    <SettingCard
      icon={icon}
      title={title}
      titleId={id}
      hint={hint}
      hintId={hint && `${id}-hint`}
      control={
        <Dropdown
          className={styles.list}
          aria-labelledby={id}
          aria-describedby={hint && `${id}-hint`}
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
      }
    />
  );
}
