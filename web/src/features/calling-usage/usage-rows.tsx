import { Button } from '@mantine/core';
import { CustomerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { useTableChoices } from '../../lib/use-table-choices.ts';
import { ColumnChooser } from '../../ui/column-chooser.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Sorting } from '../../ui/table-columns.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { rowKey } from './measure-words.ts';
import { MissingFeeds } from './missing-feeds.tsx';
import { PolicyNote } from './policy-note.tsx';
import { usageQuery } from './queries.ts';
import type { Range } from './range.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { isSortKey, totalsName, usageColumns } from './usage-columns.tsx';

// What an empty table, a partner with groups and a phone need comes after the page.
const WhyEmpty = lazy(async () => ({ default: (await import('../freshness/index.ts')).WhyEmpty }));
const PhoneUsage = lazy(async () => ({ default: (await import('./phone-usage.tsx')).PhoneUsage }));
const SortControl = lazy(async () => ({ default: (await import('../../ui/sort-control.tsx')).SortControl }));
const GroupChoice = lazy(async () => ({ default: (await import('./group-choice.tsx')).GroupChoice }));

const hiddenAtFirst = ['orgUuid'];

type Question = Omit<Parameters<typeof usageQuery>[0], 'region'>;
type Change = Partial<Pick<Question, 'q' | 'customerId' | 'filter' | 'sort' | 'order'>> & Partial<Range>;

/** The rows of one region: customer by location. */
export function UsageRows({
  region,
  range,
  question,
  onSearch,
}: {
  region: RegionCode;
  range: Range;
  question: Question;
  onSearch: (change: { [K in keyof Change]: Change[K] | undefined }) => void;
}) {
  const { t, f } = useText();
  const isPhone = useIsPhone();
  const choices = useTableChoices('usage', hiddenAtFirst);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, isPlaceholderData, fetchNextPage } = useInfiniteQuery(
    usageQuery({ region, ...question }),
  );
  const first = data?.pages[0];
  const isFiltered = question.q !== undefined || question.customerId !== undefined || question.filter !== undefined;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const columns = useMemo(
    () => (first === undefined ? [] : usageColumns({ t, f, region, range, first, isFiltered })),
    [t, f, region, range, first, isFiltered],
  );
  // A part that comes later knows no type of rows, and needs none.
  const heads = columns.map(({ key, head, isNumber = false }) => ({ key, head, isNumber, width: 0, cell: () => null }));
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const search = useCallback((q: string) => onSearch({ q: q === '' ? undefined : q }), [onSearch]);
  const sorting = { key: question.sort ?? 'calls', order: question.order ?? 'desc' };
  const sort = ({ key, order }: Sorting) => {
    if (isSortKey(key)) onSearch({ sort: key, order });
  };
  if (first === undefined && error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const shown = columns.filter((column) => !choices.hidden.includes(column.key));
  return (
    <>
      <div className="usage-bar">
        <div className="section-head">
          <h2>{t('usage.rows')}</h2>
          {first === undefined ? null : (
            <span className="quiet num" aria-live="polite">
              {isFiltered
                ? t('count.shown', { shown: first.rows, total: first.rowsUnfiltered })
                : t('count.rows', { count: first.rows })}
            </span>
          )}
        </div>
        <SearchField value={question.q ?? ''} label={t('usage.search')} onChange={search} />
        <Suspense fallback={null}>
          <GroupChoice filter={question.filter} onChange={(filter) => onSearch({ filter })} />
        </Suspense>
        {isPhone ? null : (
          <div className="usage-tools">
            <Button
              variant="subtle"
              aria-pressed={choices.isDense}
              onClick={() => choices.setIsDense(!choices.isDense)}
            >
              {t('common.density')}: {t(choices.isDense ? 'common.density.compact' : 'common.density.comfortable')}
            </Button>
            <ColumnChooser
              choices={columns.slice(1).map(({ key, head }) => ({ key, label: head }))}
              hidden={choices.hidden}
              onChange={choices.setHidden}
              onReset={choices.reset}
            />
          </div>
        )}
      </div>
      {first === undefined ? <SkeletonRows rows={14} /> : null}
      {first === undefined ? null : (
        <>
          {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
          {first.rows === 0 ? (
            <Suspense fallback={<SkeletonRows rows={3} />}>
              <WhyEmpty
                region={region}
                range={range}
                customerId={CustomerId.safeParse(question.customerId).data}
                onRange={onSearch}
                onClear={() => onSearch({ q: undefined, customerId: undefined, filter: undefined })}
              />
            </Suspense>
          ) : (
            <>
              {isPhone ? (
                <>
                  <MissingFeeds missing={first.missingFeeds} />
                  <PolicyNote {...first} />
                  <Suspense fallback={null}>
                    <SortControl columns={heads} sorting={sorting} onSort={sort} />
                  </Suspense>
                  <Suspense fallback={<SkeletonRows rows={8} height={105} />}>
                    <PhoneUsage
                      totalsName={totalsName({ t, first, region, isFiltered })}
                      totals={first.totals}
                      rows={rows}
                      region={region}
                      range={range}
                      onEnd={more}
                    />
                  </Suspense>
                </>
              ) : (
                <>
                  <MissingFeeds
                    missing={first.missingFeeds}
                    hidden={choices.hidden}
                    onHide={(keys) => choices.setHidden([...choices.hidden, ...keys])}
                  />
                  <PolicyNote {...first} />
                  <div className="usage-table" data-old={isPlaceholderData || undefined}>
                    <DataTable
                      name={t('usage.table')}
                      columns={shown}
                      rows={rows}
                      rowCount={first.rows}
                      rowKey={rowKey}
                      rowHeight={choices.isDense ? 28 : 36}
                      asked={JSON.stringify(question)}
                      sorting={sorting}
                      onSort={sort}
                      hasTotals
                      onEnd={more}
                    />
                  </div>
                </>
              )}
            </>
          )}
        </>
      )}
    </>
  );
}
