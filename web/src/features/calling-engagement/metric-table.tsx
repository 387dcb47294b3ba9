import { hiddenAtFirst } from '@hub/contract/calling-engagement';
import { exportMetrics, type Dimension, type MetricKey, type MetricRow } from '@hub/contract/metrics';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { ExportButton } from '../calling-usage/index.ts';
import { WhyEmpty } from '../freshness/index.ts';
import { useSession } from '../sessions/index.ts';
import { addressOf } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { useTableChoices } from '../../lib/use-table-choices.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { ColumnChooser } from '../../ui/column-chooser.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { RowList } from '../../ui/row-list.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Segments } from '../../ui/segments.tsx';
import type { Sorting } from '../../ui/table-columns.ts';
import { SortControl } from '../../ui/sort-control.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { type EngagementSearch, freshRows, type Go } from './engagement-search.ts';
import { legsOf } from './legs-search.ts';
import { metricColumns } from './metric-columns.tsx';
import { MetricLines } from './metric-lines.tsx';
import type { Ways } from './metric-cell.tsx';
import { columnName } from './metric-words.ts';
import { mayBeOpen, type Period, trendOf } from './period.ts';
import { rowsQuery, rowsQuestion } from './queries.ts';
import { dimensionsOf, type Scope, type View } from './scope.ts';
import { leadingMetric, orderOf, tableMetrics } from './table-metrics.ts';
import { TableFormulas } from './table-formulas.tsx';
import { useRetry } from './use-retry.ts';

const titles = {
  usage: 'engagement.table.usage',
  quality: 'engagement.table.quality',
  features: 'engagement.table.features',
} as const;

/** The rows of a view: customers, or the parts of the one that is open. Each leads one step further down. */
export function MetricTable({
  region,
  scope,
  period,
  view,
  search,
  go,
}: {
  region: RegionCode;
  scope: Scope;
  period: Period;
  view: View;
  search: EngagementSearch;
  go: Go;
}) {
  const { t, language } = useText();
  const { may, today } = useSession();
  const isPhone = useIsPhone();
  const retry = useRetry();
  const mayLegs = may('call_legs.read');
  const dimensions = dimensionsOf(scope, view, mayLegs);
  const dimension: Dimension = dimensions.find((each) => each === search.rows) ?? dimensions[0] ?? 'customer';
  const choices = useTableChoices(`engagement.${view}.${dimension}`, hiddenAtFirst[view]);
  const metrics = useMemo(() => tableMetrics(view, scope, dimension), [view, scope, dimension]);
  const { hidden } = choices;
  const isWeek = period.kind === 'week';
  const isChangeSortable = isWeek && !mayBeOpen(period, today, scope.zone);
  const { sort, sortBy, order } = orderOf(search, view, metrics, isChangeSortable);
  const lead: MetricKey = sort === 'name' ? leadingMetric(view, metrics) : sort;
  const span = isWeek ? trendOf(period) : { from: period.from, to: period.to, bucket: 'whole' as const };
  // Some columns that are hidden at first take as long as all others together.
  const shown = metrics.filter((key) => key === lead || !hidden.includes(key));
  const asked = {
    ...span,
    metrics: shown,
    by: dimension,
    sort,
    sortBy,
    order,
    q: search.q,
    ...(view === 'features' && dimension === 'customer' ? { hasQueues: true } : {}),
  };
  // A file has the weeks themselves.
  const compared = isWeek ? ({ ...asked, comparison: 'previous' } as const) : asked;
  const { data, error, hasNextPage, isFetchingNextPage, isPlaceholderData, fetchNextPage } = useInfiniteQuery(
    rowsQuery(region, scope, compared),
  );
  const first = data?.pages[0];
  const isOpen = first?.areOpen.at(-1) ?? false;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const find = useCallback((q: string) => go({ q: q === '' ? undefined : q }), [go]);
  const title = t(dimension === 'customer' ? titles[view] : `engagement.rows.${dimension}`);
  const { from, to } = period;
  const ways = useMemo<Ways>(
    () => ({
      dimension,
      into: (row) => intoOf(row, dimension, search, region),
      legs: mayLegs ? legsOf(scope, { from, to }) : null,
    }),
    [region, dimension, search, mayLegs, scope, from, to],
  );
  const columns = useMemo(
    () =>
      first === undefined
        ? []
        : metricColumns({
            t,
            numbers: numbersFor(language),
            metrics,
            lead: isWeek ? lead : null,
            place: leadingMetric(view, metrics),
            totals: { values: first.totals, before: first.totalsBefore },
            isOpen,
            isChangeSortable,
            nameHead: t(`engagement.by.${dimension}`),
            totalsName:
              dimension === 'customer' && search.q === undefined
                ? t('engagement.totals.customers', { count: first.count, region: regionLabels[region] })
                : t('engagement.totals', { count: first.count }),
            ways,
            hasLocation: (dimension === 'user' || dimension === 'queue') && scope.location === undefined,
          }),
    [
      t,
      language,
      metrics,
      lead,
      isWeek,
      isOpen,
      isChangeSortable,
      view,
      first,
      dimension,
      region,
      search.q,
      scope.location,
      ways,
    ],
  );
  // A column that is hidden at first stands beside the name while the rows are sorted by it: a link to such rows shows why they stand so.
  const drawn = useMemo(() => {
    const chosen = columns.filter(({ key }) => !hidden.includes(key));
    const added = columns.filter(({ key }) => key === lead && hidden.includes(key) && isHiddenAtFirst(view, lead));
    return chosen.toSpliced(1, 0, ...added);
  }, [columns, hidden, view, lead]);
  const sorting: Sorting = { key: sortBy === 'change' ? 'change' : sort, order };
  const onSort = (next: Sorting) => {
    if (next.key === 'change') go({ sort: lead, sortBy: 'change', order: next.order });
    else go({ sort: next.key, sortBy: 'last', order: next.order });
  };
  const isEmpty = first !== undefined && first.count === 0;
  const question = JSON.stringify({ ...asked, metrics: null }); // a column that is shown changes no row
  return (
    <section className="engagement-rows" aria-label={title}>
      <div className="rows-bar">
        <div className="section-head">
          <h2>{title}</h2>
          <TableFormulas name={title} view={view} metrics={metrics} />
          <span className="quiet num" aria-live="polite">
            {first === undefined
              ? null
              : t('engagement.count', { count: first.count, order: orderWords(sort, sortBy, order, t) })}
          </span>
        </div>
        {dimensions.length > 1 ? (
          <Segments
            label={t('engagement.rows')}
            segments={dimensions.map((value) => ({ value, label: t(`engagement.rows.${value}`) }))}
            value={dimension}
            onChange={(rowsAre) => go({ ...freshRows, rows: rowsAre })}
          />
        ) : null}
        <SearchField value={search.q ?? ''} label={t('engagement.search')} onChange={find} />
        <div className="rows-tools">
          {isPhone ? null : (
            <ColumnChooser
              choices={columns.slice(1).map(({ key, head }) => ({ key, label: head }))}
              hidden={choices.hidden}
              onChange={choices.setHidden}
              onReset={choices.reset}
            />
          )}
          {first === undefined ? null : (
            <ExportButton
              rows={first.count}
              href={addressOf(exportMetrics, { query: rowsQuestion(region, scope, { ...asked, metrics }) })}
            />
          )}
        </div>
      </div>
      {error === null ? null : <ErrorState error={error} onRetry={retry} />}
      {first === undefined && error === null ? <SkeletonRows rows={10} /> : null}
      {isEmpty ? (
        <WhyEmpty
          region={region}
          range={{ from: period.from, to: period.to }}
          feed={
            view === 'usage'
              ? 'webex_call_history'
              : view === 'quality'
                ? 'webex_media_quality'
                : 'webex_call_queue_stats'
          }
          customerId={scope.customerId}
          onRange={(range) => go(range)}
          onClear={() => go({ q: undefined, filter: undefined })}
        />
      ) : null}
      {first === undefined || isEmpty ? null : isPhone ? (
        <>
          <SortControl columns={columns.filter(({ isSortable }) => isSortable)} sorting={sorting} onSort={onSort} />
          <RowList
            name={title}
            rows={rows}
            rowKey={keyOf}
            rowHeight={92}
            asked={question}
            row={(row) => (
              <MetricLines
                row={row}
                lead={lead}
                others={shown.filter((key) => key !== lead).slice(0, 2)}
                hasTrend={isWeek}
                hasChange={isWeek && !isOpen}
                ways={ways}
              />
            )}
            onEnd={more}
          />
        </>
      ) : (
        <div className="rows-table" data-old={isPlaceholderData || undefined}>
          <DataTable
            name={title}
            columns={drawn}
            rows={rows}
            rowCount={first.count}
            rowKey={keyOf}
            rowHeight={36}
            asked={question}
            sorting={sorting}
            onSort={onSort}
            // Totals follow a search among customers only; of other rows they stay those of the whole scope.
            hasTotals={dimension === 'customer' || search.q === undefined}
            onEnd={more}
          />
        </div>
      )}
    </section>
  );
}

const keyOf = ({ key }: MetricRow): string => key;
const isHiddenAtFirst = (view: View, key: MetricKey): boolean => hiddenAtFirst[view].includes(key);

/** One step down from a row: customer, then location; users and queues have their call legs only. */
function intoOf(row: MetricRow, dimension: Dimension, search: EngagementSearch, region: RegionCode) {
  const { customerId } = row;
  if (dimension === 'customer' && customerId !== null)
    return { ...search, ...freshRows, region, filter: undefined, customerId };
  if (dimension === 'location') return { ...search, ...freshRows, region, location: row.location ?? row.name };
  return null;
}

function orderWords(
  sort: MetricKey | 'name',
  sortBy: 'last' | 'change',
  order: 'asc' | 'desc',
  t: ReturnType<typeof useText>['t'],
): string {
  if (sort === 'name') return t(`engagement.order.name.${order}`);
  return t(`engagement.order.${sortBy}.${order}`, { metric: columnName(sort, t) });
}
