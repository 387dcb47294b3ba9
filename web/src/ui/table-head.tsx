import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { useText } from '../lib/i18n.ts';
import { type Column, firstOrder, type RowSelection, type Sorting } from './table-columns.ts';

interface TableHeadProps<Row> {
  columns: readonly Column<Row>[];
  sorting: Sorting | undefined;
  onSort: ((sorting: Sorting) => void) | undefined;
  selection: RowSelection<Row> | undefined;
}

/** The row of heads; it stays as it is while the table scrolls. */
export const TableHead = memo(function TableHeadDrawn<Row>({
  columns,
  sorting,
  onSort,
  selection,
}: TableHeadProps<Row>) {
  const first = selection === undefined ? 0 : 1;
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selection === undefined ? null : (
          <th scope="col" data-place="-1,0">
            <SelectAll selection={selection} />
          </th>
        )}
        {columns.map((column, index) => (
          <HeadCell key={column.key} column={column} sorting={sorting} onSort={onSort} place={`-1,${index + first}`} />
        ))}
      </tr>
    </thead>
  );
}) as <Row>(props: TableHeadProps<Row>) => ReactNode; // memo forgets that a component is generic

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
