// The state of a session in the list: its badge, and while it is heard the bar with the time that is left.

import { Badge, type BadgeProps, makeStyles, tokens } from "@fluentui/react-components";
import {
  CheckmarkCircleRegular,
  ClockRegular,
  ErrorCircleRegular,
  HeadphonesSoundWaveRegular,
  PauseCircleRegular,
  RecordStopRegular,
} from "@fluentui/react-icons";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { SessionRow, SessionState } from "../ipc";
import { ProgressLine } from "../kit/progress_line";
import { lengthText } from "../lib/time";
import { shareHeard } from "./milestones";

export function SessionStateCell({ row }: { row: SessionRow }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const { colour, icon } = LOOKS[row.state];
  const badge = (
    <Badge appearance={row.state === "ready" ? "ghost" : "tint"} color={colour} icon={icon} className={styles.badge}>
      {t(`sessions.state.${row.state}`)}
    </Badge>
  );
  if (row.state !== "listening" && row.state !== "paused") return badge;
  return (
    <div className={styles.progress}>
      {badge}
      <ProgressLine
        value={shareHeard(row) ?? (row.state === "paused" ? 0 : undefined)}
        label={t("sessions.progress.label", { title: row.title })}
        text={progressText(row, t)}
      />
    </div>
  );
}

/** «4 h 10 min de audio · faltan 22 min»: what there is to hear, and what is left of it. */
export function progressText(row: SessionRow, t: TFunction): string {
  const heard = lengthText(row.heard_ms);
  if (row.duration_ms === null) return t("sessions.progress.heard", { heard });
  const duration = lengthText(row.duration_ms);
  if (row.state === "paused") return t("sessions.progress.heard_of", { heard, duration });
  return `${t("sessions.progress.audio", { duration })} · ${leftText(row.left_ms, t)}`;
}

function leftText(left_ms: number | null, t: TFunction): string {
  if (left_ms === null) return t("sessions.progress.left_unknown");
  if (left_ms < 60_000) return t("sessions.progress.left_under_a_minute");
  return t("sessions.progress.left", { left: lengthText(left_ms) });
}

const LOOKS: { [state in SessionState]: { colour: BadgeProps["color"]; icon: BadgeProps["icon"] } } = {
  waiting: { colour: "subtle", icon: <ClockRegular /> },
  listening: { colour: "brand", icon: <HeadphonesSoundWaveRegular /> },
  paused: { colour: "warning", icon: <PauseCircleRegular /> },
  ready: { colour: "success", icon: <CheckmarkCircleRegular /> },
  failed: { colour: "danger", icon: <ErrorCircleRegular /> },
  cancelled: { colour: "subtle", icon: <RecordStopRegular /> },
};

const useStyles = makeStyles({
  badge: { flexShrink: 0, alignSelf: "flex-start", whiteSpace: "nowrap" },
  progress: { display: "flex", flexDirection: "column", alignItems: "stretch", gap: tokens.spacingVerticalXS },
});
