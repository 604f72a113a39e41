// The rows of the transcript, of which only those on screen exist, and everything that happens in them.
import {
  defaultRangeExtractor,
  type Range,
  useVirtualizer,
  type VirtualItem,
  type Virtualizer,
} from "@tanstack/react-virtual";
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SegmentId } from "../ipc";
import { toSessionMs } from "../lib/timeline";
import { offsetAtPoint } from "./caret";
import { RowElements } from "./row_elements";
import { SegmentRow } from "./segment_row";
import { TextKeys, textOf } from "./text_keys";
import { sessionRange, useActive, useTopic, useTranscript } from "./use_transcript";
import { wordAt } from "./words";

/** Rows beyond the edges of the screen that are kept ready. */
const OVERSCAN = 4;
const LINE_PX = 26;
const ROW_PX = 8;
const TURN_PX = 16;
const NOTE_PX = 22;

export type RowAction = "speaker" | "menu";

/** `onAction`: a row's button was pressed; the element is what to open a popover at. `onShown`: other rows are on screen. */
export function SegmentList({
  onAction,
  onShown,
  children,
}: {
  onAction: (action: RowAction, id: SegmentId, at: HTMLElement) => void;
  onShown: () => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const { store, editor, parts, playback } = useTranscript();
  const ids = useTopic(store, "ids", () => store.ids);
  const opened = useTopic(store, "ids", () => store.opened);
  const active = useActive();
  const scroller = useRef<HTMLDivElement>(null);
  const lettersPerLine = useRef(80);
  const activeIndex = active ? store.position(active) : -1;
  const keys = useMemo(() => new TextKeys(editor), [editor]);
  // The first words are drawn sooner alone.
  const [overscan, setOverscan] = useState(0);
  useEffect(() => setOverscan(OVERSCAN), []);

  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: ids.length,
    getScrollElement: () => scroller.current,
    // The same function as long as the ids are the same: with another one all rows are placed anew.
    getItemKey: useCallback((index: number) => ids[index] as SegmentId, [ids]),
    estimateSize: (index) => {
      const segment = store.segment(ids[index] as SegmentId);
      const before = index > 0 ? store.segment(ids[index - 1] as SegmentId) : undefined;
      const notes = segment?.doubtful || segment?.mark ? NOTE_PX : 0;
      const lines = Math.max(1, Math.ceil((segment?.text.length ?? 0) / lettersPerLine.current));
      return lines * LINE_PX + ROW_PX + (before?.speaker !== segment?.speaker ? TURN_PX : 0) + notes;
    },
    overscan,
    useFlushSync: false,
    paddingStart: 16,
    // At most what will be measured, so that no row is made that is not seen.
    initialRect: { width: 800, height: window.innerHeight / 2 },
    rangeExtractor: (range: Range) => {
      const shown = defaultRangeExtractor(range);
      // The row with the cursor stays, or scrolling away would take the cursor and the keys.
      if (activeIndex < 0 || activeIndex >= range.count || shown.includes(activeIndex)) return shown;
      return activeIndex < (shown[0] ?? 0) ? [activeIndex, ...shown] : [...shown, activeIndex];
    },
  });

  useLayoutEffect(() => {
    const column = scroller.current?.clientWidth ?? 0;
    if (column > 0) lettersPerLine.current = Math.max(30, Math.min(90, (column - 260) / 8));
    editor.reveal = (id, align) => {
      const index = store.position(id);
      if (index < 0) return;
      const box = scroller.current?.getBoundingClientRect();
      const row = editor.blocks.get(id)?.closest("[data-segment]")?.getBoundingClientRect();
      const seen = box && row && row.height > 0 && row.top >= box.top && row.bottom <= box.bottom;
      if (!seen) virtualizer.scrollToIndex(index, { align });
    };
    editor.pageRows = () => (virtualizer.range ? virtualizer.range.endIndex - virtualizer.range.startIndex : 10);
  }, [editor, store, virtualizer]);

  const items = virtualizer.getVirtualItems();
  const [rowElements] = useState(() => new RowElements());
  const elements = rowElements.give(items.map((item) => item.key as SegmentId));
  const shown = items.map((item) => item.key).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows on screen are what it is called for.
  useEffect(onShown, [shown, onShown]);

  useEffect(() => {
    const list = scroller.current;
    // React's own beforeinput event is another one, made from keys; this is the engine's.
    const beforeInput = (event: InputEvent) => keys.beforeInput(event) && event.preventDefault();
    list?.addEventListener("beforeinput", beforeInput);
    return () => list?.removeEventListener("beforeinput", beforeInput);
  }, [keys]);

  const playWordAt = useCallback(
    (id: SegmentId, block: HTMLElement, x: number, y: number) => {
      const segment = store.segment(id);
      const offset = offsetAtPoint(block, x, y);
      if (!segment || offset === null) return;
      const word = wordAt(block.textContent ?? "", offset);
      playback?.playFrom(toSessionMs(parts, segment.part, segment.start_ms + (segment.times[word * 2] ?? 0)));
    },
    [store, parts, playback],
  );

  const onMouseDown = (event: React.MouseEvent) => {
    editor.acted();
    const text = textOf(event.target);
    if (event.button !== 0 || !text) return;
    if (event.ctrlKey) {
      event.preventDefault();
      playWordAt(text.id, text.block, event.clientX, event.clientY);
    } else if (event.shiftKey && editor.active !== null && editor.active !== text.id) {
      event.preventDefault();
      editor.selectTo(text.id);
    } else editor.select([]);
  };

  const onClick = (event: React.MouseEvent) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-action]");
    const id = rowOf(button);
    const segment = id ? store.segment(id) : undefined;
    if (!button || !id || !segment) return;
    const action = button.dataset.action;
    if (action !== "play") {
      if (!editor.selected.has(id)) editor.select([]);
      editor.activate(id);
      onAction(action as RowAction, id, button);
    } else if (event.shiftKey) editor.selectTo(id);
    else if (event.ctrlKey) editor.toggleSelected(id);
    else {
      editor.activate(id);
      playback?.playFrom(sessionRange(parts, segment)[0]);
    }
  };

  const onContextMenu = (event: React.MouseEvent) => {
    const id = rowOf(event.target as Element);
    // In the text the engine's own menu stays: it has the spelling suggestions.
    if (!id || textOf(event.target)) return;
    event.preventDefault();
    editor.activate(id);
    onAction(
      "menu",
      id,
      (event.target as Element).closest("[data-segment]")?.querySelector("[data-action=menu]") as HTMLElement,
    );
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    const taken = textOf(event.target) ? keys.down(event.nativeEvent) : onGutterKey(event);
    if (!taken) return;
    event.preventDefault();
    editor.acted();
  };

  /** Arrows on the time of a row walk the rows; with Shift they select them. */
  const onGutterKey = (event: React.KeyboardEvent) => {
    const id = rowOf(event.target as Element);
    const down = event.key === "ArrowDown";
    if (event.key === "Escape") {
      editor.select([]);
      return true;
    }
    if (!id || event.ctrlKey || event.altKey || (!down && event.key !== "ArrowUp")) return false;
    const next = store.neighbour(id, down ? 1 : -1);
    if (!next) return true;
    if (event.shiftKey) editor.extendTo(next);
    else {
      editor.select([]);
      editor.activate(next);
    }
    editor.reveal(next, "auto");
    const focusTime = () => {
      const row = editor.row(next);
      row?.querySelector<HTMLElement>("[data-action=play]")?.focus({ preventScroll: true });
      return row;
    };
    // A row that was not on screen comes with the next frame.
    if (!focusTime()) requestAnimationFrame(focusTime);
    return true;
  };

  // Without a cursor Tab comes to the first row on screen, or no key would lead into the text.
  const reachable = activeIndex >= 0 ? activeIndex : (virtualizer.range?.startIndex ?? 0);
  const apart = standsApart(items, activeIndex);
  const origin = items.find((item) => item.index !== apart)?.start ?? 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: events of all rows are heard here once.
    <div
      ref={scroller}
      className="transcript-scroller"
      // The first passages can be read before the rest is there, but what is typed belongs to the whole.
      inert={!opened}
      onMouseDown={onMouseDown}
      onClick={onClick}
      onContextMenu={onContextMenu}
      onKeyDown={onKeyDown}
      onInput={(event) => {
        const text = textOf(event.target);
        if (text) editor.typed(text.id, text.block);
      }}
      onFocus={(event) => {
        const id = rowOf(event.target);
        if (id) editor.activate(id);
      }}
      onBlur={(event) => {
        const text = textOf(event.target);
        if (text) void store.settle(text.id);
      }}
      onPaste={(event) => keys.paste(event.target, event.clipboardData) && event.preventDefault()}
      onDrop={(event) => textOf(event.target) && keys.paste(event.target, event.dataTransfer) && event.preventDefault()}
      onWheel={() => editor.acted()}
    >
      <section className="transcript-column" aria-label={t("transcript.text_of_session")}>
        <div className="transcript-whole" style={{ height: virtualizer.getTotalSize() }}>
          <div className="transcript-rows" style={{ transform: `translateY(${origin}px)` }}>
            {items.map((item, at) => (
              <RowPlace
                key={elements[at]}
                item={item}
                virtualizer={virtualizer}
                top={item.index === apart ? item.start - origin : null}
              >
                <SegmentRow id={item.key as SegmentId} reachable={item.index === reachable} />
              </RowPlace>
            ))}
          </div>
        </div>
        {children}
      </section>
    </div>
  );
}

/** Where a row is drawn and measured. `top`: pixels below the first row, when it stands apart from the others. */
function RowPlace(props: {
  item: VirtualItem;
  virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement>;
  top: number | null;
  children: ReactNode;
}) {
  const { item, virtualizer, top, children } = props;
  const place = useRef<HTMLDivElement>(null);
  const { key } = item;
  useLayoutEffect(() => {
    const element = place.current as HTMLDivElement;
    virtualizer.measureElement(element);
    // An element that is already watched is not measured while the text is scrolled unless its height changes.
    virtualizer.resizeItem(Number(element.dataset.index), element.offsetHeight);
    // Whose element this was is known by it no more, or that one's next element would take the measuring from this.
    return () => void (virtualizer.elementsCache.get(key) === element && virtualizer.elementsCache.delete(key));
  }, [virtualizer, key]);
  return (
    <div
      ref={place}
      data-index={item.index}
      style={top === null ? undefined : { position: "absolute", insetInline: 0, top }}
    >
      {children}
    </div>
  );
}

function rowOf(element: Element | null): SegmentId | undefined {
  return element?.closest<HTMLElement>("[data-segment]")?.dataset.segment;
}

/** The index of the row with the cursor when it is kept though the rows around it are scrolled away. */
function standsApart(items: readonly { index: number }[], activeIndex: number): number | null {
  const around = items.some((item) => Math.abs(item.index - activeIndex) === 1);
  return items.length > 1 && !around && items.some((item) => item.index === activeIndex) ? activeIndex : null;
}
