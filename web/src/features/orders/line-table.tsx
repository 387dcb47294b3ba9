import { Button } from '@mantine/core';
import { IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../../lib/i18n.ts';
import { useHashPlace } from '../../lib/use-hash-place.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import './orders.css';
import type { LineOrder } from './queries.ts';

export interface LineColumn<Line> {
  head: string;
  cell: (line: Line) => ReactNode;
  isNumber?: boolean;
  /** The column by which the lines are ordered. */
  isDate?: boolean;
}

/** What a list of lines has got so far, as an infinite query tells it. */
interface Lines<Line> {
  data: { pages: { items: Line[] }[] } | undefined;
  error: Error | null;
  refetch: () => unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Lines by date with what they are called in the first column; on a phone each line is a block with the heads before its values. */
export function LineTable<Line extends { id: string }>({
  name,
  title,
  empty,
  lines,
  columns,
  order,
  onOrder,
}: {
  /** By which an address names it after its #. */
  name: 'orders' | 'invoices';
  /** A heading. */
  title: string;
  empty: { title: string; hint: string };
  lines: Lines<Line>;
  columns: readonly LineColumn<Line>[];
  order: LineOrder;
  onOrder: (order: LineOrder) => void;
}) {
  const { t } = useText();
  const { place } = useHashPlace<HTMLElement>(name);
  const { data, error } = lines;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const Icon = order === 'desc' ? IconSortDescending : IconSortAscending;
  return (
    <section className="band stack focus-place" aria-label={title} tabIndex={-1} ref={place}>
      <div className="section-head">
        <h2>{title}</h2>
        {items.length < 2 ? null : (
          <div className="page-actions">
            <Button
              variant="quiet"
              leftSection={<Icon size={16} stroke={1.6} />}
              onClick={() => onOrder(order === 'desc' ? 'asc' : 'desc')}
            >
              {t(order === 'desc' ? 'orders.latestFirst' : 'orders.earliestFirst')}
            </Button>
          </div>
        )}
      </div>
      {data === undefined && error === null ? <SkeletonRows rows={3} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void lines.refetch()} /> : null}
      {data !== undefined && items.length === 0 ? (
        <p className="quiet">
          {empty.title}. {empty.hint}
        </p>
      ) : null}
      {items.length === 0 ? null : <Table name={title} items={items} columns={columns} order={order} />}
      {lines.hasNextPage ? (
        <div>
          <Button loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
            {t('orders.more')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function Table<Line extends { id: string }>({
  name,
  items,
  columns,
  order,
}: {
  name: string;
  items: readonly Line[];
  columns: readonly LineColumn<Line>[];
  order: LineOrder;
}) {
  const [first, ...others] = columns;
  return (
    <table className="line-table" aria-label={name}>
      <thead>
        <tr>
          {columns.map(({ head, isNumber, isDate }) => (
            <th
              key={head}
              scope="col"
              data-number={isNumber}
              aria-sort={isDate === true ? (order === 'asc' ? 'ascending' : 'descending') : undefined}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((line) => (
          <tr key={line.id}>
            <th scope="row" className="wrap">
              {first?.cell(line)}
            </th>
            {others.map(({ head, cell, isNumber }) => (
              <td key={head} data-label={head} data-number={isNumber} className="wrap">
                {cell(line)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
