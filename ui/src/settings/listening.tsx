// Ajustes › when and how Astra listens: its hours, how much of the computer it takes, and what it does at the end.
import { Button, Caption1, makeStyles, Subtitle2, tokens } from "@fluentui/react-components";
import {
  AlertRegular,
  ClockRegular,
  DesktopKeyboardRegular,
  FolderArrowRightRegular,
  PlugConnectedRegular,
  PowerRegular,
  TopSpeedRegular,
  WindowArrowUpRegular,
} from "@fluentui/react-icons";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ListeningHours, type QueueChoices, useIpc } from "../ipc";
import { useSaveSettings } from "../ipc/queries";
import { useAutosave } from "../kit/autosave";
import { ChoiceCard } from "../kit/choice_card";
import { FailureMessage } from "../kit/failure_message";
import { SettingCard } from "../kit/setting_card";
import { HourField } from "../minutes/hour_field";
import type { SectionProps } from "./appearance";
import { Switched } from "./switched";

/** When an office is empty. */
const AT_NIGHT: ListeningHours = { from_minute: 18 * 60, until_minute: 6 * 60 };
const AUTOMATIC = "automatic";

export function ListeningSection({ settings, save }: SectionProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  const { queue } = settings;
  // Who switches the hours off for once finds them again.
  const hours = useRef(queue.hours ?? AT_NIGHT);
  hours.current = queue.hours ?? hours.current;
  const choose = (changed: Partial<QueueChoices>) => save({ queue: { ...queue, ...changed } });
  return (
    <>
      <Subtitle2 as="h3">{t("settings.when")}</Subtitle2>
      <Switched
        icon={<ClockRegular />}
        title={t("settings.hours")}
        hint={t("settings.hours_hint")}
        on={queue.hours !== null}
        onChange={(on) => choose({ hours: on ? hours.current : null })}
      >
        {queue.hours && <HoursFields hours={queue.hours} queue={queue} />}
      </Switched>
      <Switched
        icon={<DesktopKeyboardRegular />}
        title={t("settings.idle")}
        hint={t("settings.idle_hint")}
        on={queue.only_when_idle}
        onChange={(only_when_idle) => choose({ only_when_idle })}
      />
      <Switched
        icon={<PlugConnectedRegular />}
        title={t("settings.mains")}
        hint={t("settings.mains_hint")}
        on={queue.only_on_mains}
        onChange={(only_on_mains) => choose({ only_on_mains })}
      />
      <Subtitle2 as="h3" className={styles.group}>
        {t("settings.computer")}
      </Subtitle2>
      <Threads settings={settings} save={save} />
      <Switched
        icon={<WindowArrowUpRegular />}
        title={t("settings.tray")}
        hint={t("settings.tray_hint")}
        on={settings.keep_in_tray}
        onChange={(keep_in_tray) => save({ keep_in_tray })}
      />
      <Switched
        icon={<PowerRegular />}
        title={t("settings.login")}
        hint={t("settings.login_hint")}
        on={settings.start_at_login}
        onChange={(start_at_login) => save({ start_at_login })}
      />
      <Subtitle2 as="h3" className={styles.group}>
        {t("settings.at_the_end")}
      </Subtitle2>
      <Switched
        icon={<AlertRegular />}
        title={t("settings.notify")}
        hint={t("settings.notify_hint")}
        on={settings.notify_when_ready}
        onChange={(notify_when_ready) => save({ notify_when_ready })}
      />
      <Delivery settings={settings} save={save} />
    </>
  );
}

/** From when until when; over midnight when it ends before it begins. */
function HoursFields({ hours, queue }: { hours: ListeningHours; queue: QueueChoices }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const save = useSaveSettings();
  // The core refuses hours without a length: they stay in the fields until one of them is another.
  const autosave = useAutosave(hours, async (draft) => {
    if (draft.from_minute !== draft.until_minute) await save.mutateAsync({ queue: { ...queue, hours: draft } });
  });
  const { from_minute, until_minute } = autosave.draft;
  const field = (edge: keyof ListeningHours) => (
    <HourField
      label={t(`settings.hours_${edge}`)}
      value={hourOf(autosave.draft[edge])}
      onChange={(hour) => hour !== "" && autosave.change({ ...autosave.draft, [edge]: minuteOf(hour) })}
      onBlur={autosave.flush}
    />
  );
  return (
    <>
      <div className={styles.hours}>
        {field("from_minute")}
        {field("until_minute")}
      </div>
      <div aria-live="polite">
        {from_minute === until_minute && <Caption1 className={styles.wrong}>{t("settings.hours_same")}</Caption1>}
        {from_minute > until_minute && <Caption1 className={styles.quiet}>{t("settings.hours_overnight")}</Caption1>}
      </div>
      {autosave.failure !== null && <FailureMessage failure={autosave.failure} />}
    </>
  );
}

/** «18:00» of 1080. */
function hourOf(minute: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** The reverse of `hourOf`. */
function minuteOf(hour: string): number {
  const [hours = 0, minutes = 0] = hour.split(":").map(Number);
  return hours * 60 + minutes;
}

/** How many processors may be busy, so that the computer stays usable meanwhile. */
function Threads({ settings, save }: SectionProps) {
  const { t } = useTranslation();
  const cores = navigator.hardwareConcurrency || 4;
  const counts = [1, 2, 4, 6, 8, 12, 16].filter((count) => count <= cores || count === settings.threads);
  return (
    <ChoiceCard
      icon={<TopSpeedRegular />}
      title={t("settings.threads")}
      hint={t("settings.threads_hint")}
      value={String(settings.threads ?? AUTOMATIC)}
      options={[
        { value: AUTOMATIC, text: t("settings.threads_automatic") },
        ...counts.map((count) => ({ value: String(count), text: t("settings.threads_some", { count }) })),
      ]}
      onChoose={(chosen) => save({ threads: chosen === AUTOMATIC ? null : Number(chosen) })}
    />
  );
}

/** The folder into which the documents of every session go by themselves. */
function Delivery({ settings: { deliver_to, formats }, save }: SectionProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const [failure, setFailure] = useState<unknown>(null);
  const pick = () => {
    setFailure(null);
    ipc.folderPick("documents").then((folder) => folder && save({ deliver_to: folder }), setFailure);
  };
  const names = formats.map((format) => (format === "docx" ? "Word" : format.toUpperCase())).join(", ");
  return (
    <SettingCard
      icon={<FolderArrowRightRegular />}
      title={t("settings.deliver")}
      hint={deliver_to ?? t("settings.deliver_none")}
      control={
        <>
          {deliver_to !== null && (
            <Button aria-label={t("settings.deliver_remove_name")} onClick={() => save({ deliver_to: null })}>
              {t("settings.deliver_remove")}
            </Button>
          )}
          <Button onClick={pick}>{t("settings.folder_pick")}</Button>
        </>
      }
    >
      {deliver_to !== null && <Caption1 className={styles.quiet}>{t("settings.deliver_what", { names })}</Caption1>}
      {failure !== null && <FailureMessage failure={failure} />}
    </SettingCard>
  );
}

const useStyles = makeStyles({
  group: { marginTop: tokens.spacingVerticalM },
  hours: { display: "grid", gridTemplateColumns: "repeat(2, minmax(0, 160px))", columnGap: tokens.spacingHorizontalL },
  quiet: { color: tokens.colorNeutralForeground2 },
  wrong: { color: tokens.colorStatusDangerForeground1 },
});
