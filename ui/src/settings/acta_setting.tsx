// One thing that a council chooses of its acta, with an example of each choice where there is one.
import { Checkbox, Input, makeStyles } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import type { ActaStyle, Paper } from "../ipc";
import { useAutosave } from "../kit/autosave";
import { ChoiceCard } from "../kit/choice_card";
import { SettingCard } from "../kit/setting_card";
import { choices, papers, rules, type StyleKey, type Switch, wordings } from "./acta_choices";
import { Switched } from "./switched";

const useStyles = makeStyles({
  rules: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(min(280px, 100%), 1fr))" },
});

type Props = { of: StyleKey; style: ActaStyle; onChange: (changed: Partial<ActaStyle>) => void };

export function ActaSetting({ of, style, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const title = t(`acta_style.title.${of}`);
  const hintKey = `acta_style.hint.${of}`;
  const hint = i18n.exists(hintKey) ? t(hintKey) : undefined;
  const list = (value: string, values: readonly string[], onChoose: (value: string) => void) => (
    <ChoiceCard
      icon={null}
      title={title}
      {...(hint && { hint })}
      value={value}
      options={values.map((each) => ({ value: each, text: t(`acta_style.${of}.${each}`) }))}
      onChoose={onChoose}
    />
  );
  if (of === "cleaning") return <Cleaning title={title} hint={hint} style={style} onChange={onChange} />;
  if (of === "transcriber") return <Transcriber title={title} hint={hint} style={style} onChange={onChange} />;
  if (of === "paper")
    return list(style.paper ?? "template", ["template", ...papers], (paper) =>
      onChange({ paper: paper === "template" ? null : (paper as Paper) }),
    );
  if (of in wordings) {
    const key = of as keyof typeof wordings;
    return list(style.wording[key], wordings[key], (value) =>
      onChange({ wording: { ...style.wording, [key]: value } }),
    );
  }
  if (of in choices) {
    const key = of as keyof typeof choices;
    return list(style[key], choices[key], (value) => onChange({ [key]: value }));
  }
  return (
    <Switched
      icon={null}
      title={title}
      {...(hint && { hint })}
      on={style[of as Switch]}
      onChange={(on) => onChange({ [of]: on })}
    />
  );
}

type OwnProps = { title: string; hint: string | undefined } & Omit<Props, "of">;

/** What is taken out of what was said, rule by rule. */
function Cleaning({ title, hint, style, onChange }: OwnProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  return (
    <SettingCard title={title} hint={hint}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame that the card has already */}
      <div role="group" aria-label={title} className={styles.rules}>
        {rules.map((rule) => (
          <Checkbox
            key={rule}
            label={t(`cleaning.${rule}`)}
            checked={style.cleaning.includes(rule)}
            onChange={(_, { checked }) =>
              onChange({ cleaning: rules.filter((each) => (each === rule ? checked : style.cleaning.includes(each))) })
            }
          />
        ))}
      </div>
    </SettingCard>
  );
}

/** Who typed the acta. */
function Transcriber({ title, hint, style, onChange }: OwnProps) {
  const autosave = useAutosave(style.transcriber, async (transcriber) => onChange({ transcriber }));
  return (
    <SettingCard
      title={title}
      hint={hint}
      control={
        <Input
          aria-label={title}
          value={autosave.draft}
          onChange={(_, { value }) => autosave.change(value)}
          onBlur={autosave.flush}
        />
      }
    />
  );
}
