import type { RenewalRow } from '@hub/contract/renewals';
import { Button } from '@mantine/core';
import { SortControl } from '../../ui/sort-control.tsx';
import type { Column, Sorting } from '../../ui/table-columns.ts';
import { Forecast, ReduceDay } from './renewal-columns.tsx';
import { daysText, endText, fieldText, productsText, type Words } from './renewal-words.ts';

/** Renewals on a phone; each opens beside, where its work is written. */
export function PhoneRenewals({
  name,
  rows,
  columns,
  sorting,
  onSort,
  today,
  words,
  hasMore,
  isBusy,
  onMore,
  onOpen,
}: {
  name: string;
  rows: readonly RenewalRow[];
  columns: readonly Column<RenewalRow>[];
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
  today: string;
  words: Words;
  hasMore: boolean;
  isBusy: boolean;
  onMore: () => void;
  onOpen: (row: RenewalRow) => void;
}) {
  const { t, f } = words;
  return (
    <>
      <SortControl columns={columns.filter(({ isSortable }) => isSortable)} sorting={sorting} onSort={onSort} />
      <ul className="renewal-list" aria-label={name}>
        {rows.map((row) => (
          <li key={row.subscriptionId} className="lines renewal-lines">
            <div>
              <button type="button" className="renewal-open strong wrap" onClick={() => onOpen(row)}>
                {row.customerName}
              </button>
              <span className="num">
                <Forecast row={row} words={words} />
              </span>
            </div>
            <div>
              <span className="mono quiet wrap">{row.reference}</span>
              <span title={endText(row, words)}>{daysText(row, t)}</span>
            </div>
            <div className="help">
              <span className="wrap">{productsText(row.products, f)}</span>
            </div>
            <div className="help">
              <span>{[fieldText('stage', row.work, t), fieldText('owner', row.work, t)].join(' · ')}</span>
              {row.lastDayToReduce === null ? null : (
                <span>
                  {t('renewals.reduceBy')} <ReduceDay row={row} today={today} words={words} />
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
      {hasMore ? (
        <div className="more">
          <Button variant="subtle" loading={isBusy} onClick={onMore}>
            {t('action.showMore')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
