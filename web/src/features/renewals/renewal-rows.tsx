import type { RegionCode } from '@hub/contract/regions';
import { exportRenewals, type RenewalRow, RenewalSort } from '@hub/contract/renewals';
import { Button } from '@mantine/core';
import { IconCalculator } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { ExportButton } from '../calling-usage/index.ts';
import { addressOf } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import type { Sorting } from '../../ui/table-columns.ts';
import { ListWhatIf } from './list-what-if.tsx';
import { rowsQuery, sortedQuestion, totalsQuery } from './queries.ts';
import { RenewalBar } from './renewal-bar.tsx';
import { renewalColumns } from './renewal-columns.tsx';
import { RenewalPanel } from './renewal-panel.tsx';
import type { Go, RenewalsSearch } from './renewals-search.ts';
import { useChosen } from './use-chosen.ts';
import type { Save } from './use-work.ts';

const PhoneRenewals = lazy(async () => ({ default: (await import('./phone-renewals.tsx')).PhoneRenewals }));

const none: RenewalRow[] = [];
const wholeList = 'list';

/** The renewals of a region: sorted, narrowed, worked on, exported; and beside them one of them, or what if for all. */
export function RenewalRows({
  region,
  search,
  go,
  save,
}: {
  region: RegionCode;
  search: RenewalsSearch;
  go: Go;
  save: Save | undefined;
}) {
  const { t, f } = useText();
  const isPhone = useIsPhone();
  const list = useInfiniteQuery(rowsQuery(region, search));
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const { data: sums } = useQuery(totalsQuery(region, search));
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? none, [data]);
  const first = data?.pages[0];
  const today = first?.today ?? '';
  const asked = JSON.stringify(sortedQuestion(region, search));
  const chosen = useChosen(rows, asked);
  const open = useCallback((row: RenewalRow) => go({ open: row.subscriptionId }), [go]);
  const columns = useMemo(() => renewalColumns({ t, f, today, save, onOpen: open }), [t, f, today, save, open]);
  const sorting: Sorting = { key: search.sort ?? 'urgency', order: search.order ?? 'asc' };
  const onSort = ({ key, order }: Sorting) =>
    go({ sort: RenewalSort.safeParse(key).data, order: order === 'desc' ? order : undefined });
  const close = useCallback(() => go({ open: undefined }), [go]);
  const count = sums?.totals.reduce(
    (sum, { urgency, rows: own }) => sum + (search.urgency === undefined || search.urgency === urgency ? own : 0),
    0,
  );
  const opened = rows.find(({ subscriptionId }) => subscriptionId === search.open);
  const isNarrowed = [search.filter, search.urgency, search.stage, search.owner].some((one) => one !== undefined);
  const title = t('renewals.title');
  return (
    <div className="with-panel">
      <div>
        <div className="rows-bar">
          <RenewalBar search={search} go={go} />
          <span className="quiet num" aria-live="polite">
            {count === undefined
              ? null
              : chosen.rows.length > 0
                ? t('renewals.chosen', { count: chosen.rows.length })
                : t('renewals.count', { count })}
          </span>
          <div className="rows-tools">
            {rows.length === 0 ? null : (
              <Button
                leftSection={<IconCalculator size={16} stroke={1.6} />}
                onClick={() => go({ open: wholeList })}
                aria-expanded={search.open === wholeList}
              >
                {t(chosen.rows.length > 0 ? 'renewals.whatIf.forSelected' : 'renewals.whatIf.forList')}
              </Button>
            )}
            {count === undefined ? null : (
              <ExportButton rows={count} href={addressOf(exportRenewals, { query: sortedQuestion(region, search) })} />
            )}
          </div>
        </div>
        {first?.hasSnapshots === false ? <p className="quiet renewal-note-bar">{t('renewals.noSnapshots')}</p> : null}
        {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
        {first === undefined && error === null ? <SkeletonRows rows={8} /> : null}
        {first !== undefined && rows.length === 0 ? (
          <EmptyState
            title={t(isNarrowed ? 'renewals.noMatch' : 'renewals.none')}
            hint={t(isNarrowed ? 'renewals.noMatch.hint' : 'renewals.none.hint')}
          >
            {isNarrowed ? (
              <Button onClick={() => go({ filter: undefined, urgency: undefined, stage: undefined, owner: undefined })}>
                {t('renewals.showAll')}
              </Button>
            ) : null}
          </EmptyState>
        ) : null}
        {rows.length === 0 ? null : isPhone ? (
          <Suspense fallback={<SkeletonRows rows={8} />}>
            <PhoneRenewals
              name={title}
              rows={rows}
              columns={columns}
              sorting={sorting}
              onSort={onSort}
              today={today}
              words={{ t, f }}
              hasMore={hasNextPage}
              isBusy={isFetchingNextPage}
              onMore={more}
              onOpen={open}
            />
          </Suspense>
        ) : (
          <div className="rows-table renewal-table">
            <DataTable
              name={title}
              columns={columns}
              rows={rows}
              rowCount={count ?? rows.length}
              rowKey={keyOf}
              rowHeight={52}
              asked={asked}
              sorting={sorting}
              onSort={onSort}
              selectedKey={search.open}
              selection={{
                ...chosen.table,
                nameAll: t('renewals.chooseAll'),
                nameOf: ({ reference }) => t('renewals.choose', { reference }),
              }}
              onEnd={more}
            />
          </div>
        )}
      </div>
      {search.open === wholeList && first !== undefined ? (
        <ListWhatIf region={region} search={search} selected={chosen.rows} today={today} onClose={close} />
      ) : null}
      {opened === undefined ? null : (
        <RenewalPanel key={opened.subscriptionId} row={opened} today={today} save={save} onClose={close} />
      )}
    </div>
  );
}

const keyOf = ({ subscriptionId }: RenewalRow): string => subscriptionId;
