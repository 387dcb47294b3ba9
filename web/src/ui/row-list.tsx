import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useFromTheTop } from './use-from-the-top.ts';

/** The phone's shape of a table: rows of some lines that scroll with the page, or by themselves. */
export function RowList<Row>({
  name,
  rows,
  rowKey,
  rowHeight,
  row: drawRow,
  asked = '',
  onEnd,
  isOwnScroller = false,
}: {
  name: string;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowHeight: number;
  row: (row: Row) => ReactNode;
  /** What the rows answer, and in which order. */
  asked?: string;
  onEnd?: () => void;
  /** Scrolls by itself, in the height that its class list-scroller is given. */
  isOwnScroller?: boolean;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const page = document.getElementById('content');
    if (isOwnScroller || page === null) return;
    const measure = (): void => {
      const top = list.current?.getBoundingClientRect().top;
      if (top !== undefined) setMargin(Math.round(top - page.getBoundingClientRect().top + page.scrollTop));
    };
    measure();
    // What stands above the list grows when its data arrive, without the list being drawn anew.
    const growth = new ResizeObserver(measure);
    for (const part of page.children) growth.observe(part);
    return () => growth.disconnect();
  }, [isOwnScroller, drawRow]);
  const toScroller = useCallback(
    () => (isOwnScroller ? scroller.current : document.getElementById('content')),
    [isOwnScroller],
  );
  useFromTheTop(asked, toScroller);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: toScroller,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: margin,
  });
  const items = virtual.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastIndex >= rows.length - 30) onEnd?.();
  }, [lastIndex, rows.length, onEnd]);
  const drawn = (
    <ul className="row-list" aria-label={name} ref={list} style={{ height: virtual.getTotalSize() }}>
      {items.map((item) => {
        const row = rows[item.index];
        if (row === undefined) return null;
        return (
          <li
            key={rowKey(row)}
            ref={virtual.measureElement}
            data-index={item.index}
            aria-setsize={rows.length}
            aria-posinset={item.index + 1}
            style={{ transform: `translateY(${item.start - margin}px)` }}
          >
            {drawRow(row)}
          </li>
        );
      })}
    </ul>
  );
  return isOwnScroller ? (
    <div className="list-scroller" ref={scroller}>
      {drawn}
    </div>
  ) : (
    drawn
  );
}
