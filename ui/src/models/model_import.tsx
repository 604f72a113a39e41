// For a computer without internet: a model, or all models of another computer, come in a USB stick or from a share.
import { Button, makeStyles, Spinner, Text } from "@fluentui/react-components";
import { UsbStickRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ModelImport as Brought } from "../ipc";
import { FailureMessage } from "../kit/failure_message";
import { SettingCard } from "../kit/setting_card";
import type { Models } from "./downloads";

const useStyles = makeStyles({ choices: { display: "flex", flexWrap: "wrap", columnGap: "8px", rowGap: "8px" } });

export function ModelImport({ bring }: Pick<Models, "bring">) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [busy, setBusy] = useState(false);
  const [brought, setBrought] = useState<Brought | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const choose = (folder: boolean) => {
    setBusy(true);
    setBrought(null);
    setFailure(null);
    bring(folder)
      .then(setBrought, setFailure)
      .finally(() => setBusy(false));
  };
  return (
    <SettingCard
      icon={<UsbStickRegular />}
      title={t("models.import")}
      hint={t("models.import_hint")}
      control={
        <div className={styles.choices}>
          {busy && <Spinner size="tiny" label={t("models.importing")} />}
          <Button disabledFocusable={busy} onClick={() => choose(false)}>
            {t("models.import_pick")}
          </Button>
          <Button disabledFocusable={busy} onClick={() => choose(true)}>
            {t("models.import_pick_folder")}
          </Button>
        </div>
      }
    >
      {brought && brought.models.length > 0 && (
        <Text role="status">{t("models.imported", { count: brought.models.length })}</Text>
      )}
      {brought?.refused.map((refused) => (
        <FailureMessage key={refused.message} failure={refused} />
      ))}
      {failure !== null && <FailureMessage failure={failure} />}
    </SettingCard>
  );
}
