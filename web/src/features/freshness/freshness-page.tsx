import { Button, NativeSelect, Tooltip } from '@mantine/core';
import { exportFreshness, FreshnessSort, FreshnessState } from '@hub/contract/freshness';
import { FeedCode } from '@hub/contract/imports';
import { regionLabels } from '@hub/contract/regions';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useSession } from '../sessions/index.ts';
import { addressOf } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { useTitle } from '../../lib/use-title.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Sorting } from '../../ui/table-columns.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { RowList } from '../../ui/row-list.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Segments } from '../../ui/segments.tsx';
import { SortControl } from '../../ui/sort-control.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { freshnessColumns } from './freshness-columns.tsx';
import { FreshnessLines } from './freshness-lines.tsx';
import { FreshnessRules } from './freshness-rules.tsx';
import { freshnessQuery } from './queries.ts';
import { WhyEmpty } from './why-empty.tsx';
import './freshness.css';

/** Which customers' data is late or has gaps, feed by feed, the worst first. */
export function FreshnessPage() {
  const { t, f } = useText();
  const session = useSession();
  const isPhone = useIsPhone();
  const navigate = useNavigate({ from: '/data-freshness' });
  const search = useSearch({ from: '/frame/data-freshness' });
  useTitle(t('nav.dataFreshness'));
  const region = session.regions.find((served) => served === search.region) ?? session.partner.homeRegion;
  const { feed, state, q } = search;
  const sorting: Sorting & { key: FreshnessSort } = { key: search.sort ?? 'worst', order: search.order ?? 'desc' };
  const question = {
    region,
    ...(feed === undefined ? {} : { feed }),
    ...(state === undefined ? {} : { state }),
    ...(q === undefined ? {} : { q }),
    sort: sorting.key,
    order: sorting.order,
  };
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    freshnessQuery(question),
  );
  const first = data?.pages[0];
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const columns = useMemo(() => freshnessColumns(t, f), [t, f]);
  const go = useCallback(
    (change: Partial<typeof search>) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const searchFor = useCallback((text: string) => go({ q: text === '' ? undefined : text }), [go]);
  const sort = ({ key, order }: Sorting) => {
    const sorted = FreshnessSort.safeParse(key).data;
    if (sorted !== undefined) go({ sort: sorted, order });
  };
  return (
    <div className="page page-fixed freshness">
      <PageHead
        title={t('nav.dataFreshness')}
        {...(first === undefined ? {} : { intro: t('fresh.intro', { range: f.dateRange(first.from, first.to) }) })}
      >
        <Segments
          label={t('region.selector')}
          segments={session.regions.map((value) => ({
            value,
            label: regionLabels[value],
            title: t(`region.${value}`),
          }))}
          value={region}
          onChange={(value) => go({ region: value })}
        />
        {first === undefined || first.rows === 0 ? null : (
          <Tooltip label={t('fresh.export.hint', { count: first.rows })}>
            <Button
              component="a"
              href={addressOf(exportFreshness, { query: question })}
              download
              leftSection={<IconDownload size={16} stroke={1.6} />}
            >
              {t('fresh.export', { count: first.rows })}
            </Button>
          </Tooltip>
        )}
      </PageHead>
      <div className="fresh-bar">
        <div className="section-head">
          <h2>{t('fresh.rows')}</h2>
          {first === undefined ? null : (
            <span className="quiet num" aria-live="polite">
              {state === undefined && q === undefined
                ? t('count.rows', { count: first.rows })
                : t('count.shown', { shown: first.rows, total: first.rowsUnfiltered })}
            </span>
          )}
        </div>
        <SearchField value={q ?? ''} label={t('fresh.search')} onChange={searchFor} />
        <NativeSelect
          aria-label={t('fresh.feed')}
          value={feed ?? ''}
          data={[
            { value: '', label: t('fresh.feed.all') },
            ...FeedCode.options.map((value) => ({ value, label: t(`feed.${value}`) })),
          ]}
          onChange={({ currentTarget: { value } }) => go({ feed: FeedCode.safeParse(value).data })}
        />
        <NativeSelect
          aria-label={t('fresh.state')}
          value={state ?? ''}
          data={[
            { value: '', label: t('fresh.state.all') },
            { value: 'late', label: t('fresh.state.late', { count: first?.late ?? 0 }) },
            { value: 'gaps', label: t('fresh.state.gaps', { count: first?.withGaps ?? 0 }) },
          ]}
          onChange={({ currentTarget: { value } }) => go({ state: FreshnessState.safeParse(value).data })}
        />
      </div>
      <FreshnessRules />
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {first === undefined && error === null ? <SkeletonRows rows={14} /> : null}
      {first !== undefined && first.rowsUnfiltered === 0 ? (
        <WhyEmpty region={region} range={{ from: first.from, to: first.to }} feed={feed} />
      ) : null}
      {first !== undefined && first.rowsUnfiltered > 0 && first.rows === 0 ? (
        <EmptyState title={t('fresh.none')} hint={t('fresh.none.hint', { count: first.rowsUnfiltered })}>
          <Button onClick={() => go({ q: undefined, state: undefined })}>{t('fresh.none.action')}</Button>
        </EmptyState>
      ) : null}
      {rows.length > 0 && isPhone ? (
        <>
          <SortControl
            columns={columns.filter(({ isSortable }) => isSortable === true)}
            sorting={sorting}
            onSort={sort}
          />
          <RowList
            name={t('fresh.table')}
            rows={rows}
            rowKey={keyOf}
            rowHeight={85}
            row={(row) => <FreshnessLines row={row} />}
            onEnd={more}
          />
        </>
      ) : null}
      {rows.length > 0 && !isPhone ? (
        <div className="fresh-table">
          <DataTable
            name={t('fresh.table')}
            columns={columns}
            rows={rows}
            rowCount={first?.rows ?? rows.length}
            rowKey={keyOf}
            rowHeight={36}
            asked={JSON.stringify(question)}
            sorting={sorting}
            onSort={sort}
            onEnd={more}
          />
        </div>
      ) : null}
    </div>
  );
}

const keyOf = ({ customerId, feed }: { customerId: string; feed: string }): string => `${customerId} ${feed}`;
