// A setting that is on or off; saved at once.
import { Switch } from "@fluentui/react-components";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { SettingCard } from "../kit/setting_card";

type Props = {
  icon: ReactNode;
  title: string;
  hint?: string;
  on: boolean;
  onChange: (on: boolean) => void;
  /** What belongs to it while it is on. */
  children?: ReactNode;
};

export function Switched({ icon, title, hint, on, onChange, children }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <SettingCard
      icon={icon}
      title={<label htmlFor={id}>{title}</label>}
      hint={hint}
      hintId={`${id}-hint`}
      control={
        <>
          <span aria-hidden>{on ? t("settings.on") : t("settings.off")}</span>
          <Switch
            id={id}
            aria-describedby={hint && `${id}-hint`}
            checked={on}
            onChange={(_, { checked }) => onChange(checked)}
          />
        </>
      }
    >
      {children}
    </SettingCard>
  );
}
