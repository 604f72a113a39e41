// Why a session of the list could not be finished: the sentence, the way on, and the technical details folded.

import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { ArrowClockwiseRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import type { Failure } from "../ipc";
import { useFailureText } from "../kit/failure_message";

/** No alert, unlike a fresh failure: it stands in the list for as long as it is true. `onRetry` when it can go on. */
export function RowFailure({
  failure,
  tabIndex,
  onRetry,
}: {
  failure: Failure;
  tabIndex: number;
  onRetry: (() => void) | null;
}) {
  const { t } = useTranslation();
  const styles = useStyles();
  const { sentence, details } = useFailureText(failure);
  return (
    <div className={styles.failure}>
      <div className={styles.words}>
        <Text className={styles.sentence}>{sentence}</Text>
        <details className={styles.details}>
          <summary tabIndex={tabIndex} className={styles.summary}>
            {t("kit.details")}
          </summary>
          <pre className={styles.lines}>{details}</pre>
        </details>
      </div>
      {onRetry !== null && (
        <Button icon={<ArrowClockwiseRegular />} tabIndex={tabIndex} onClick={onRetry}>
          {t("sessions.row.retry")}
        </Button>
      )}
    </div>
  );
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
