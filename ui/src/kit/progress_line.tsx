// A thin bar with its sentence: how much is done and how long is left.
import { Caption1, Field, makeStyles, ProgressBar, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({ text: { color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" } });

/** `value` from 0 to 1; undefined while nobody can know. `label` names the bar for a screen reader; `text` is shown. */
export function ProgressLine({
  value,
  label,
  text,
  tone = "brand",
}: {
  value?: number;
  label: string;
  text?: string;
  tone?: "brand" | "error" | "warning" | "success";
}) {
  const styles = useStyles();
  return (
    <Field validationState="none" hint={text && <Caption1 className={styles.text}>{text}</Caption1>}>
      <ProgressBar value={value} color={tone} aria-label={label} aria-valuetext={text} thickness="large" />
    </Field>
  );
}
