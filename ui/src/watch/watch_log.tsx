// The log of the watched folders: what was seen, waited for, joined or skipped and why, the newest first.
import { Body1, Button, Caption1, makeStyles, mergeClasses, Subtitle2, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { LogLine } from "../ipc";
import { FailureMessage } from "../kit/failure_message";
import { LongList } from "../kit/long_list";
import { fileName } from "../lib/paths";
import { momentText } from "../lib/time";
import { HAPPENINGS } from "./happenings";
import { useLineSentence } from "./use_line_sentence";
import { useWatchLog } from "./watch_queries";

const useStyles = makeStyles({
  head: { marginTop: tokens.spacingVerticalL },
  hint: { color: tokens.colorNeutralForeground2 },
  list: {
    display: "flex",
    flexDirection: "column",
    height: "min(60vh, 480px)",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflow: "hidden",
  },
  line: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  icon: { fontSize: "20px", lineHeight: 0 },
  words: { flex: "1 1 200px", minWidth: 0, display: "flex", flexDirection: "column", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground3 },
  good: { color: tokens.colorStatusSuccessForeground1 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  asking: { color: tokens.colorBrandForeground1 },
});

const ESTIMATE_PX = 57;
const keyOf = ({ id }: LogLine) => String(id);

export function WatchLog() {
  const { t } = useTranslation();
  const styles = useStyles();
  const { lines, error, readOn } = useWatchLog();
  const [focused, setFocused] = useState<number | null>(null);
  return (
    <>
      <div className={styles.head}>
        <Subtitle2 as="h3" block>
          {t("watched.log")}
        </Subtitle2>
        <Caption1 className={styles.hint}>
          {lines?.length === 0 ? t("watched.log_empty") : t("watched.log_hint")}
        </Caption1>
      </div>
      {error && <FailureMessage failure={error} />}
      {lines !== undefined && lines.length > 0 && (
        <div className={styles.list}>
          <LongList
            items={lines}
            keyOf={keyOf}
            estimate={() => ESTIMATE_PX}
            label={t("watched.log")}
            kept={focused === null ? undefined : lines.findIndex(({ id }) => id === focused)}
            onEnd={readOn}
            reachable
          >
            {(line) => <Line line={line} onFocus={setFocused} />}
          </LongList>
        </div>
      )}
    </>
  );
}

function Line({ line, onFocus }: { line: LogLine; onFocus: (id: number | null) => void }) {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const [, go] = useLocation();
  const sentenceOf = useLineSentence();
  const { icon, tone } = HAPPENINGS[line.what];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the line with the focus must not be scrolled out of the page
    <div className={styles.line} onFocus={() => onFocus(line.id)} onBlur={() => onFocus(null)}>
      <span className={mergeClasses(styles.icon, styles[tone])} aria-hidden>
        {icon}
      </span>
      <div className={styles.words}>
        <Body1 title={line.path || undefined}>{sentenceOf(line)}</Body1>
        <Caption1 className={styles.hint}>
          {`${t(`watched.what_${line.what}`)} · ${momentText(line.at_ms, i18n.language)}`}
        </Caption1>
      </div>
      {line.session !== null && (
        <Button
          size="small"
          aria-label={t("watched.open_session_of", { name: fileName(line.path) })}
          onClick={() => go(`/sessions/${line.session}`)}
        >
          {t("watched.open_session")}
        </Button>
      )}
    </div>
  );
}
