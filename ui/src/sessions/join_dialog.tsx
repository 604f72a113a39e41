// Asks with which session one is joined, and says what will be of both before it is done.
import { makeStyles, Radio, RadioGroup, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SessionRow } from "../ipc";
import { ConfirmDialog } from "../kit/confirm_dialog";
import { momentText } from "../lib/time";
import { neighboursOf } from "./neighbours";

type Props = {
  row: SessionRow;
  rows: readonly SessionRow[];
  onJoin: (earlier: SessionRow, later: SessionRow) => Promise<unknown>;
  onClose: () => void;
};

export function JoinDialog({ row, rows, onJoin, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  // The list may change beneath the question; what was asked stays.
  const [{ before, after }] = useState(() => neighboursOf(row, rows));
  const [side, setSide] = useState<"before" | "after">(before ? "before" : "after");
  const other = side === "before" ? before : after;
  const [earlier, later] = side === "before" ? [before, row] : [row, after];
  return (
    <ConfirmDialog
      open
      title={t("sessions.join.title", { title: row.title })}
      action={other ? t("sessions.join.confirm") : t("kit.close")}
      onConfirm={async () => earlier && later && onJoin(earlier, later)}
      onClose={onClose}
    >
      {!other && <Text>{t("sessions.join.none")}</Text>}
      {earlier && later && (
        <div className={styles.body}>
          <RadioGroup
            aria-label={t("sessions.join.which")}
            value={side}
            onChange={(_, { value }) => setSide(value === "after" ? "after" : "before")}
          >
            {before && <Radio value="before" label={labelOf("before", before)} />}
            {after && <Radio value="after" label={labelOf("after", after)} />}
          </RadioGroup>
          <Text>{t("sessions.join.kept", { earlier: earlier.title, later: later.title })}</Text>
          <Text>{t("sessions.join.record", { earlier: earlier.title, later: later.title })}</Text>
          <Text>{t("sessions.join.no_undo")}</Text>
        </div>
      )}
    </ConfirmDialog>
  );

  function labelOf(side: "before" | "after", { title, held_at_ms }: SessionRow): string {
    return t(`sessions.join.${side}`, { title, date: momentText(held_at_ms, i18n.language) });
  }
}

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, overflowWrap: "anywhere" },
});
