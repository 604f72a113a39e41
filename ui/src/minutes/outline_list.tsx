// The rows of the outline as a tree that is walked with the arrows, of which only what is on screen exists. The tree
// itself has the focus and tells which row is meant, so that a row that goes takes no focus with it.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { OpenMinutes } from "../ipc";
import { type Deed, OutlineRowView } from "./outline_row";
import type { OutlineRow } from "./outline_rows";

/** About how high a row is, px. */
const ROW_PX = 64;
const PAGE_ROWS = 8;

type Props = {
  rows: readonly OutlineRow[];
  minutes: OpenMinutes;
  selected: string | null;
  onSelect: (key: string) => void;
  onDeed: (deed: Deed, row: OutlineRow) => void;
  /** Whether the keys are meant for it as soon as it is there. */
  takesFocus: boolean;
};

export function OutlineList({ rows, minutes, selected, onSelect, onDeed, takesFocus }: Props) {
  const { t } = useTranslation();
  const tree = useRef<HTMLDivElement>(null);
  const place = rows.findIndex(({ key }) => key === selected);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => tree.current,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    estimateSize: () => ROW_PX,
    overscan: 4,
    useFlushSync: false,
    initialRect: { width: 380, height: 600 },
  });
  useEffect(() => {
    if (takesFocus) tree.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  useEffect(() => {
    if (place >= 0) virtualizer.scrollToIndex(place, { align: "auto" });
  }, [place, virtualizer]);

  const walk = (target: number) => {
    const row = rows[Math.min(Math.max(0, target), rows.length - 1)];
    if (row) onSelect(row.key);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const onButton = event.target !== tree.current;
    const row = rows[place];
    const deed = deedOf(event.key);
    if (event.key in STEPS) walk(place + (STEPS[event.key] ?? 0));
    else if (event.key === "Home") walk(0);
    else if (event.key === "End") walk(rows.length - 1);
    // On a button of the row Enter and the space bar press it.
    else if (deed && row && !(onButton && (event.key === "Enter" || event.key === " "))) onDeed(deed, row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const shown = virtualizer.getVirtualItems();
  const active = shown.find(({ index }) => index === place);
  return (
    <div
      ref={tree}
      role="tree"
      className="outline-list"
      tabIndex={0}
      aria-label={t("outline.label")}
      aria-activedescendant={active && rowId(active.index)}
      onKeyDown={onKeyDown}
    >
      <div role="none" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        <div role="none" style={{ transform: `translateY(${shown[0]?.start ?? 0}px)` }}>
          {shown.map(({ index, key }) => {
            const row = rows[index] as OutlineRow;
            const isSelected = index === place;
            return (
              // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names the row.
              // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys.
              <div
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                id={rowId(index)}
                role="treeitem"
                aria-level={row.level}
                aria-setsize={rows.length}
                aria-posinset={index + 1}
                aria-selected={isSelected}
                className="outline-row"
                data-kind={kindOf(row)}
                onClick={() => {
                  onSelect(row.key);
                  tree.current?.focus({ preventScroll: true });
                }}
                onDoubleClick={() => onDeed("edit", row)}
              >
                <OutlineRowView
                  row={row}
                  minutes={minutes}
                  selected={isSelected}
                  onDeed={(deed) => {
                    onSelect(row.key);
                    tree.current?.focus({ preventScroll: true });
                    onDeed(deed, row);
                  }}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

const STEPS: { [key: string]: number } = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE_ROWS, PageUp: -PAGE_ROWS };

function deedOf(key: string): Deed | null {
  switch (key) {
    case "Enter":
      return "open";
    case "F2":
    case "e":
    case "E":
      return "edit";
    case "Delete":
      return "remove";
    case " ":
      return "play";
    default:
      return null;
  }
}

function rowId(index: number): string {
  return `outline-row-${index}`;
}

function kindOf(row: OutlineRow): string {
  return row.kind === "entry" ? row.entry.what.kind : row.kind;
}
