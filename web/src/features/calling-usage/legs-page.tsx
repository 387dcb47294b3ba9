import {
  CallFeature,
  callingUsageMeasures,
  CallingUsageMeasure,
  callLegsMaximumDays,
  type CallLeg,
  type LegMeasure,
  MediaMeasure,
} from '@hub/contract/calling-usage';
import { CustomerId, ReportId } from '@hub/contract/ids';
import { regionLabels } from '@hub/contract/regions';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { WhyEmpty } from '../freshness/index.ts';
import { useSession } from '../sessions/index.ts';
import { isCalendarDate } from '../../lib/calendar.ts';
import type { Format } from '../../lib/format.ts';
import { type Translate, useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { useTitle } from '../../lib/use-title.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { RowList } from '../../ui/row-list.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import '../../ui/analytics.css';
import './calling-usage.css';
import { LegLines } from './leg-lines.tsx';
import { LegPanel } from './leg-panel.tsx';
import { legColumns } from './leg-columns.tsx';
import { LegsBack } from './legs-back.tsx';
import { legMeasureName } from './measure-words.ts';
import { PolicyNote } from './policy-note.tsx';
import { legsQuery } from './queries.ts';
import { rangeOf } from './range.ts';
import { SearchField } from '../../ui/search-field.tsx';

// Mostly silent.
const LinkNotice = lazy(async () => ({ default: (await import('./link-notice.tsx')).LinkNotice }));

/** The call legs behind a number, and the record of each. */
export function LegsPage() {
  const { t, f } = useText();
  const session = useSession();
  const isPhone = useIsPhone();
  const navigate = useNavigate({ from: '/analytics/calling-usage/legs' });
  const search = useSearch({ from: '/frame/analytics/calling-usage/legs' });
  useTitle(t('legs.title'));
  const range = rangeOf(search, session.today, callLegsMaximumDays);
  const region = session.regions.find((served) => served === search.region) ?? session.partner.homeRegion;
  const { measure, location, user, endpointType, queue, filter, hasQueues, zone, q, policy } = search;
  const customerId = CustomerId.safeParse(search.customerId).data;
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    legsQuery({
      region,
      ...range,
      ...(customerId === undefined ? {} : { customerId }),
      ...(location === undefined ? {} : { location }),
      ...(measure === undefined ? {} : { measure }),
      ...(user === undefined ? {} : { user }),
      ...(endpointType === undefined ? {} : { endpointType }),
      ...(queue === undefined ? {} : { queue }),
      ...(filter === undefined ? {} : { filter }),
      ...(hasQueues === undefined ? {} : { hasQueues }),
      ...(zone === undefined ? {} : { zone }),
      ...(q === undefined ? {} : { q }),
      ...(policy === undefined ? {} : { policy }),
    }),
  );
  const first = data?.pages[0];
  const legs = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const columns = useMemo(() => legColumns(t, f, customerId === undefined), [t, f, customerId]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const searchFor = useCallback(
    (text: string) =>
      void navigate({ search: (before) => ({ ...before, q: text === '' ? undefined : text }), replace: true }),
    [navigate],
  );
  const close = useCallback(
    () => void navigate({ search: (before) => ({ ...before, leg: undefined, day: undefined }), replace: true }),
    [navigate],
  );
  const mend = useCallback(
    (shown: { region?: string; from: string; to: string }) =>
      void navigate({ search: (before) => ({ ...before, ...shown }), replace: true }),
    [navigate],
  );
  const clear = useCallback(
    () =>
      void navigate({
        search: (before) => ({ ...before, ...everyLeg }),
        replace: true,
      }),
    [navigate],
  );
  const leg = ReportId.safeParse(search.leg).data;
  const day = search.day !== undefined && isCalendarDate(search.day) ? search.day : undefined;
  const customer = legs[0]?.customerName;
  return (
    <div className="page page-fixed legs">
      <header className="page-head">
        <div className="page-title">
          <p>
            <LegsBack search={search} region={region} range={range} />
          </p>
          <h1>{titleOf(measure, q !== undefined, first, t, f)}</h1>
          <p className="quiet">
            {[
              customerId === undefined ? null : customer,
              user === undefined ? null : legs[0]?.user,
              endpointType === undefined ? null : t(`endpoint.${endpointType}`),
              queue === undefined ? null : t('legs.queue', { name: queue }),
              filter === undefined ? null : t('legs.filter', { filter }),
              hasQueues === undefined ? null : t('legs.onlyQueues'),
              location === undefined ? null : location === '' ? t('usage.noLocation') : location,
              regionLabels[region],
              `${f.dateRange(range.from, range.to)}, ${zone?.replaceAll('_', ' ') ?? t('common.utc')}`,
            ]
              .filter((part) => part !== null && part !== undefined)
              .join(' · ')}
          </p>
          {measure === undefined || q !== undefined ? null : <p className="help">{t(definitionOf(measure))}</p>}
          {isOfQuality(measure) && first !== undefined ? (
            <PolicyNote policy={first.policy} policyVersion={first.policyVersion} />
          ) : null}
        </div>
        <div className="page-actions">
          <SearchField value={q ?? ''} label={t('legs.search')} onChange={searchFor} />
        </div>
      </header>
      <Suspense fallback={null}>
        <LinkNotice asked={search} shown={{ region, ...range }} maximumDays={callLegsMaximumDays} onMend={mend} />
      </Suspense>
      <div className="with-panel legs-body">
        <div className="legs-table">
          {error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
          {first === undefined && error === null ? <SkeletonRows rows={14} /> : null}
          {first !== undefined && legs.length === 0 ? (
            <WhyEmpty region={region} range={range} customerId={customerId} onRange={mend} onClear={clear} />
          ) : null}
          {legs.length > 0 && isPhone ? (
            <RowList
              name={t('legs.table')}
              rows={legs}
              rowKey={keyOf}
              rowHeight={85}
              row={(row) => <LegLines leg={row} />}
              onEnd={more}
            />
          ) : null}
          {legs.length > 0 && !isPhone ? (
            <DataTable
              name={t('legs.table')}
              columns={columns}
              rows={legs}
              rowCount={first?.legs ?? legs.length}
              rowKey={keyOf}
              rowHeight={36}
              sorting={newestFirst}
              selectedKey={leg}
              onEnd={more}
            />
          ) : null}
        </div>
        {leg === undefined || day === undefined ? null : (
          <LegPanel key={leg} reportId={leg} region={region} startDate={day} onClose={close} />
        )}
      </div>
    </div>
  );
}

const everyLeg = {
  q: undefined,
  location: undefined,
  measure: undefined,
  user: undefined,
  endpointType: undefined,
  queue: undefined,
  filter: undefined,
  hasQueues: undefined,
} as const;

const newestFirst = { key: 'startTime', order: 'desc' } as const;

const keyOf = (leg: CallLeg): string => leg.reportId;

/** The number is of all legs, so a search, which leaves some of them, hides it. */
function titleOf(
  asked: LegMeasure | undefined,
  isSearched: boolean,
  first: { legs: number; value: number | null } | undefined,
  t: Translate,
  f: Format,
): string {
  const measure = legMeasureName(asked, t);
  if (first === undefined) return measure ?? t('legs.title');
  if (measure === null || first.value === null) return t('legs.count', { count: first.legs });
  if (isSearched) return `${measure} · ${t('legs.count', { count: first.legs })}`;
  const value = t('legs.value', { measure, value: f.number(first.value) });
  return first.value === first.legs && isLegCount(asked)
    ? value
    : `${value} · ${t('legs.behind', { count: first.legs })}`;
}

const isOfQuality = (measure: LegMeasure | undefined): boolean =>
  measure === 'poorLegs' || (measure !== 'mediaLegs' && MediaMeasure.safeParse(measure).success);

const isLegCount = (measure: LegMeasure | undefined): boolean => measure !== undefined && /legs$/i.test(measure);

/** What the rows are to the number. Of the feeds without legs of their own: how far they lead. */
function definitionOf(measure: LegMeasure) {
  if (MediaMeasure.safeParse(measure).success) return 'legs.defined.media';
  if (CallFeature.safeParse(measure).success) return 'legs.defined.calls';
  const known = CallingUsageMeasure.safeParse(measure).data;
  if (known === undefined) return 'legs.defined.queues';
  const { unit, feed } = callingUsageMeasures[known];
  if (feed === 'media_quality') return 'legs.defined.media';
  if (feed === 'call_queue_stats') return 'legs.defined.queues';
  if (unit === 'minutes') return 'legs.defined.minutes';
  return isLegCount(measure) ? 'legs.defined.legs' : 'legs.defined.calls';
}
