// Ajustes › what listens: the model in use, the ones there are, bringing some along, and what the computer lacks.
import { Dropdown, makeStyles, Option, Spinner, Subtitle2 } from "@fluentui/react-components";
import { MicSparkleRegular, ScalesRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ModelRow, Preference } from "../ipc";
import { useSaveSettings, useSettings } from "../ipc/queries";
import { ChoiceCard } from "../kit/choice_card";
import { ConfirmDialog } from "../kit/confirm_dialog";
import { FailureMessage } from "../kit/failure_message";
import { SettingCard } from "../kit/setting_card";
import { bytesText } from "../lib/time";
import { ComputerCheck } from "./computer_check";
import { useModels } from "./downloads";
import { ModelCard } from "./model_card";
import { ModelImport } from "./model_import";
import { useModelName } from "./model_words";

const useStyles = makeStyles({ choice: { minWidth: "220px" }, head: { marginTop: "16px" } });
const automatic = "automatic";
const PREFERENCES: readonly Preference[] = ["quality", "balance", "speed"];

export function ModelsSection() {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const { data: settings } = useSettings();
  const save = useSaveSettings();
  const models = useModels();
  const nameOf = useModelName();
  const [removing, setRemoving] = useState<ModelRow | null>(null);
  const listening = models.rows?.filter((model) => model.installed && !model.embedded) ?? [];
  const chosen = listening.find((model) => model.id === settings?.model);
  const best = listening.find((model) => model.chosen);
  return (
    <>
      <SettingCard
        icon={<MicSparkleRegular />}
        title={t("models.in_use")}
        titleId="model-in-use"
        hint={
          chosen || !models.rows
            ? undefined
            : best
              ? t("models.in_use_hint", { name: nameOf(best) })
              : t("models.in_use_none")
        }
        control={
          <Dropdown
            className={styles.choice}
            aria-labelledby="model-in-use"
            value={chosen ? nameOf(chosen) : t("models.best")}
            selectedOptions={[chosen?.id ?? automatic]}
            onOptionSelect={(_, { optionValue }) =>
              save.mutate({ model: optionValue === automatic ? null : (optionValue ?? null) })
            }
          >
            <Option value={automatic}>{t("models.best")}</Option>
            {listening.map((model) => (
              <Option key={model.id} value={model.id}>
                {nameOf(model)}
              </Option>
            ))}
          </Dropdown>
        }
      />
      {!chosen && listening.length > 0 && settings && (
        <ChoiceCard
          icon={<ScalesRegular />}
          title={t("models.preference")}
          hint={t("models.preference_hint")}
          value={settings.preference}
          options={PREFERENCES.map((value) => ({ value, text: t(`models.preferences.${value}`) }))}
          // Another preference may choose another model.
          onChoose={(preference) => save.mutateAsync({ preference }).then(models.reread, () => {})}
        />
      )}
      {save.error && <FailureMessage failure={save.error} />}
      <Subtitle2 as="h3" className={styles.head}>
        {t("models.all")}
      </Subtitle2>
      {models.failure !== null && <FailureMessage failure={models.failure} />}
      {!models.rows && models.failure === null && <Spinner label={t("app.loading")} />}
      {sorted(models.rows ?? []).map((model) => (
        <ModelCard key={model.id} model={model} models={models} onRemove={setRemoving} />
      ))}
      <ModelImport models={models} />
      <Subtitle2 as="h3" className={styles.head}>
        {t("models.computer")}
      </Subtitle2>
      <ComputerCheck />
      <ConfirmDialog
        open={removing !== null}
        title={t("models.remove_title", { name: removing ? nameOf(removing) : "" })}
        action={t("models.remove")}
        onConfirm={() => (removing ? models.remove(removing.id) : undefined)}
        onClose={() => setRemoving(null)}
      >
        {t("models.remove_body", { size: bytesText(removing?.bytes ?? 0, i18n.language) })}
      </ConfirmDialog>
    </>
  );
}

/** Installed first, then the recommended, then the rest; the sample's own model last. */
export function sorted(models: ModelRow[]): ModelRow[] {
  const place = (model: ModelRow) => (model.embedded ? 3 : model.installed ? 0 : model.recommended ? 1 : 2);
  return [...models].sort((a, b) => place(a) - place(b));
}
