import { Button, NativeSelect } from '@mantine/core';
import type { FeedCoverage } from '@hub/contract/freshness';
import type { CustomerId } from '@hub/contract/ids';
import type { FeedCode } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { cadenceName, isKnown } from './cadence-words.ts';
import { weeksOf } from './calendar-weeks.ts';
import { CoverageTable } from './coverage-table.tsx';
import { FreshnessRules } from './freshness-rules.tsx';
import { HeatMap } from './heat-map.tsx';
import { coverageQuery } from './queries.ts';
import { WhyEmpty } from './why-empty.tsx';
import './freshness.css';

/** The calendar of a customer: a year of days of one feed, its gaps in words, and the same as a table. */
export function CustomerCoverage({
  customerId,
  feed,
  onFeed,
  saysWhenEmpty = true,
}: {
  customerId: CustomerId;
  /** Absent: the first that has anything. */
  feed: FeedCode | undefined;
  onFeed: (feed: FeedCode) => void;
  /** Not where the page around it has said why it is empty. */
  saysWhenEmpty?: boolean;
}) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(coverageQuery(customerId));
  if (data === undefined)
    return error === null ? <SkeletonRows rows={7} /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  const { from, to, region, feeds } = data;
  const shown = feeds.find((each) => each.feed === feed) ?? feeds[0];
  if (shown === undefined)
    return saysWhenEmpty ? <WhyEmpty region={region} range={{ from, to }} feed={feed} customerId={customerId} /> : null;
  return (
    <section className="band stack coverage" aria-label={t('fresh.calendar')}>
      <div className="section-head">
        <h2>{t('fresh.calendar')}</h2>
        <NativeSelect
          aria-label={t('fresh.feed')}
          value={shown.feed}
          data={feeds.map((each) => ({ value: each.feed, label: t(`feed.${each.feed}`) }))}
          onChange={({ currentTarget: { value } }) => {
            const chosen = feeds.find((each) => each.feed === value);
            if (chosen !== undefined) onFeed(chosen.feed);
          }}
        />
      </div>
      <Shown coverage={shown} range={{ from, to }} region={region} />
    </section>
  );
}

function Shown({
  coverage,
  range,
  region,
}: {
  coverage: FeedCoverage;
  range: { from: string; to: string };
  region: RegionCode;
}) {
  const { t, f } = useText();
  const name = t('fresh.calendar.name', { feed: t(`feed.${coverage.feed}`) });
  const weeks = weeksOf(coverage, range);
  const { firstDay, lastDay, lastRecordAt, cadence } = coverage;
  return (
    <>
      <dl className="coverage-facts">
        <div>
          <dt>{t('fresh.period')}</dt>
          <dd className="num">{f.dateRange(firstDay, lastDay)}</dd>
        </div>
        <div>
          <dt>{t('fresh.col.lastDay')}</dt>
          <dd className="num">
            {lastRecordAt === null ? f.date(lastDay) : `${f.dateTime(lastRecordAt)} ${t('common.utc')}`}
          </dd>
        </div>
        <div>
          <dt>{t('fresh.col.cadence')}</dt>
          <dd>
            {cadenceName(cadence, t, f)}
            {cadence.usualBreak === 0 ? null : (
              <span className="help"> {t('fresh.cadence.usualBreak', { days: cadence.usualBreak })}</span>
            )}
          </dd>
        </div>
      </dl>
      <HeatMap key={coverage.feed} name={name} weeks={weeks} {...range} />
      <Legend />
      <Gaps coverage={coverage} region={region} />
      <CoverageTable name={name} weeks={weeks} />
      <FreshnessRules />
    </>
  );
}

function Legend() {
  const { t } = useText();
  return (
    <ul className="heat-legend help" aria-label={t('fresh.legend')}>
      <li>
        <span className="heat-day" data-level={0} aria-hidden="true" />
        {t('fresh.legend.none')}
      </li>
      <li>
        <span className="heat-day" data-level={0} data-missing aria-hidden="true" />
        {t('fresh.legend.missing')}
      </li>
      <li>
        {[1, 2, 3].map((level) => (
          <span key={level} className="heat-day" data-level={level} aria-hidden="true" />
        ))}
        {t('fresh.legend.records')}
      </li>
    </ul>
  );
}

/** What is missing, in words, and the act that helps. */
function Gaps({ coverage: { gaps, late, cadence }, region }: { coverage: FeedCoverage; region: RegionCode }) {
  const { t, f } = useText();
  const { may } = useSession();
  if (!isKnown(cadence)) return <p className="quiet">{t('fresh.gaps.unknown')}</p>;
  if (gaps.length === 0 && late === null)
    return (
      <p className="with-icon">
        <Glyph name="done" />
        {t('fresh.gaps.none')}
      </p>
    );
  return (
    <div className="stack">
      <h3>{t('fresh.gaps')}</h3>
      <ul className="coverage-gaps num">
        {late === null ? null : (
          <li>
            <Glyph name="late" />
            {t('fresh.gap.late', { range: f.dateRange(late.from, late.to), days: late.days })}
          </li>
        )}
        {gaps.toReversed().map(({ from, to, days }) => (
          <li key={from}>
            <Glyph name="dotted" />
            {t('fresh.gap', { range: f.dateRange(from, to), days })}
          </li>
        ))}
      </ul>
      {may('imports.write') ? (
        <div>
          <Button renderRoot={(props: object) => <Link to="/imports" search={{ region }} {...props} />}>
            {t('fresh.import')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
