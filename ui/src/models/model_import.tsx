// For a computer without internet: a model, or all models of another computer, come in a USB stick or from a share.
import { Button, makeStyles, Text } from "@fluentui/react-components";
import { DismissRegular, UsbStickRegular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ModelImport as Brought, useIpc } from "../ipc";
import { FailureMessage } from "../kit/failure_message";
import { ProgressLine } from "../kit/progress_line";
import { SettingCard } from "../kit/setting_card";
import { bytesText } from "../lib/time";
import { type Models, stopped } from "./downloads";

const useStyles = makeStyles({ choices: { display: "flex", flexWrap: "wrap", columnGap: "8px", rowGap: "8px" } });

export function ModelImport({ models }: { models: Models }) {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const pick = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);
  const [copy, setCopy] = useState<{ copied: number; bytes: number } | null>(null);
  const [brought, setBrought] = useState<Brought | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(
    () =>
      ipc.listen((event) => {
        if (event.event === "model_copied") setCopy(event);
      }),
    [ipc],
  );
  const choose = (folder: boolean) => {
    setBusy(true);
    setBrought(null);
    setFailure(null);
    models
      .bring(folder)
      .then(setBrought, (thrown) => setFailure(stopped(thrown) ? null : thrown))
      .finally(() => {
        setBusy(false);
        setCopy(null);
      });
  };
  return (
    <SettingCard
      icon={<UsbStickRegular />}
      title={t("models.import")}
      hint={t("models.import_hint")}
      control={
        <div className={styles.choices}>
          {copy && (
            <Button
              icon={<DismissRegular />}
              aria-label={`${t("kit.cancel")}: ${t("models.importing")}`}
              onClick={() => {
                models.stopBringing();
                // This button goes, and the keyboard has to stay near.
                pick.current?.focus();
              }}
            >
              {t("kit.cancel")}
            </Button>
          )}
          <Button ref={pick} disabledFocusable={busy} onClick={() => choose(false)}>
            {t("models.import_pick")}
          </Button>
          <Button disabledFocusable={busy} onClick={() => choose(true)}>
            {t("models.import_pick_folder")}
          </Button>
        </div>
      }
    >
      {copy && (
        <ProgressLine
          label={t("models.importing")}
          value={copy.bytes > 0 ? copy.copied / copy.bytes : undefined}
          text={t("models.received", {
            received: bytesText(copy.copied, i18n.language),
            size: bytesText(copy.bytes, i18n.language),
          })}
        />
      )}
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
