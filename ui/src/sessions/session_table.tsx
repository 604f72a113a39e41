// The list as a grid that is read and worked by keyboard, of which only the rows in sight exist.

import { makeStyles, mergeClasses, Table, TableBody, tokens } from "@fluentui/react-components";
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { JobId, SessionId, SessionRow } from "../ipc";
import { combinationOf } from "../lib/shortcuts";
import { ColumnHeadings } from "./column_headings";
import { COLUMN_COUNT } from "./columns";
import type { Column, Sort } from "./order";
import { MOVE_KEYS, MOVES, placeOf } from "./queue_moves";
import type { OnAction } from "./row_actions";
import { SessionLine } from "./session_line";
import { type MenuPlace, SessionMenu } from "./session_menu";

const ROW_HEIGHT_PX = 64;
const PAGE_ROWS = 10;

type Props = {
  rows: SessionRow[];
  /** The jobs that wait, in the order in which they will be heard. */
  waiting: readonly JobId[];
  sort: Sort;
  onSort: (column: Column) => void;
  onAction: OnAction;
  onRename: (session: SessionId, title: string) => void;
  /** As high as its rows, for a list so short that something stands below it. */
  short?: boolean;
};

/**
 * The rows in the order given. Arrows move, Enter opens, F2 renames, Delete asks, the menu key shows all actions, and
 * Alt with the arrows moves a waiting session in the queue.
 */
export function SessionTable({ rows, waiting, sort, onSort, onAction, onRename, short = false }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const scroller = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<SessionId | null>(null);
  const [renaming, setRenaming] = useState<SessionId | null>(null);
  const [menu, setMenu] = useState<{ row: SessionRow; place: MenuPlace } | null>(null);
  const active = useActivePosition(rows, activeId);
  const focusWanted = useRef(false);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    getItemKey: (position) => rows[position]?.id ?? position,
    overscan: 6,
    // The row with the keyboard's focus stays in the page wherever the list is scrolled to, or the focus would be lost.
    rangeExtractor: useCallback(
      (range: Range) =>
        [...new Set([...defaultRangeExtractor(range), active])]
          .filter((position) => position >= 0)
          .sort((a, b) => a - b),
      [active],
    ),
  });

  const focusRow = (position: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, position))];
    if (row === undefined) return;
    focusWanted.current = true;
    setActiveId(row.id);
    virtualizer.scrollToIndex(rows.indexOf(row));
    lineOf(scroller.current, row.id)?.focus();
  };

  // A row that was out of sight exists only after this render; a deleted one hands the focus to its neighbour. Where a
  // title is typed its field has the focus: losing it would end the typing.
  useLayoutEffect(() => {
    const row = rows[active];
    if (row === undefined) return;
    const lost = activeId !== null && row.id !== activeId && document.activeElement === document.body;
    const wanted = focusWanted.current && row.id !== renaming;
    if (wanted || lost) lineOf(scroller.current, row.id)?.focus({ preventScroll: true });
    focusWanted.current = false;
  });

  const act: OnAction = useCallback(
    (action, row) => {
      if (action === "rename") setRenaming(row.id);
      else onAction(action, row);
    },
    [onAction],
  );
  const finishRename = useCallback(
    (row: SessionRow, title: string | null) => {
      setRenaming(null);
      focusWanted.current = true;
      if (title !== null && title !== row.title) onRename(row.id, title);
    },
    [onRename],
  );
  const showMenu = useCallback((row: SessionRow, place: MenuPlace) => {
    setActiveId(row.id);
    setMenu({ row, place });
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active];
    // Keys pressed in a field or on a button of the row are theirs; only those of the row itself move through the list.
    if (row === undefined || (event.target as HTMLElement).role !== "row") return;
    const keys = combinationOf(event.nativeEvent);
    const inQueue = MOVES.find((move) => MOVE_KEYS[move] === keys);
    const move = movement(event, active, rows.length);
    if (inQueue !== undefined) act(inQueue, row);
    else if (move !== null) focusRow(move);
    else if (event.key === "Enter") act("open", row);
    else if (event.key === "F2") act("rename", row);
    else if (event.key === "Delete") act("delete", row);
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      const line = event.target as HTMLElement;
      showMenu(row, line.querySelector("button[aria-haspopup]") ?? line);
    } else return;
    event.preventDefault();
  };

  return (
    <div ref={scroller} className={mergeClasses(styles.scroller, short && styles.short)}>
      <Table
        noNativeElements
        role="grid"
        className={styles.grid}
        aria-label={t("sessions.title")}
        aria-rowcount={rows.length + 1}
        aria-colcount={COLUMN_COUNT}
        onKeyDown={onKeyDown}
      >
        <ColumnHeadings sort={sort} onSort={onSort} />
        <TableBody className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <SessionLine
                key={row.id}
                row={row}
                place={placeOf(row.job, waiting)}
                position={item.index}
                top_px={item.start}
                active={item.index === active}
                renaming={row.id === renaming}
                measure={virtualizer.measureElement}
                onFocus={setActiveId}
                onAction={act}
                onRenamed={finishRename}
                onMenu={showMenu}
              />
            );
          })}
        </TableBody>
      </Table>
      {menu !== null && (
        <SessionMenu
          row={rows.find((row) => row.id === menu.row.id) ?? menu.row}
          waiting={waiting}
          place={menu.place}
          onAction={act}
          onClose={() => {
            setMenu(null);
            focusWanted.current = true;
          }}
        />
      )}
    </div>
  );
}

/** Where the active row stands; when it is gone, the row that took its place. */
function useActivePosition(rows: SessionRow[], activeId: SessionId | null): number {
  const last = useRef(0);
  const found = rows.findIndex((row) => row.id === activeId);
  const position = found >= 0 ? found : Math.min(last.current, rows.length - 1);
  useLayoutEffect(() => {
    last.current = Math.max(0, position);
  }, [position]);
  return position;
}

/** Where a key leads to, or null when it is no key of movement. */
function movement(event: KeyboardEvent, from: number, count: number): number | null {
  switch (event.key) {
    case "ArrowDown":
      return from + 1;
    case "ArrowUp":
      return from - 1;
    case "PageDown":
      return from + PAGE_ROWS;
    case "PageUp":
      return from - PAGE_ROWS;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

function lineOf(scroller: HTMLElement | null, session: SessionId): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-session="${CSS.escape(session)}"]`) ?? null;
}

const useStyles = makeStyles({
  // Three rows at least: in a small window the page scrolls instead.
  scroller: { flexGrow: 1, minHeight: "192px", overflowY: "auto", scrollbarGutter: "stable" },
  short: { flexGrow: 0, flexShrink: 0, overflowY: "visible" },
  // The rows lie out of the flow, where the virtualizer places them.
  grid: { display: "block" },
  rows: { display: "block", position: "relative", borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
});
