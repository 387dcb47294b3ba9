import { type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import { placeOf, useGridKeys } from './grid-keys.ts';
import { withKept } from './kept-rows.ts';
import type { Column, RowSelection, Sorting } from './table-columns.ts';
import { TableHead } from './table-head.tsx';
import { TableRows } from './table-rows.tsx';
import { useCutText } from './use-cut-text.tsx';
import { useDrawnSoon } from './use-drawn-soon.ts';
import { useFromTheTop } from './use-from-the-top.ts';
import { useIsRushing } from './use-is-rushing.ts';
import { useScrollMemory } from './use-scroll-memory.ts';

interface DataTableProps<Row> {
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** All rows of the question, also those not loaded yet. */
  rowCount: number;
  rowKey: (row: Row) => string;
  rowHeight: number;
  /** A row that heads those below it. */
  isGroup?: ((row: Row) => boolean) | undefined;
  /** What the rows answer, but for their order. */
  asked?: string;
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  selectedKey?: string | undefined;
  selection?: RowSelection<Row> | undefined;
  hasTotals?: boolean;
  /** Asked for when the end of what is loaded comes near. */
  onEnd?: () => void;
}

const selectWidth = 50;
const overscan = 6;

/** Rows by the ten thousand: sticky head, first column and totals; only what is in view is in the document. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    name,
    columns,
    rows,
    rowCount,
    rowKey,
    rowHeight,
    isGroup,
    asked,
    sorting,
    onSort,
    selectedKey,
    selection,
    hasTotals = false,
    onEnd,
  } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const toScroller = useCallback(() => scroller.current, []);
  useFromTheTop([asked, sorting?.key, sorting?.order].join('\n'), toScroller);
  const isRushing = useIsRushing(toScroller);
  const first = selection === undefined ? 0 : 1;
  const grid = useGridKeys({
    rowCount: rows.length,
    columnCount: columns.length + first,
    onExtend: selection?.extend,
    reveal: (row) => virtual.scrollToIndex(row),
    pageRows: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
  });
  const { row: current, held } = grid;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: toScroller,
    estimateSize: () => rowHeight,
    overscan,
    rangeExtractor: useCallback((range: Range) => withKept(range, held), [held]),
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useScrollMemory(toScroller);
  const items = virtual.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};
  useEffect(() => {
    if (endIndex + overscan >= rows.length - 40) onEnd?.();
  }, [endIndex, rows.length, onEnd]);
  const wanted = useMemo(() => {
    // First the row that waits for the focus, then what is in view.
    const turnOf = (index: number): number =>
      index === current ? 0 : index >= startIndex && index <= endIndex ? 1 : 2;
    const inTurn = items.map(({ index }) => index).toSorted((a, b) => turnOf(a) - turnOf(b));
    const seen = isRushing ? inTurn.filter((index) => held.includes(index)) : inTurn;
    return seen.flatMap((index) => rows.slice(index, index + 1).map(rowKey));
  }, [items, startIndex, endIndex, current, held, isRushing, rows, rowKey]);
  const drawn = useDrawnSoon(wanted);
  const cut = useCutText();
  const width = columns.reduce((sum, column) => sum + column.width, first * selectWidth);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = event.key === ' ' ? placeOf(event.target) : null;
    const isControl = event.target instanceof HTMLButtonElement || event.target instanceof HTMLInputElement;
    if (selection === undefined || at === null || at.row < 0 || at.row >= rows.length || isControl) {
      grid.onKeyDown(event);
      return;
    }
    event.preventDefault();
    selection.toggle(at.row, event.shiftKey);
  };
  return (
    <div className="table-scroller" ref={scroller}>
      <table
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table that arrow keys move in is a grid
        role="grid"
        aria-label={name}
        aria-rowcount={rowCount + 1 + (hasTotals ? 1 : 0)}
        aria-colcount={columns.length + first}
        aria-multiselectable={selection === undefined ? undefined : true}
        className="data-table"
        data-selectable={selection === undefined ? undefined : true}
        data-wider={width > (virtual.scrollRect?.width ?? width) || undefined}
        style={{ minWidth: width }}
        ref={grid.table}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          grid.onFocus(event);
          cut.onFocus(event);
        }}
        onBlur={(event) => {
          grid.onBlur(event);
          cut.onBlur();
        }}
      >
        <colgroup>
          {selection === undefined ? null : <col style={{ width: selectWidth }} />}
          {columns.map((column) => (
            <col key={column.key} style={{ width: column.width }} />
          ))}
        </colgroup>
        <TableHead columns={columns} sorting={sorting} onSort={onSort} selection={selection} />
        <TableRows
          columns={columns}
          rows={rows}
          rowKey={rowKey}
          places={items}
          drawn={drawn}
          rowHeight={rowHeight}
          isGroup={isGroup}
          height={virtual.getTotalSize()}
          selectedKey={selectedKey}
          selection={selection}
        />
        {hasTotals ? (
          <tfoot>
            <tr aria-rowindex={rowCount + 2}>
              {columns.map((column, index) => (
                <td key={column.key} data-place={`${rows.length},${index}`} data-number={column.isNumber}>
                  {column.total}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
      {cut.tip}
    </div>
  );
}
