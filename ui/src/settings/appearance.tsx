// Ajustes › how the window looks: its language, colours and size of text.
import { ColorRegular, HighlightRegular, LocalLanguageRegular, TextFontSizeRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import { languages } from "../i18n";
import type { Settings, Theme } from "../ipc";
import { ChoiceCard } from "../kit/choice_card";
import { Switched } from "./switched";

const themes: Theme[] = ["system", "light", "dark", "high_contrast"];
const sizes = [100, 125, 150, 175, 200];

/** Every section of Ajustes takes the settings and what saves some of them. */
export type SectionProps = { settings: Settings; save: (changed: Partial<Settings>) => void };

export function AppearanceSection({ settings, save }: SectionProps) {
  const { t } = useTranslation();
  return (
    <>
      <ChoiceCard
        icon={<ColorRegular />}
        title={t("settings.theme")}
        hint={t("settings.theme_hint")}
        value={settings.theme}
        options={themes.map((value) => ({ value, text: t(`settings.theme_${value}`) }))}
        onChoose={(theme) => save({ theme })}
      />
      <ChoiceCard
        icon={<TextFontSizeRegular />}
        title={t("settings.text_size")}
        hint={t("settings.text_size_hint")}
        value={String(settings.text_size)}
        options={sizes.map((size) => ({ value: String(size), text: `${size} %` }))}
        onChoose={(size) => save({ text_size: Number(size) })}
      />
      <ChoiceCard
        icon={<LocalLanguageRegular />}
        title={t("settings.language")}
        hint={t("settings.language_hint")}
        value={settings.language}
        options={languages.map((value) => ({ value, text: t(`settings.language_${value}`) }))}
        onChoose={(language) => save({ language })}
      />
      <Switched
        icon={<HighlightRegular />}
        title={t("settings.colour_unsure")}
        hint={t("settings.colour_unsure_hint")}
        on={settings.colour_unsure_words}
        onChange={(colour_unsure_words) => save({ colour_unsure_words })}
      />
    </>
  );
}
