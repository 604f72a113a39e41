// One model: what it is, how fast it hears on this computer, and what can be done with it.
import { Badge, Button, makeStyles, Spinner, Text } from "@fluentui/react-components";
import {
  ArrowDownloadRegular,
  BrainCircuitRegular,
  CheckmarkCircleFilled,
  DeleteRegular,
  DismissRegular,
  GaugeRegular,
  ShieldCheckmarkRegular,
} from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import type { ModelRow } from "../ipc";
import { FailureMessage } from "../kit/failure_message";
import { ProgressLine } from "../kit/progress_line";
import { SettingCard } from "../kit/setting_card";
import { bytesText, lengthText } from "../lib/time";
import type { Models } from "./downloads";
import { modelName, modelPurpose } from "./model_words";

const useStyles = makeStyles({
  title: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
  hint: { display: "flex", flexDirection: "column" },
  summary: { width: "fit-content", cursor: "pointer" },
});

/** The session of which it is said how long it takes: four hours. */
const HOUR_MS = 3_600_000;
const USUAL_MS = 4 * HOUR_MS;

/** How long a session of four hours should take: of an estimate nobody wants to know the minute. */
export function estimateText(speed: number): string {
  const step = (USUAL_MS / speed < 2 * HOUR_MS ? 5 : 30) * 60_000;
  return lengthText(Math.max(1, Math.round(USUAL_MS / speed / step)) * step);
}

function percentText({ wrong_per_thousand }: ModelRow, language: string): string {
  return ((wrong_per_thousand ?? 0) / 10).toLocaleString(language, { minimumFractionDigits: 1 });
}

export function ModelCard({
  model,
  models,
  onRemove,
}: {
  model: ModelRow;
  models: Models;
  onRemove?: (model: ModelRow) => void;
}) {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const download = models.downloads[model.id] ?? (model.downloading ? { received: 0, bytes: model.bytes } : undefined);
  const failure = models.failures[model.id];
  const deed = models.busy?.model === model.id ? models.busy.deed : null;
  const name = modelName(t, model);
  const facts = [
    model.embedded ? undefined : t("models.size", { size: bytesText(model.bytes, i18n.language) }),
    model.speed && !model.embedded ? t("models.speed", { length: lengthText(USUAL_MS / model.speed) }) : undefined,
    model.estimate ? t("models.estimate", { length: estimateText(model.estimate) }) : undefined,
    model.wrong_per_thousand === null ? undefined : t("models.wrong", { percent: percentText(model, i18n.language) }),
    model.fits ? undefined : t("models.too_large"),
  ].filter(Boolean);
  const purpose = modelPurpose(t, model);
  const badge = model.installed ? (
    <Badge appearance="tint" color="success" icon={<CheckmarkCircleFilled />}>
      {t("models.installed")}
    </Badge>
  ) : model.recommended ? (
    <Badge appearance="tint" color="brand">
      {t("models.recommended")}
    </Badge>
  ) : null;
  const named = (label: string) => ({ "aria-label": `${label}: ${name}` });
  const control = download ? (
    <Button icon={<DismissRegular />} {...named(t("kit.cancel"))} onClick={() => models.cancel(model.id)}>
      {t("kit.cancel")}
    </Button>
  ) : model.installed ? (
    !model.embedded && (
      <>
        <Button
          icon={deed === "measure" ? <Spinner size="tiny" aria-hidden /> : <GaugeRegular />}
          disabledFocusable={models.busy !== null}
          {...named(t("models.measure"))}
          onClick={() => models.measure(model.id)}
        >
          {deed === "measure" ? t("models.measuring") : t("models.measure")}
        </Button>
        <Button
          icon={deed === "verify" ? <Spinner size="tiny" aria-hidden /> : <ShieldCheckmarkRegular />}
          disabledFocusable={models.busy !== null}
          {...named(t("models.verify"))}
          onClick={() => models.verify(model.id)}
        >
          {deed === "verify" ? t("models.verifying") : t("models.verify")}
        </Button>
        {onRemove && (
          <Button
            icon={<DeleteRegular />}
            title={t("models.remove")}
            {...named(t("models.remove"))}
            onClick={() => onRemove(model)}
          />
        )}
      </>
    )
  ) : (
    <Button
      appearance={model.recommended ? "primary" : "secondary"}
      icon={<ArrowDownloadRegular />}
      {...named(t("models.install"))}
      onClick={() => models.install(model.id)}
    >
      {t("models.install")}
    </Button>
  );
  return (
    <SettingCard
      icon={<BrainCircuitRegular />}
      title={
        <span className={styles.title}>
          {name}
          {badge}
        </span>
      }
      hint={
        <span className={styles.hint}>
          {purpose && <span>{purpose}</span>}
          {facts.length > 0 && <span>{facts.join(" · ")}</span>}
          <details>
            <summary className={styles.summary} aria-label={`${t("kit.details")}: ${name}`}>
              {t("kit.details")}
            </summary>
            <div>{t("models.file_name", { id: model.id })}</div>
            {model.licence && <div>{t("models.licence", { licence: model.licence })}</div>}
          </details>
        </span>
      }
      control={control}
    >
      {download && (
        <ProgressLine
          label={t("models.downloading", { name })}
          value={download.bytes > 0 ? download.received / download.bytes : undefined}
          text={
            download.bytes > 0
              ? t("models.received", {
                  received: bytesText(download.received, i18n.language),
                  size: bytesText(download.bytes, i18n.language),
                })
              : t("models.connecting")
          }
        />
      )}
      {model.installed && models.whole === model.id && <Text role="status">{t("models.whole")}</Text>}
      {failure !== undefined && <FailureMessage failure={failure} />}
    </SettingCard>
  );
}
