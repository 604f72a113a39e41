// The state of a session in the list: its badge, and while it is heard the bar with the time that is left.

import { Badge, type BadgeProps, Caption1, makeStyles, tokens } from "@fluentui/react-components";
import {
  ArrowClockwiseRegular,
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

/** `place`: where it stands in the queue, from 1, while it waits. */
export function SessionStateCell({ row, place }: { row: SessionRow; place: number | null }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const retrying = row.state === "failed" && row.retry_at_ms !== null;
  const { colour, icon } = LOOKS[retrying ? "retrying" : row.state];
  const underWay = row.state === "listening" || row.state === "paused" || (row.state === "waiting" && row.heard_ms > 0);
  const badge = (
    <Badge appearance={row.state === "ready" ? "ghost" : "tint"} color={colour} icon={icon} className={styles.badge}>
      {retrying ? t("jobs.retrying") : t(`sessions.state.${row.state}`)}
    </Badge>
  );
  return (
    <div className={styles.progress}>
      <div className={styles.line}>
        {badge}
        {row.state === "waiting" && place !== null && (
          <Caption1 className={styles.place}>{t("jobs.place", { place })}</Caption1>
        )}
      </div>
      {underWay && (
        <ProgressLine
          value={shareHeard(row) ?? (row.state === "listening" ? undefined : 0)}
          label={t("sessions.progress.label", { title: row.title })}
          text={progressText(row, t)}
        />
      )}
    </div>
  );
}

/** «4 h 10 min de audio · faltan 22 min»: what there is to hear, and what is left of it. */
export function progressText(row: SessionRow, t: TFunction): string {
  const heard = lengthText(row.heard_ms);
  if (row.duration_ms === null) return t("sessions.progress.heard", { heard });
  const duration = lengthText(row.duration_ms);
  if (row.state !== "listening") return t("sessions.progress.heard_of", { heard, duration });
  return `${t("sessions.progress.audio", { duration })} · ${leftText(row.left_ms, t)}`;
}

function leftText(left_ms: number | null, t: TFunction): string {
  if (left_ms === null) return t("sessions.progress.left_unknown");
  if (left_ms < 60_000) return t("sessions.progress.left_under_a_minute");
  return t("sessions.progress.left", { left: lengthText(left_ms) });
}

const LOOKS: { [state in SessionState | "retrying"]: { colour: BadgeProps["color"]; icon: BadgeProps["icon"] } } = {
  waiting: { colour: "subtle", icon: <ClockRegular /> },
  listening: { colour: "brand", icon: <HeadphonesSoundWaveRegular /> },
  paused: { colour: "warning", icon: <PauseCircleRegular /> },
  ready: { colour: "success", icon: <CheckmarkCircleRegular /> },
  failed: { colour: "danger", icon: <ErrorCircleRegular /> },
  retrying: { colour: "warning", icon: <ArrowClockwiseRegular /> },
  cancelled: { colour: "subtle", icon: <RecordStopRegular /> },
};

const useStyles = makeStyles({
  badge: { flexShrink: 0, whiteSpace: "nowrap" },
  place: { color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: tokens.spacingHorizontalS },
  progress: { display: "flex", flexDirection: "column", alignItems: "stretch", gap: tokens.spacingVerticalXS },
});
