import { Button } from '@mantine/core';
import type { EmptyReason } from '@hub/contract/freshness';
import type { CustomerId } from '@hub/contract/ids';
import type { FeedCode } from '@hub/contract/imports';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../sessions/index.ts';
import { addDays, daysUntil } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { whyEmptyQuery } from './queries.ts';
import './freshness.css';

interface Range {
  from: string;
  to: string;
}

interface Asked {
  region: RegionCode;
  range: Range;
  /** Absent: call history. */
  feed?: FeedCode | undefined;
  customerId?: CustomerId | undefined;
  /** Shows another range; absent where the page has none to choose. */
  onRange?: (range: Range) => void;
  /** Takes away whatever narrows the rows of the range. */
  onClear?: () => void;
}

/** Why there is nothing, from the facts, with the one act that helps; below it what is on its way. */
export function WhyEmpty(asked: Asked) {
  const { t } = useText();
  const { region, range, feed = 'webex_call_history', customerId } = asked;
  const { data, error, refetch } = useQuery(
    whyEmptyQuery({ region, ...range, feed, ...(customerId === undefined ? {} : { customerId }) }),
  );
  if (data === undefined)
    return error === null ? <SkeletonRows rows={3} /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  const [reason, ...others] = data.reasons;
  if (reason === undefined) return null;
  return (
    <div className="empty why-empty">
      <Reason reason={reason} asked={asked} onRetry={() => void refetch()} />
      {others.length === 0 ? null : (
        <ul aria-label={t('whyEmpty.also')}>
          {others.filter(isOnTheWay).map((other) => (
            <OnTheWay key={other.code} reason={other} region={region} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Reason({ reason, asked, onRetry }: { reason: EmptyReason; asked: Asked; onRetry: () => void }) {
  const { t, f } = useText();
  const { region, range, customerId, onRange, onClear } = asked;
  const label = regionLabels[region];
  const feed = t(`feed.${asked.feed ?? 'webex_call_history'}`);
  const noRecords = t('whyEmpty.noRecords', { range: f.dateRange(range.from, range.to) });
  const length = daysUntil(range.from, range.to);
  switch (reason.code) {
    case 'region_away':
      return (
        <Told title={t('whyEmpty.region_away', { region: label })} hint={t('whyEmpty.region_away.hint')}>
          <Button onClick={onRetry}>{t('action.retry')}</Button>
        </Told>
      );
    case 'filtered':
      return (
        <Told title={t('whyEmpty.filtered')} hint={t('whyEmpty.filtered.hint', { records: reason.records })}>
          {onClear === undefined ? null : <Button onClick={onClear}>{t('whyEmpty.filtered.action')}</Button>}
        </Told>
      );
    case 'not_linked':
      return (
        <Told title={t('whyEmpty.not_linked')} hint={t('whyEmpty.not_linked.hint')}>
          {customerId === undefined ? null : (
            <Button
              renderRoot={(props: object) => (
                <Link to="/customers/$customerId" params={{ customerId }} search={{}} {...props} />
              )}
            >
              {t('whyEmpty.not_linked.action')}
            </Button>
          )}
        </Told>
      );
    case 'never_imported':
      return (
        <Told
          title={t(customerId === undefined ? 'whyEmpty.never_imported' : 'whyEmpty.never_imported.customer', {
            feed,
            region: label,
          })}
          hint={t('whyEmpty.never_imported.hint')}
        >
          <ImportFile region={region} />
        </Told>
      );
    case 'beyond_kept':
      return (
        <Told
          title={noRecords}
          hint={t('whyEmpty.beyond_kept.hint', { feed, count: reason.days, day: f.date(reason.firstDay) })}
        >
          <ShowRange onRange={onRange} range={{ from: reason.firstDay, to: addDays(reason.firstDay, length) }} />
        </Told>
      );
    case 'begins_later':
      return (
        <Told title={noRecords} hint={t('whyEmpty.begins_later.hint', { day: f.date(reason.firstDay) })}>
          <ShowRange onRange={onRange} range={{ from: reason.firstDay, to: addDays(reason.firstDay, length) }} />
        </Told>
      );
    case 'ended_before':
      return (
        <Told title={noRecords} hint={t('whyEmpty.ended_before.hint', { day: f.date(reason.lastDay) })}>
          <ImportFile region={region} />
          <ShowRange onRange={onRange} range={{ from: addDays(reason.lastDay, -length), to: reason.lastDay }} />
        </Told>
      );
    case 'gap':
      return (
        <Told
          title={noRecords}
          hint={t('whyEmpty.gap.hint', { before: f.date(reason.before), after: f.date(reason.after) })}
        >
          <ImportFile region={region} />
          <ShowRange onRange={onRange} range={{ from: reason.after, to: addDays(reason.after, length) }} />
        </Told>
      );
    // Never the first: something of the facts always is.
    case 'held':
    case 'import_underway':
    case 'import_failed':
      return <Told title={noRecords} />;
  }
}

function Told({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <>
      <h2>{title}</h2>
      {hint === undefined ? null : <p className="quiet">{hint}</p>}
      {children === undefined ? null : <div className="row">{children}</div>}
    </>
  );
}

function ImportFile({ region }: { region: RegionCode }) {
  const { t } = useText();
  const { may } = useSession();
  if (!may('imports.write')) return null;
  return (
    <Button variant="filled" renderRoot={(props: object) => <Link to="/imports" search={{ region }} {...props} />}>
      {t('fresh.import')}
    </Button>
  );
}

function ShowRange({ range, onRange }: { range: Range; onRange: ((range: Range) => void) | undefined }) {
  const { t, f } = useText();
  if (onRange === undefined) return null;
  return (
    <Button onClick={() => onRange(range)}>{t('whyEmpty.show', { range: f.dateRange(range.from, range.to) })}</Button>
  );
}

type Coming = Extract<EmptyReason, { code: 'held' | 'import_underway' | 'import_failed' }>;

const isOnTheWay = (reason: EmptyReason): reason is Coming =>
  reason.code === 'held' || reason.code === 'import_underway' || reason.code === 'import_failed';

/** Rows that wait, imports that run and one that needs somebody, each with the way there. */
function OnTheWay({ reason, region }: { reason: Coming; region: RegionCode }) {
  const { t } = useText();
  switch (reason.code) {
    case 'held':
      return (
        <li>
          <Glyph name="dotted" />
          <span className="grow">{t('whyEmpty.held', reason)}</span>
          <Link to="/imports" search={{ region }} hash="held">
            {t('whyEmpty.held.action')}
          </Link>
        </li>
      );
    case 'import_underway':
      return (
        <li>
          <Glyph name="running" />
          <span className="grow">{t('whyEmpty.import_underway', reason)}</span>
          <Link to="/imports" search={{ region }}>
            {t('whyEmpty.import_underway.action')}
          </Link>
        </li>
      );
    case 'import_failed': {
      const { number, fileName, isKept } = reason;
      return (
        <li>
          <Glyph name="failed" />
          <span className="grow wrap">
            {t(isKept ? 'whyEmpty.import_failed.kept' : 'whyEmpty.import_failed', { number: String(number), fileName })}
          </span>
          <Link to="/imports" search={{ region, batch: reason.importId }}>
            {t('whyEmpty.import_failed.action')}
          </Link>
        </li>
      );
    }
  }
}
