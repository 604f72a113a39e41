// The parts of a session in another order: moved by their buttons or by Alt and the arrows, kept when all are right.
import { Button, Caption1, makeStyles, Spinner, Text, tokens } from "@fluentui/react-components";
import { ArrowDownRegular, ArrowUpRegular } from "@fluentui/react-icons";
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartView, SessionRow } from "../ipc";
import { useAnnounce } from "../kit/announce";
import { ConfirmDialog } from "../kit/confirm_dialog";
import { FailureMessage } from "../kit/failure_message";
import { lengthText } from "../lib/time";
import { useParts } from "./use_parts";

type Props = { row: SessionRow; onReorder: (order: number[]) => Promise<unknown>; onClose: () => void };

export function ReorderDialog({ row, onReorder, onClose }: Props) {
  const { t } = useTranslation();
  const { parts, failure } = useParts(row.id);
  const [order, setOrder] = useState<number[] | null>(null);
  const changed = order?.some((position, place) => position !== place) ?? false;
  return (
    <ConfirmDialog
      open
      title={t("sessions.reorder.title", { title: row.title })}
      action={t("sessions.reorder.confirm")}
      onConfirm={async () => changed && order && onReorder(order)}
      onClose={onClose}
    >
      {failure !== null && <FailureMessage failure={failure} />}
      {!parts && failure === null && <Spinner size="small" label={t("sessions.split.reading")} />}
      {parts && <Parts parts={parts} order={order ?? parts.map(({ position }) => position)} onOrder={setOrder} />}
    </ConfirmDialog>
  );
}

type PartsProps = { parts: readonly PartView[]; order: readonly number[]; onOrder: (order: number[]) => void };

function Parts({ parts, order, onOrder }: PartsProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  const announce = useAnnounce();
  // A browser takes the focus from an element that is moved in the page, so the pressed button gets it back.
  const pressed = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    pressed.current?.focus();
    pressed.current = null;
  });
  const move = (place: number, by: -1 | 1, button: HTMLElement) => {
    const to = place + by;
    const [one, other] = [order[place], order[to]];
    if (one === undefined || other === undefined) return;
    pressed.current = button;
    onOrder(order.map((each, at) => (at === place ? other : at === to ? one : each)));
    announce(t("sessions.proposal.moved", { name: parts[one]?.name, number: to + 1, count: order.length }));
  };
  const onKeyDown = (event: KeyboardEvent, place: number) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(place, event.key === "ArrowUp" ? -1 : 1, event.target as HTMLElement);
  };
  return (
    <>
      <Text>{t("sessions.reorder.text")}</Text>
      <ol className={styles.list} aria-label={t("sessions.proposal.parts")}>
        {order.map((position, place) => {
          const { name = "", duration_ms = 0 } = parts[position] ?? {};
          return (
            <li key={position} className={styles.part} onKeyDown={(event) => onKeyDown(event, place)}>
              <span className={styles.words}>
                <Text className={styles.name} weight="semibold" title={name}>{`${place + 1}. ${name}`}</Text>
                <Caption1 className={styles.quiet}>{lengthText(duration_ms)}</Caption1>
              </span>
              <Button
                appearance="subtle"
                icon={<ArrowUpRegular />}
                disabledFocusable={place === 0}
                aria-label={t("sessions.proposal.move_up", { name })}
                onClick={(event) => move(place, -1, event.currentTarget)}
              />
              <Button
                appearance="subtle"
                icon={<ArrowDownRegular />}
                disabledFocusable={place === order.length - 1}
                aria-label={t("sessions.proposal.move_down", { name })}
                onClick={(event) => move(place, 1, event.currentTarget)}
              />
            </li>
          );
        })}
      </ol>
      <Caption1 className={styles.quiet}>{t("sessions.reorder.keys")}</Caption1>
    </>
  );
}

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: `${tokens.spacingVerticalS} 0`, padding: 0 },
  part: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalXS,
    paddingBlock: tokens.spacingVerticalXS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  words: { flexGrow: 1, minWidth: 0, display: "flex", flexDirection: "column" },
  name: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
});
