// Ajustes › where the documents are written.
import { Button } from "@fluentui/react-components";
import { FolderRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useIpc } from "../ipc";
import { FailureMessage } from "../kit/failure_message";
import { SettingCard } from "../kit/setting_card";
import type { SectionProps } from "./appearance";

export function DocumentsSection({ settings, save }: SectionProps) {
  const { t } = useTranslation();
  const ipc = useIpc();
  const [failure, setFailure] = useState<unknown>(null);
  const pick = () => {
    setFailure(null);
    ipc.folderPick("documents").then((output_folder) => output_folder && save({ output_folder }), setFailure);
  };
  return (
    <SettingCard
      icon={<FolderRegular />}
      title={t("settings.folder")}
      hint={settings.output_folder ?? t("settings.folder_beside_hint")}
      control={
        <>
          {settings.output_folder !== null && (
            <Button onClick={() => save({ output_folder: null })}>{t("settings.folder_beside")}</Button>
          )}
          <Button onClick={pick}>{t("settings.folder_pick")}</Button>
        </>
      }
    >
      {failure !== null && <FailureMessage failure={failure} />}
    </SettingCard>
  );
}
