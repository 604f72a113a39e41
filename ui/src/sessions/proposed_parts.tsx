// The proposed recordings: in order, to be moved by their buttons or dragged, each to be taken off the list.

import { Button, Link, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { ArrowDownRegular, ArrowUpRegular, DismissRegular, ReOrderDotsVerticalRegular } from "@fluentui/react-icons";
import { type PointerEvent, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProposedPart, SessionId } from "../ipc";
import { useAnnounce } from "../kit/announce";
import { bytesText, lengthText, momentText } from "../lib/time";

type Props = {
  parts: ProposedPart[];
  /** Whether their order means something. */
  ordered: boolean;
  onMove: (from: number, to: number) => void;
  onRemove: (source: string) => void;
  onOpenKnown: (session: SessionId) => void;
};

export function ProposedParts({ parts, ordered, onMove, onRemove, onOpenKnown }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const announce = useAnnounce();
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  // A browser takes the focus from an element that is moved in the page, so the pressed button gets it back.
  const pressed = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    pressed.current?.focus();
    pressed.current = null;
  });

  const move = (from: number, to: number, button?: HTMLElement) => {
    const part = parts[from];
    if (part === undefined || to < 0 || to >= parts.length || from === to) return;
    pressed.current = button ?? null;
    onMove(from, to);
    announce(t("sessions.proposal.moved", { name: part.name, number: to + 1, count: parts.length }));
  };
  const remove = (part: ProposedPart) => {
    onRemove(part.source);
    announce(t("sessions.proposal.removed", { name: part.name }));
  };
  // Pointer events, because the window's own drop of files takes the page's drag and drop away on Windows.
  const onPointerMove = (event: PointerEvent) => {
    const from = parts.findIndex((part) => part.source === dragged);
    if (from >= 0) move(from, positionAt(list.current, event.clientY));
  };

  return (
    <ol ref={list} className={styles.list}>
      {parts.map((part, position) => (
        <li key={part.source} className={mergeClasses(styles.part, part.source === dragged && styles.dragged)}>
          {ordered && (
            <span
              className={styles.handle}
              title={t("sessions.proposal.drag")}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                setDragged(part.source);
              }}
              onPointerMove={onPointerMove}
              onPointerUp={() => setDragged(null)}
              onPointerCancel={() => setDragged(null)}
            >
              <ReOrderDotsVerticalRegular />
            </span>
          )}
          <div className={styles.words}>
            <Text weight="semibold" className={styles.name}>
              {ordered && <span className={styles.number}>{`${position + 1}.`}</span>} {part.name}
            </Text>
            <PartFacts part={part} />
            {part.known !== null && (
              <Text size={200}>
                {t("sessions.proposal.known")}{" "}
                <Link as="button" onClick={() => part.known !== null && onOpenKnown(part.known)}>
                  {t("sessions.proposal.open_known")}
                </Link>
              </Text>
            )}
          </div>
          {ordered && (
            <>
              <Button
                appearance="subtle"
                icon={<ArrowUpRegular />}
                disabledFocusable={position === 0}
                aria-label={t("sessions.proposal.move_up", { name: part.name })}
                onClick={(event) => move(position, position - 1, event.currentTarget)}
              />
              <Button
                appearance="subtle"
                icon={<ArrowDownRegular />}
                disabledFocusable={position === parts.length - 1}
                aria-label={t("sessions.proposal.move_down", { name: part.name })}
                onClick={(event) => move(position, position + 1, event.currentTarget)}
              />
            </>
          )}
          {parts.length > 1 && (
            <Button
              appearance="subtle"
              icon={<DismissRegular />}
              aria-label={t("sessions.proposal.remove", { name: part.name })}
              onClick={() => remove(part)}
            />
          )}
        </li>
      ))}
    </ol>
  );
}

function PartFacts({ part }: { part: ProposedPart }) {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const facts = [
    part.duration_ms === null ? t("sessions.proposal.duration_unknown") : lengthText(part.duration_ms),
    part.started_at_ms !== null &&
      t("sessions.proposal.recorded_at", { date: momentText(part.started_at_ms, i18n.language) }),
    part.bytes !== null && bytesText(part.bytes, i18n.language),
  ];
  return (
    <Text size={200} className={styles.facts}>
      {facts.filter(Boolean).join(" · ")}
    </Text>
  );
}

/** The position in the list at a height of the window: that of the first part whose lower edge lies below it. */
function positionAt(list: HTMLElement | null, y: number): number {
  const items = [...(list?.children ?? [])];
  const position = items.findIndex((item) => y < item.getBoundingClientRect().bottom);
  return position < 0 ? items.length - 1 : position;
}

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  part: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    paddingBlock: tokens.spacingVerticalS,
    paddingInline: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalXS,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  dragged: { boxShadow: tokens.shadow8, backgroundColor: tokens.colorBrandBackground2 },
  handle: {
    display: "flex",
    fontSize: "20px",
    color: tokens.colorNeutralForeground3,
    cursor: "grab",
    touchAction: "none",
  },
  words: { flexGrow: 1, minWidth: 0, display: "flex", flexDirection: "column" },
  name: { overflowWrap: "anywhere" },
  number: { color: tokens.colorNeutralForeground2 },
  facts: { color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" },
});
