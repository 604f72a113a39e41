// Why a session of the list could not be finished or delivered: the sentence, the way on, and the details folded.

import { Button, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { ArrowClockwiseRegular, CloudArrowUpRegular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "../ipc";
import { useFailureText } from "../kit/failure_message";
import { useWhen } from "../kit/when";

type Props = {
  failure: Failure;
  tabIndex: number;
  /** When Astra tries again by itself; null when that would be of no use. */
  retryAt_ms: number | null;
  /** When somebody can let it go on. */
  onRetry: (() => void) | null;
  /** Agrees that the sound goes where it was to go. */
  onAgree: () => void;
};

/** No alert, unlike a fresh failure: it stands in the list for as long as it is true. */
export function RowFailure({ failure, tabIndex, retryAt_ms, onRetry, onAgree }: Props) {
  const { t } = useTranslation();
  // Nothing but an answer lets it go on.
  const asks = failure.code === "consent_missing";
  return (
    <Reason
      failure={failure}
      tabIndex={tabIndex}
      passes={retryAt_ms === null ? null : <Retry at_ms={retryAt_ms} />}
      action={
        onRetry !== null && (
          <Button
            icon={asks ? <CloudArrowUpRegular /> : <ArrowClockwiseRegular />}
            tabIndex={tabIndex}
            onClick={asks ? onAgree : onRetry}
          >
            {t(asks ? "server.agree_now" : retryAt_ms === null ? "sessions.row.retry" : "jobs.retry_now")}
          </Button>
        )
      }
    />
  );
}

/** Why the documents of a session that is ready are not in the folder of choice yet. */
export function RowUndelivered({ failure, tabIndex }: Pick<Props, "failure" | "tabIndex">) {
  const { t } = useTranslation();
  return <Reason failure={failure} tabIndex={tabIndex} passes={t("jobs.undelivered")} />;
}

type ReasonProps = {
  failure: Failure;
  tabIndex: number;
  /** What becomes of it by itself; null when nothing does. */
  passes: ReactNode;
  action?: ReactNode;
};

function Reason({ failure, tabIndex, passes, action }: ReasonProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  const { sentence, details } = useFailureText(failure);
  return (
    <div className={mergeClasses(styles.failure, passes !== null && styles.passing)}>
      <div className={styles.words}>
        {passes !== null && (
          <Text weight="semibold" className={styles.sentence}>
            {passes}
          </Text>
        )}
        <Text className={styles.sentence}>{sentence}</Text>
        <details className={styles.details}>
          <summary tabIndex={tabIndex} className={styles.summary}>
            {t("kit.details")}
          </summary>
          <pre className={styles.lines}>{details}</pre>
        </details>
      </div>
      {action}
    </div>
  );
}

function Retry({ at_ms }: { at_ms: number }) {
  const { t } = useTranslation();
  const when = useWhen(at_ms);
  return t("jobs.retry", { when });
}

const useStyles = makeStyles({
  failure: {
    flexGrow: 1,
    display: "flex",
    flexWrap: "wrap",
    alignItems: "flex-start",
    gap: tokens.spacingHorizontalL,
    paddingBlock: tokens.spacingVerticalS,
    paddingInline: tokens.spacingHorizontalM,
    borderLeft: `3px solid ${tokens.colorPaletteRedBorder2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorPaletteRedBackground1,
  },
  passing: {
    borderLeftColor: tokens.colorPaletteYellowBorder2,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  words: { flex: "1 1 280px", minWidth: 0 },
  sentence: { display: "block", color: tokens.colorNeutralForeground1, overflowWrap: "anywhere" },
  details: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  summary: { cursor: "pointer", width: "fit-content", marginTop: tokens.spacingVerticalXS },
  lines: {
    margin: 0,
    fontFamily: tokens.fontFamilyMonospace,
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
    userSelect: "text",
  },
});
