import { type Range, useVirtualizer } from '@tanstack/react-virtual';
import {
  type FocusEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { withKept } from './kept-rows.ts';
import { useDrawnSoon } from './use-drawn-soon.ts';
import { useFromTheTop } from './use-from-the-top.ts';
import { useIsRushing } from './use-is-rushing.ts';

const overscan = 8;

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
  row: (row: Row, index: number) => ReactNode;
  /** What the rows answer, and in which order. */
  asked?: string;
  onEnd?: () => void;
  /** Scrolls by itself, in the height that its class list-scroller is given. */
  isOwnScroller?: boolean;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLUListElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const page = document.getElementById('content');
    if (isOwnScroller || page === null) return;
    const measure = (): void => {
      const top = place.current?.getBoundingClientRect().top;
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
  const isRushing = useIsRushing(toScroller);
  // The row that has the focus stays in the document, however far away.
  const [held, setHeld] = useState<readonly number[]>([]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: toScroller,
    estimateSize: () => rowHeight,
    overscan,
    scrollMargin: margin,
    rangeExtractor: useCallback((range: Range) => withKept(range, held), [held]),
  });
  const items = virtual.getVirtualItems();
  const { endIndex = 0 } = virtual.range ?? {};
  useEffect(() => {
    if (endIndex + overscan >= rows.length - 30) onEnd?.();
  }, [endIndex, rows.length, onEnd]);
  const wanted = useMemo(
    () =>
      items
        .filter(({ index }) => !isRushing || held.includes(index))
        .flatMap(({ index }) => rows.slice(index, index + 1).map(rowKey)),
    [items, isRushing, held, rows, rowKey],
  );
  const drawn = useDrawnSoon(wanted);
  const onFocus = ({ target }: FocusEvent<HTMLElement>): void => {
    const index = target.closest<HTMLElement>('[data-index]')?.dataset['index'];
    setHeld(index === undefined ? [] : [Number(index)]);
  };
  const list = (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears where the focus is, and answers to nothing
    <ul
      className="row-list"
      aria-label={name}
      ref={place}
      style={{ height: virtual.getTotalSize(), backgroundSize: `140px ${rowHeight}px, 100% ${rowHeight}px` }}
      onFocus={onFocus}
      onBlur={() => setHeld([])}
    >
      {items.map((item) => {
        const row = rows[item.index];
        if (row === undefined || !drawn.has(rowKey(row))) return null;
        return (
          <li
            key={rowKey(row)}
            ref={virtual.measureElement}
            data-index={item.index}
            aria-setsize={rows.length}
            aria-posinset={item.index + 1}
            style={{ transform: `translateY(${item.start - margin}px)` }}
          >
            <RowDrawn row={row} index={item.index} draw={drawRow} />
          </li>
        );
      })}
    </ul>
  );
  return isOwnScroller ? (
    <div className="list-scroller" ref={scroller}>
      {list}
    </div>
  ) : (
    list
  );
}

interface RowDrawnProps<Row> {
  row: Row;
  index: number;
  draw: (row: Row, index: number) => ReactNode;
}

/** Drawn once while the list scrolls, where `draw` stays the same. */
const RowDrawn = memo(function RowOfLines<Row>({ row, index, draw }: RowDrawnProps<Row>) {
  return draw(row, index);
}) as <Row>(props: RowDrawnProps<Row>) => ReactNode; // memo forgets that a component is generic
