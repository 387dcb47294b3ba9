import { Button } from '@mantine/core';
import { healthFactors } from '@hub/contract/health-rules';
import { type HealthRow, HealthSort } from '@hub/contract/health-score';
import type { RegionCode } from '@hub/contract/regions';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import type { Format } from '../../lib/format.ts';
import { type Translate, useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import type { Column, Sorting } from '../../ui/table-columns.ts';
import { CustomerLink } from './customer-link.tsx';
import { healthQuery } from './queries.ts';

const PhoneHealth = lazy(async () => ({ default: (await import('./phone-health.tsx')).PhoneHealth }));

interface Chosen {
  filter?: string | undefined;
  q?: string | undefined;
  sort?: string | undefined;
  order?: string | undefined;
}

/** The customers of one region with their points. */
export function HealthList({
  region,
  filter,
  search,
  go,
}: {
  region: RegionCode;
  filter: string | undefined;
  search: Chosen;
  go: (change: Chosen) => void;
}) {
  const { t, f } = useText();
  const isPhone = useIsPhone();
  const sort = HealthSort.safeParse(search.sort).data ?? 'score';
  const order = search.order === 'desc' ? 'desc' : 'asc';
  const q = search.q === '' ? undefined : search.q;
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    healthQuery({ region, filter, q, sort, order }),
  );
  const find = useCallback((next: string) => go({ q: next }), [go]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const first = data?.pages[0];
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const hasQuality = first?.items[0]?.factors.some(({ factor }) => factor === 'quality') ?? true;
  const columns = useMemo(() => columnsOf(t, f, hasQuality), [t, f, hasQuality]);
  const onSort = (next: Sorting) => go({ sort: next.key, order: next.order });
  return (
    <>
      <div className="rows-bar">
        <span className="quiet num" aria-live="polite">
          {first === undefined
            ? null
            : t('health.sums', {
                customers: t('count.customers', { count: first.count }),
                count: first.withoutScore,
              })}
        </span>
        <SearchField value={q ?? ''} label={t('health.search')} onChange={find} />
      </div>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {first === undefined && error === null ? <SkeletonRows rows={10} /> : null}
      {first?.count === 0 ? (
        <EmptyState title={t('health.empty')} hint={t('health.empty.hint')}>
          {filter === undefined && q === undefined ? null : (
            <Button onClick={() => go({ filter: undefined, q: undefined })}>{t('health.clear')}</Button>
          )}
        </EmptyState>
      ) : null}
      {first === undefined || first.count === 0 ? null : isPhone ? (
        <Suspense fallback={<SkeletonRows rows={10} />}>
          <PhoneHealth
            columns={columns}
            rows={rows}
            sorting={{ key: sort, order }}
            onSort={onSort}
            more={hasNextPage ? more : undefined}
            isBusy={isFetchingNextPage}
          />
        </Suspense>
      ) : (
        <div className="rows-table">
          <DataTable
            name={t('health.title')}
            columns={columns}
            rows={rows}
            rowCount={first.count}
            rowKey={({ customerId }) => customerId}
            rowHeight={36}
            asked={JSON.stringify([region, filter, q])}
            sorting={{ key: sort, order }}
            onSort={onSort}
            onEnd={more}
          />
        </div>
      )}
    </>
  );
}

/** Points by factor; what is not known is an empty cell. */
function columnsOf(t: Translate, f: Format, hasQuality: boolean): Column<HealthRow>[] {
  return [
    {
      key: 'customer',
      head: t('health.customer'),
      width: 260,
      isSortable: true,
      cell: (row) => <CustomerLink row={row} />,
    },
    {
      key: 'score',
      head: t('health.score'),
      width: 120,
      isNumber: true,
      isSortable: true,
      cell: ({ score }) => (score === null ? null : <span className="strong">{f.number(score)}</span>),
    },
    {
      key: 'known',
      head: t('health.known'),
      width: 110,
      isNumber: true,
      cell: ({ known, counted }) => t('health.knownOf', { known, counted }),
    },
    ...healthFactors
      .filter((factor) => factor !== 'quality' || hasQuality)
      .map(
        (factor): Column<HealthRow> => ({
          key: factor,
          head: t(`health.factor.${factor}`),
          headTitle: t(`health.${factor}.rule`),
          width: 112,
          isNumber: true,
          isSortable: true,
          cell: ({ factors }) => {
            const points = factors.find((one) => one.factor === factor)?.points ?? null;
            return points === null ? null : f.number(Math.round(points));
          },
        }),
      ),
  ];
}
