// Asks from which part on a session becomes another one, and says what will be of both before it is done.
import { makeStyles, Radio, RadioGroup, Spinner, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartView, SessionRow } from "../ipc";
import { ConfirmDialog } from "../kit/confirm_dialog";
import { FailureMessage } from "../kit/failure_message";
import { lengthText } from "../lib/time";
import { useParts } from "./use_parts";

type Props = { row: SessionRow; onSplit: (position: number) => Promise<unknown>; onClose: () => void };

export function SplitDialog({ row, onSplit, onClose }: Props) {
  const { t } = useTranslation();
  const { parts, failure } = useParts(row.id);
  const [position, setPosition] = useState(1);
  return (
    <ConfirmDialog
      open
      title={t("sessions.split.title", { title: row.title })}
      action={t("sessions.split.confirm")}
      onConfirm={async () => parts && onSplit(position)}
      onClose={onClose}
    >
      {failure !== null && <FailureMessage failure={failure} />}
      {!parts && failure === null && <Spinner size="small" label={t("sessions.split.reading")} />}
      {parts && <FromWhere row={row} parts={parts} position={position} onPosition={setPosition} />}
    </ConfirmDialog>
  );
}

type FromWhereProps = {
  row: SessionRow;
  parts: readonly PartView[];
  position: number;
  onPosition: (position: number) => void;
};

function FromWhere({ row, parts, position, onPosition }: FromWhereProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  return (
    <div className={styles.body}>
      <RadioGroup
        aria-label={t("sessions.split.from")}
        value={String(position)}
        onChange={(_, { value }) => onPosition(Number(value))}
      >
        {parts.slice(1).map(({ position, name, duration_ms }) => (
          <Radio
            key={position}
            value={String(position)}
            label={t("sessions.split.part", { number: position + 1, name, duration: lengthText(duration_ms) })}
          />
        ))}
      </RadioGroup>
      <Text>
        {t("sessions.split.kept", {
          title: row.title,
          kept: t("sessions.parts", { count: position }),
          moved: t("sessions.parts", { count: parts.length - position }),
        })}
      </Text>
      <Text>{t("sessions.split.record")}</Text>
      <Text>{t("sessions.split.no_undo")}</Text>
    </div>
  );
}

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, overflowWrap: "anywhere" },
});
