// One session in the list: when, what, how long, how far it is, how many passages remain, and what can be done.

import {
  Badge,
  Button,
  Input,
  makeStyles,
  mergeClasses,
  TableCell,
  TableRow,
  tokens,
} from "@fluentui/react-components";
import { MoreHorizontalRegular } from "@fluentui/react-icons";
import { type MouseEvent, memo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { SessionId, SessionRow } from "../ipc";
import { POINTED } from "../kit/theme";
import { dateText, lengthText } from "../lib/time";
import { NARROW, useColumnStyles } from "./columns";
import { nextActionOf, type OnAction } from "./row_actions";
import { RowFailure, RowUndelivered } from "./row_failure";
import { ACTION_ICONS, type MenuPlace } from "./session_menu";
import { SessionStateCell } from "./session_state";

type Props = {
  row: SessionRow;
  /** Its place in the queue, from 1, while it waits. */
  place: number | null;
  /** Its place in the list, from 0, and in the scrolled space. */
  position: number;
  top_px: number;
  /** Whether Tab comes to this row. */
  active: boolean;
  renaming: boolean;
  measure: (element: HTMLElement | null) => void;
  onFocus: (session: SessionId) => void;
  onAction: OnAction;
  /** The new title, or null when it stays. */
  onRenamed: (row: SessionRow, title: string | null) => void;
  onMenu: (row: SessionRow, place: MenuPlace) => void;
};

/** Drawn again only when its own session changes, while others are being heard. */
export const SessionLine = memo(function SessionLine(props: Props) {
  const { row, place, position, top_px, active, renaming, measure, onFocus, onAction, onRenamed, onMenu } = props;
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const columns = useColumnStyles();
  const next = nextActionOf(row);
  const tabIndex = active ? 0 : -1;

  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault();
    const { clientX: x, clientY: y } = event;
    onMenu(row, { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) });
  };
  const onClick = (event: MouseEvent) => {
    if (!(event.target as HTMLElement).closest("button, input, details")) onAction("open", row);
  };

  return (
    <TableRow
      ref={measure}
      data-index={position}
      data-session={row.id}
      aria-rowindex={position + 2}
      tabIndex={tabIndex}
      className={mergeClasses(columns.line, styles.line)}
      style={{ transform: `translateY(${top_px}px)` }}
      onFocus={() => onFocus(row.id)}
      onClick={onClick}
      onContextMenu={onContextMenu}
    >
      <TableCell role="gridcell" aria-colindex={1} className={mergeClasses(columns.held_at, styles.quiet, styles.date)}>
        {dateText(row.held_at_ms, i18n.language, "short")}
      </TableCell>
      <TableCell role="gridcell" aria-colindex={2} className={columns.title}>
        {renaming ? (
          <TitleField row={row} onRenamed={onRenamed} />
        ) : (
          <div className={styles.title} title={row.title}>
            {row.title}
          </div>
        )}
        <TitleNotes row={row} />
      </TableCell>
      <TableCell role="gridcell" aria-colindex={3} className={mergeClasses(columns.duration, styles.quiet)}>
        {row.duration_ms === null ? t("sessions.duration_unknown") : lengthText(row.duration_ms)}
      </TableCell>
      <TableCell role="gridcell" aria-colindex={4} className={columns.state}>
        <SessionStateCell row={row} place={place} />
      </TableCell>
      <TableCell role="gridcell" aria-colindex={5} className={columns.doubts}>
        <Doubts count={row.doubts} />
      </TableCell>
      <TableCell role="gridcell" aria-colindex={6} className={mergeClasses(columns.actions, styles.actions)}>
        {next !== null && next !== "retry" && (
          <Button
            appearance="subtle"
            icon={ACTION_ICONS[next]}
            tabIndex={tabIndex}
            title={t(`sessions.row.${next}`)}
            aria-label={`${t(`sessions.row.${next}`)}: ${row.title}`}
            onClick={() => onAction(next, row)}
          />
        )}
        <Button
          appearance="subtle"
          icon={<MoreHorizontalRegular />}
          tabIndex={tabIndex}
          aria-haspopup="menu"
          aria-label={t("sessions.row.menu", { title: row.title })}
          onClick={(event) => onMenu(row, event.currentTarget)}
        />
      </TableCell>
      {row.failure !== null && (
        <TableCell role="gridcell" aria-colindex={2} aria-colspan={4} className={styles.failure}>
          <RowFailure
            failure={row.failure}
            retryAt_ms={row.retry_at_ms}
            tabIndex={tabIndex}
            onRetry={next === "retry" ? () => onAction("retry", row) : null}
            onAgree={() => onAction("agree", row)}
          />
        </TableCell>
      )}
      {row.failure === null && row.undelivered !== null && (
        <TableCell role="gridcell" aria-colindex={2} aria-colspan={4} className={styles.failure}>
          <RowUndelivered failure={row.undelivered} tabIndex={tabIndex} />
        </TableCell>
      )}
    </TableRow>
  );
});

function TitleField({ row, onRenamed }: Pick<Props, "row" | "onRenamed">) {
  const { t } = useTranslation();
  const styles = useStyles();
  // Escape takes the field away, and losing the focus by that must not save what was typed.
  const finished = useRef(false);
  const finish = (title: string | null) => {
    if (finished.current) return;
    finished.current = true;
    onRenamed(row, title === null || title.trim() === "" ? null : title.trim());
  };
  return (
    <Input
      className={styles.field}
      defaultValue={row.title}
      aria-label={t("sessions.row.title_field")}
      ref={focusAndSelect}
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish(event.currentTarget.value);
        else if (event.key === "Escape") finish(null);
        else return;
        // Or the list would take the same key as «open this session».
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}

function TitleNotes({ row }: { row: SessionRow }) {
  const { t } = useTranslation();
  const styles = useStyles();
  if (!row.sample && row.recordings < 2) return null;
  return (
    <div className={styles.notes}>
      {row.sample && (
        <Badge appearance="outline" color="informative">
          {t("sessions.sample.badge")}
        </Badge>
      )}
      {row.recordings > 1 && <span>{t("sessions.parts", { count: row.recordings })}</span>}
    </div>
  );
}

function Doubts({ count }: { count: number }) {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  if (count === 0) return <span className={mergeClasses(styles.quiet, styles.wide)}>{t("sessions.no_doubts")}</span>;
  const sentence = t("sessions.doubts", { count });
  return (
    <Badge appearance="tint" color="warning" title={sentence} aria-label={sentence} role="img">
      <span className={styles.wide}>{count.toLocaleString(i18n.language)}</span>
      <span className={styles.stacked}>{sentence}</span>
    </Badge>
  );
}

/** Not `autoFocus`: the field appears on a key press, and its whole text is to be typed over. */
function focusAndSelect(field: HTMLInputElement | null) {
  field?.focus();
  field?.select();
}

const useStyles = makeStyles({
  line: {
    position: "absolute",
    minHeight: "64px",
    paddingBlock: tokens.spacingVerticalS,
    top: 0,
    insetInline: 0,
    cursor: "pointer",
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    outlineStyle: "none",
    "&:hover": { backgroundColor: POINTED, color: tokens.colorNeutralForeground1 },
    "&:active": { backgroundColor: POINTED, color: tokens.colorNeutralForeground1 },
    "&:focus-visible": {
      outline: `2px solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: "-2px",
      backgroundColor: POINTED,
    },
  },
  date: { whiteSpace: "nowrap" },
  // A number alone needs the heading above it, which stacked rows lack.
  wide: { [NARROW]: { display: "none" } },
  stacked: { display: "none", [NARROW]: { display: "inline" } },
  quiet: { color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" },
  title: {
    fontWeight: tokens.fontWeightSemibold,
    overflow: "hidden",
    overflowWrap: "anywhere",
    display: "-webkit-box",
    WebkitBoxOrient: "vertical",
    WebkitLineClamp: 2,
  },
  field: { width: "100%" },
  notes: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    marginTop: tokens.spacingVerticalXXS,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  actions: { display: "flex", justifyContent: "flex-end", gap: tokens.spacingHorizontalXXS },
  failure: {
    gridColumn: "2 / -1",
    // As wide as the line, never as wide as a long path in the sentence.
    minWidth: 0,
    padding: 0,
    marginTop: tokens.spacingVerticalS,
    [NARROW]: { gridColumn: "1 / -1" },
  },
});
