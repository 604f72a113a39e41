// One quiet line above the sessions, only while something keeps those that wait from being heard: what, and the way on.
import { Link, makeStyles, Text, tokens } from "@fluentui/react-components";
import { BatteryChargeRegular, ClockRegular, DesktopKeyboardRegular, PauseCircleRegular } from "@fluentui/react-icons";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { Hold, Queue } from "../ipc";
import { useQueue } from "../ipc/queries";
import { FailureMessage } from "../kit/failure_message";
import { useWhen } from "../kit/when";
import { usePausing, usePausingFailure } from "./use_pausing";

export function QueueLine() {
  const { data: queue, error } = useQueue();
  const failure = usePausingFailure() ?? error;
  return (
    <>
      {failure !== null && <FailureMessage failure={failure} />}
      {queue?.holding && speaks(queue) && <Line hold={queue.holding} waiting={queue.waiting.length} />}
    </>
  );
}

/** Who paused everything must see it before the next recording comes; of the rest only those that wait are news. */
function speaks({ holding, waiting }: Queue): boolean {
  return holding?.reason === "paused" || waiting.length > 0;
}

function Line({ hold, waiting }: { hold: Hold; waiting: number }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const pausing = usePausing();
  const [, go] = useLocation();
  const goOn = async () => {
    // The button goes with the line.
    document.querySelector<HTMLElement>("h1[tabindex]")?.focus();
    await pausing(false);
  };
  return (
    <section className={styles.line} aria-label={t("jobs.queue")}>
      <span className={styles.icon} aria-hidden>
        {ICONS[hold.reason]}
      </span>
      <Text>
        {hold.reason === "outside_hours" ? <UntilThen at_ms={hold.until_ms} /> : t(`jobs.${hold.reason}`)}
        {waiting > 0 && <span className={styles.quiet}> · {t("jobs.waiting", { count: waiting })}</span>}
      </Text>
      <Link as="button" onClick={hold.reason === "paused" ? goOn : () => go("/settings/listening")}>
        {t(hold.reason === "paused" ? "jobs.go_on" : "jobs.change")}
      </Link>
    </section>
  );
}

function UntilThen({ at_ms }: { at_ms: number }) {
  const { t } = useTranslation();
  const when = useWhen(at_ms);
  return t("jobs.outside_hours", { when });
}

const ICONS: { [reason in Hold["reason"]]: ReactElement } = {
  paused: <PauseCircleRegular />,
  outside_hours: <ClockRegular />,
  in_use: <DesktopKeyboardRegular />,
  on_battery: <BatteryChargeRegular />,
};

const useStyles = makeStyles({
  line: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    flexShrink: 0,
    minHeight: "32px",
    margin: `0 ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalM}`,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  icon: { fontSize: "20px", lineHeight: 0, color: tokens.colorNeutralForeground2 },
  quiet: { color: tokens.colorNeutralForeground2 },
});
