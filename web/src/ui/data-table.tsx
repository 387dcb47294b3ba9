import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { useText } from '../lib/i18n.ts';
import { placeOf, useGridKeys } from './grid-keys.ts';
import { useCutText } from './use-cut-text.tsx';
import { useDrawnSoon } from './use-drawn-soon.ts';
import { useFromTheTop } from './use-from-the-top.ts';
import { useScrollMemory } from './use-scroll-memory.ts';

export interface Column<Row> {
  key: string;
  head: string;
  /** The full words of a head that is short for its width. */
  headTitle?: string;
  /** Its name stands there for screen readers only. */
  isHeadUnseen?: boolean;
  /** Small, in the head, never in the cells. */
  unit?: string;
  width: number;
  isNumber?: boolean;
  isSortable?: boolean;
  cell: (row: Row) => ReactNode;
  /** In the totals row. */
  total?: ReactNode;
}

export interface Sorting {
  key: string;
  order: 'asc' | 'desc';
}

/** Rows that are chosen for something: by checkbox, by Space, and from row to row with Shift. */
export interface RowSelection<Row> {
  isSelected: (row: Row) => boolean;
  /** `isRange`: all rows from the one toggled last to this one. */
  toggle: (index: number, isRange: boolean) => void;
  /** From one row to the next with Shift and an arrow: both are selected. */
  extend: (from: number, to: number) => void;
  shown: 'none' | 'some' | 'all';
  toggleAll: () => void;
  nameAll: string;
  nameOf: (row: Row) => string;
}

interface DataTableProps<Row> {
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** All rows of the question, also those not loaded yet. */
  rowCount: number;
  rowKey: (row: Row) => string;
  rowHeight: number;
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

/** Rows by the ten thousand: sticky head, first column and totals; only what is in view is in the document. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    name,
    columns,
    rows,
    rowCount,
    rowKey,
    rowHeight,
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
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: toScroller,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useScrollMemory(toScroller);
  const items = virtual.getVirtualItems();
  const first = selection === undefined ? 0 : 1;
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastIndex >= rows.length - 40) onEnd?.();
  }, [lastIndex, rows.length, onEnd]);
  const grid = useGridKeys({
    rowCount: rows.length,
    columnCount: columns.length + first,
    onExtend: selection?.extend,
    reveal: (row) => virtual.scrollToIndex(row),
    pageRows: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
  });
  const { row: current } = grid;
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};
  const wanted = useMemo(() => {
    // First the row that waits for the focus, then what is in view.
    const turnOf = ({ index }: { index: number }): number =>
      index === current ? 0 : index >= startIndex && index <= endIndex ? 1 : 2;
    const inTurn = items.toSorted((a, b) => turnOf(a) - turnOf(b));
    return inTurn.flatMap(({ index }) => rows.slice(index, index + 1).map(rowKey));
  }, [items, startIndex, endIndex, current, rows, rowKey]);
  const drawn = useDrawnSoon(wanted);
  const cut = useCutText();
  const before = items[0]?.start ?? 0;
  const after = Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0));
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
        <thead>
          <tr aria-rowindex={1}>
            {selection === undefined ? null : (
              <th scope="col" data-place="-1,0">
                <SelectAll selection={selection} />
              </th>
            )}
            {columns.map((column, index) => (
              <HeadCell
                key={column.key}
                column={column}
                sorting={sorting}
                onSort={onSort}
                place={`-1,${index + first}`}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <Spacer height={before} columns={columns.length + first} /> : null}
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const key = rowKey(row);
            if (!drawn.has(key))
              return <Spacer key={key} height={rowHeight} columns={columns.length + first} rowIndex={item.index + 2} />;
            return (
              <TableRow
                key={key}
                row={row}
                index={item.index}
                columns={columns}
                height={rowHeight}
                isSelected={selection?.isSelected(row) ?? (selectedKey === undefined ? undefined : key === selectedKey)}
                selection={selection}
              />
            );
          })}
          {after > 0 ? <Spacer height={after} columns={columns.length + first} /> : null}
        </tbody>
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

interface TableRowProps<Row> {
  row: Row;
  index: number;
  columns: readonly Column<Row>[];
  height: number;
  isSelected: boolean | undefined;
  selection: RowSelection<Row> | undefined;
}

/** Drawn once while the table scrolls: its cells are the costly part. */
const TableRow = memo(function TableRowDrawn<Row>({
  row,
  index: rowIndex,
  columns,
  height,
  isSelected,
  selection,
}: TableRowProps<Row>) {
  const first = selection === undefined ? 0 : 1;
  return (
    <tr aria-rowindex={rowIndex + 2} aria-selected={isSelected} style={{ height }}>
      {selection === undefined ? null : <SelectCell row={row} index={rowIndex} selection={selection} />}
      {columns.map((column, index) => (
        <td key={column.key} data-place={`${rowIndex},${index + first}`} data-number={column.isNumber}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}) as <Row>(props: TableRowProps<Row>) => ReactNode; // memo forgets that a component is generic

const selectWidth = 50;

function SelectAll<Row>({ selection }: { selection: RowSelection<Row> }) {
  return (
    <input
      type="checkbox"
      className="select"
      aria-label={selection.nameAll}
      checked={selection.shown === 'all'}
      ref={(box) => {
        if (box !== null) box.indeterminate = selection.shown === 'some';
      }}
      onChange={selection.toggleAll}
    />
  );
}

function SelectCell<Row>({ row, index, selection }: { row: Row; index: number; selection: RowSelection<Row> }) {
  return (
    <td data-place={`${index},0`}>
      <input
        type="checkbox"
        className="select"
        aria-label={selection.nameOf(row)}
        checked={selection.isSelected(row)}
        onChange={() => {}}
        onClick={(event) => selection.toggle(index, event.shiftKey)}
      />
    </td>
  );
}

/** Numbers begin with the biggest, words with A. */
export function firstOrder({ isNumber }: { isNumber?: boolean }): Sorting['order'] {
  return isNumber === true ? 'desc' : 'asc';
}

/** Room for rows that are not drawn, or for the one of this number that is about to be. */
function Spacer({ height, columns, rowIndex }: { height: number; columns: number; rowIndex?: number }) {
  return (
    <tr aria-hidden="true" aria-rowindex={rowIndex} className="spacer">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- room for the rows that are not drawn, hidden from everybody */}
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

function HeadCell<Row>({
  column,
  sorting,
  onSort,
  place,
}: {
  column: Column<Row>;
  sorting: Sorting | undefined;
  onSort: ((sorting: Sorting) => void) | undefined;
  place: string;
}) {
  const { t } = useText();
  const order = sorting?.key === column.key ? sorting.order : undefined;
  const sorted = order === undefined ? undefined : order === 'asc' ? 'ascending' : 'descending';
  const next = order === undefined ? firstOrder(column) : order === 'asc' ? 'desc' : 'asc';
  const Arrow = (order ?? next) === 'asc' ? IconArrowUp : IconArrowDown;
  if (column.isSortable !== true || onSort === undefined) {
    return (
      <th scope="col" title={column.headTitle} data-number={column.isNumber} aria-sort={sorted} data-place={place}>
        <span className={column.isHeadUnseen === true ? 'unseen' : undefined}>
          {column.head}
          {column.unit === undefined ? null : <small> {column.unit}</small>}
        </span>
        {order === undefined ? null : <Arrow size={14} stroke={2} aria-hidden="true" className="sorted-arrow" />}
      </th>
    );
  }
  return (
    <th
      scope="col"
      title={column.headTitle}
      data-number={column.isNumber}
      aria-sort={sorted ?? 'none'}
      data-place={place}
    >
      <button type="button" data-sorted={order} onClick={() => onSort({ key: column.key, order: next })}>
        <span>
          {column.head}
          {column.unit === undefined ? null : <small> {column.unit}</small>}
        </span>
        <Arrow size={14} stroke={2} aria-hidden="true" />
        {sorted === undefined ? null : (
          <span className="unseen">{t(order === 'asc' ? 'common.sortedAscending' : 'common.sortedDescending')}</span>
        )}
      </button>
    </th>
  );
}
