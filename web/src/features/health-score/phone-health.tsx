import { Button } from '@mantine/core';
import type { HealthRow } from '@hub/contract/health-score';
import { useText } from '../../lib/i18n.ts';
import { SortControl } from '../../ui/sort-control.tsx';
import type { Column, Sorting } from '../../ui/table-columns.ts';
import { CustomerLink } from './customer-link.tsx';

/** Customers by health on a phone. */
export function PhoneHealth({
  columns,
  rows,
  sorting,
  onSort,
  more,
  isBusy,
}: {
  columns: readonly Column<HealthRow>[];
  rows: readonly HealthRow[];
  sorting: Sorting;
  onSort: (next: Sorting) => void;
  more: (() => void) | undefined;
  isBusy: boolean;
}) {
  const { t } = useText();
  return (
    <>
      <SortControl columns={columns.filter(({ isSortable = false }) => isSortable)} sorting={sorting} onSort={onSort} />
      <ul className="health-list" aria-label={t('health.title')}>
        {rows.map((row) => (
          <PhoneRow key={row.customerId} row={row} />
        ))}
      </ul>
      {more === undefined ? null : (
        <div className="more">
          <Button variant="subtle" loading={isBusy} onClick={more}>
            {t('action.showMore')}
          </Button>
        </div>
      )}
    </>
  );
}

function PhoneRow({ row }: { row: HealthRow }) {
  const { t, f } = useText();
  const told = row.factors.flatMap(({ factor, points }) =>
    points === null ? [] : [`${t(`health.factor.${factor}`)} ${f.number(Math.round(points))}`],
  );
  return (
    <li className="lines health-line">
      <div>
        <CustomerLink row={row} />
        <span className="num strong">{row.score === null ? t('health.none') : f.number(row.score)}</span>
      </div>
      <span className="help num">{told.join(' · ')}</span>
    </li>
  );
}
