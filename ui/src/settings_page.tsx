// Ajustes: which sections there are and what each shows. Everything is saved at once; there is nothing to press.
import { Spinner } from "@fluentui/react-components";
import {
  BookLetterRegular,
  BuildingGovernmentRegular,
  CloudArrowUpRegular,
  ColorRegular,
  DocumentRibbonRegular,
  DocumentTextRegular,
  FolderSearchRegular,
  HeadphonesSoundWaveRegular,
  InfoRegular,
  MicSparkleRegular,
  PeopleTeamRegular,
  SaveMultipleRegular,
  ShieldCheckmarkRegular,
} from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import { BackupsSection } from "./backups/backups_section";
import type { Settings } from "./ipc";
import { useSaveSettings, useSettings } from "./ipc/queries";
import { FailureMessage } from "./kit/failure_message";
import { ModelsSection } from "./models/models_section";
import { RosterSection } from "./roster/roster_section";
import { AboutSection } from "./settings/about";
import { ActaSection } from "./settings/acta";
import { AppearanceSection } from "./settings/appearance";
import { CouncilSection } from "./settings/council";
import { DocumentsSection } from "./settings/documents";
import { ListeningSection } from "./settings/listening";
import { PrivacySection } from "./settings/privacy";
import { ServerSection } from "./settings/server";
import { type Section, SettingsLayout } from "./settings/settings_layout";
import { VocabularySection } from "./vocabulary/vocabulary_section";
import { FoldersSection } from "./watch/folders_section";

export function SettingsPage({ section }: { section?: string }) {
  const { t } = useTranslation();
  const { data: settings, error } = useSettings();
  const saving = useSaveSettings();
  if (error) return <FailureMessage failure={error} />;
  if (!settings) return <Spinner label={t("app.loading")} />;
  const save = (changed: Partial<Settings>) => saving.mutate(changed);
  const sections: Section[] = [
    {
      id: "model",
      title: t("models.section"),
      hint: t("models.section_hint"),
      icon: <MicSparkleRegular />,
      content: <ModelsSection />,
    },
    {
      id: "listening",
      title: t("settings.listening"),
      hint: t("settings.listening_hint"),
      icon: <HeadphonesSoundWaveRegular />,
      content: <ListeningSection settings={settings} save={save} />,
    },
    {
      id: "server",
      title: t("server.section"),
      hint: t("server.section_hint"),
      icon: <CloudArrowUpRegular />,
      content: <ServerSection settings={settings} save={save} />,
    },
    {
      id: "folders",
      title: t("watched.section"),
      hint: t("watched.section_hint"),
      icon: <FolderSearchRegular />,
      content: <FoldersSection />,
    },
    {
      id: "documents",
      title: t("settings.documents"),
      hint: t("settings.documents_hint"),
      icon: <DocumentTextRegular />,
      content: <DocumentsSection settings={settings} save={save} />,
    },
    {
      id: "acta",
      title: t("acta_style.section"),
      hint: t("acta_style.section_hint"),
      icon: <DocumentRibbonRegular />,
      content: <ActaSection settings={settings} save={save} />,
    },
    {
      id: "council",
      title: t("settings.council"),
      hint: t("settings.council_hint"),
      icon: <BuildingGovernmentRegular />,
      content: <CouncilSection council={settings.council} />,
    },
    {
      id: "roster",
      title: t("roster.section"),
      hint: t("roster.section_hint"),
      icon: <PeopleTeamRegular />,
      content: <RosterSection />,
    },
    {
      id: "vocabulary",
      title: t("vocabulary.section"),
      hint: t("vocabulary.section_hint"),
      icon: <BookLetterRegular />,
      content: <VocabularySection />,
    },
    {
      id: "appearance",
      title: t("settings.appearance"),
      icon: <ColorRegular />,
      content: <AppearanceSection settings={settings} save={save} />,
    },
    {
      id: "privacy",
      title: t("settings.privacy"),
      icon: <ShieldCheckmarkRegular />,
      content: <PrivacySection settings={settings} save={save} />,
    },
    {
      id: "backups",
      title: t("backups.section"),
      hint: t("backups.section_hint"),
      icon: <SaveMultipleRegular />,
      content: <BackupsSection />,
    },
    { id: "about", title: t("settings.about"), icon: <InfoRegular />, content: <AboutSection /> },
  ];
  return (
    <>
      {saving.error && <FailureMessage failure={saving.error} />}
      <SettingsLayout sections={sections} open={section} />
    </>
  );
}
