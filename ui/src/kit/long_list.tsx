// A list of any length, of which only what is on screen exists. Heights are guessed first and measured when they come.
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type Ref, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef } from "react";

/** What can be asked of the list from outside. */
export type LongListView = {
  /** Brings an item on screen. */
  show(index: number, align?: "auto" | "start"): void;
};

type Props<Item> = {
  items: readonly Item[];
  /** What an item is known by when others come before it; its place otherwise. */
  keyOf?: ((item: Item) => string) | undefined;
  /** Its height in pixels before it was measured. */
  estimate: (item: Item) => number;
  /** Pixels above the first and below the last item. */
  margin?: number;
  /** What the list is, for those who cannot see it. */
  label: string;
  /** `text`: something to be read, not a list of things. It takes the focus itself, to be scrolled by keys. */
  as?: "list" | "text";
  /** The place of an item that stays though it is scrolled away, because it has the focus. */
  kept?: number | undefined;
  /** Told whenever the last item comes near, so that more can be read. */
  onEnd?: (() => void) | undefined;
  /** Whether the list takes the focus itself, because not every item holds something to press. */
  reachable?: boolean;
  className?: string | undefined;
  column?: string | undefined;
  ref?: Ref<LongListView>;
  children: (item: Item, index: number) => ReactNode;
};

export function LongList<Item>(props: Props<Item>) {
  const {
    items,
    keyOf,
    estimate,
    margin = 0,
    label,
    as = "list",
    kept,
    onEnd,
    className,
    column,
    ref,
    children,
  } = props;
  const { reachable = as === "text" } = props;
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    // The same function as long as the items are the same: with another one all of them are placed anew.
    getItemKey: useCallback((index: number) => keyOf?.(items[index] as Item) ?? index, [items, keyOf]),
    estimateSize: (index) => estimate(items[index] as Item),
    overscan: 6,
    useFlushSync: false,
    paddingStart: margin,
    paddingEnd: margin,
    initialRect: { width: 800, height: 800 },
    rangeExtractor: (range: Range) => {
      const shown = defaultRangeExtractor(range);
      if (kept === undefined || kept < 0 || kept >= range.count || shown.includes(kept)) return shown;
      return [...shown, kept].sort((one, other) => one - other);
    },
  });
  useImperativeHandle(ref, () => ({
    show: (index, align = "auto") => virtualizer.scrollToIndex(index, { align }),
  }));
  const shown = virtualizer.getVirtualItems();
  const atEnd = shown.at(-1)?.index === items.length - 1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when more came and the end is still near
  useEffect(() => {
    if (atEnd) onEnd?.();
  }, [atEnd, items.length]);
  // Items that come before the first push nothing away from whoever has scrolled on to read.
  const first = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const former = first.current;
    first.current = items[0] && keyOf?.(items[0]);
    if (!keyOf || former === undefined || former === first.current || !scroller.current?.scrollTop) return;
    const before = items.findIndex((item) => keyOf(item) === former);
    const place = virtualizer.measurementsCache[before];
    if (place) scroller.current.scrollTop += place.start - margin;
  }, [items, keyOf, margin, virtualizer]);
  const [Column, Row] = as === "list" ? (["ul", "li"] as const) : (["div", "div"] as const);
  return (
    <section
      ref={scroller}
      className={className}
      aria-label={label}
      // What scrolls and holds nothing to press must be reachable by keyboard.
      tabIndex={reachable ? 0 : undefined}
      style={{ flex: 1, minHeight: 0, overflowY: "auto" }}
    >
      <Column
        className={column}
        style={{
          position: "relative",
          height: virtualizer.getTotalSize(),
          listStyle: "none",
          padding: 0,
          marginBlock: 0,
        }}
      >
        {shown.map(({ key, index, start }) => (
          <Row
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            aria-setsize={as === "list" ? items.length : undefined}
            aria-posinset={as === "list" ? index + 1 : undefined}
            style={{ position: "absolute", insetInline: 0, top: 0, transform: `translateY(${start}px)` }}
          >
            {children(items[index] as Item, index)}
          </Row>
        ))}
      </Column>
    </section>
  );
}
