import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../lib/i18n.ts';
import { useGridKeys } from './grid-keys.ts';

export interface Column<Row> {
  key: string;
  head: string;
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

interface DataTableProps<Row> {
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** All rows of the question, also those not loaded yet. */
  rowCount: number;
  rowKey: (row: Row) => string;
  rowHeight: number;
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  selectedKey?: string | undefined;
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
    sorting,
    onSort,
    selectedKey,
    hasTotals = false,
    onEnd,
  } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const items = virtual.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastIndex >= rows.length - 40) onEnd?.();
  }, [lastIndex, rows.length, onEnd]);
  const grid = useGridKeys({
    rowCount: rows.length,
    columnCount: columns.length,
    reveal: (row) => virtual.scrollToIndex(row),
    pageRows: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
  });
  const before = items[0]?.start ?? 0;
  const after = Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0));
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <div className="table-scroller" ref={scroller}>
      <table
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table that arrow keys move in is a grid
        role="grid"
        aria-label={name}
        aria-rowcount={rowCount + 1 + (hasTotals ? 1 : 0)}
        aria-colcount={columns.length}
        className="data-table"
        style={{ minWidth: width }}
        ref={grid.table}
        onKeyDown={grid.onKeyDown}
        onFocus={grid.onFocus}
      >
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column, index) => (
              <HeadCell key={column.key} column={column} sorting={sorting} onSort={onSort} place={`-1,${index}`} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <Spacer height={before} columns={columns.length} /> : null}
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const key = rowKey(row);
            return (
              <tr
                key={key}
                aria-rowindex={item.index + 2}
                aria-selected={selectedKey === undefined ? undefined : key === selectedKey}
                style={{ height: rowHeight }}
              >
                {columns.map((column, index) => (
                  <td key={column.key} data-place={`${item.index},${index}`} data-number={column.isNumber}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 ? <Spacer height={after} columns={columns.length} /> : null}
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
    </div>
  );
}

/** Numbers begin with the biggest, words with A. */
export function firstOrder({ isNumber }: { isNumber?: boolean }): Sorting['order'] {
  return isNumber === true ? 'desc' : 'asc';
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden="true" className="spacer">
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
      <th scope="col" data-number={column.isNumber} aria-sort={sorted} data-place={place}>
        <span>
          {column.head}
          {column.unit === undefined ? null : <small> {column.unit}</small>}
        </span>
        {order === undefined ? null : <Arrow size={14} stroke={2} aria-hidden="true" className="sorted-arrow" />}
      </th>
    );
  }
  return (
    <th scope="col" data-number={column.isNumber} aria-sort={sorted ?? 'none'} data-place={place}>
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
