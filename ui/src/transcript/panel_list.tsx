// A list in a side panel of which only what is on screen exists.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type Key, type ReactNode, useCallback, useRef } from "react";

type PanelListProps<Item> = {
  items: readonly Item[];
  /** The same function at every render: with another one all items are placed anew. */
  keyOf: (item: Item, index: number) => Key;
  /** About how high an item is, px. */
  height: number;
  label: string;
  children: (item: Item, index: number) => ReactNode;
};

export function PanelList<Item>({ items, keyOf, height, label, children }: PanelListProps<Item>) {
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index: number) => keyOf(items[index] as Item, index), [items, keyOf]),
    estimateSize: () => height,
    overscan: 4,
    useFlushSync: false,
    initialRect: { width: 320, height: 600 },
  });
  const shown = virtualizer.getVirtualItems();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section ref={scroller} className="panel-list" tabIndex={0} aria-label={label}>
      <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        <ul style={{ transform: `translateY(${shown[0]?.start ?? 0}px)` }}>
          {shown.map((item) => (
            <li
              key={item.key}
              data-index={item.index}
              ref={virtualizer.measureElement}
              aria-setsize={items.length}
              aria-posinset={item.index + 1}
            >
              {children(items[item.index] as Item, item.index)}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
