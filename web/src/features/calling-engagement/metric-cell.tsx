import { callingUsageMaximumDays, LegMeasure } from '@hub/contract/calling-usage';
import { CustomerId } from '@hub/contract/ids';
import type { QualityPolicy } from '@hub/contract/calling-policy';
import type { Dimension, MetricKey, MetricRow } from '@hub/contract/metrics';
import type { RegionCode } from '@hub/contract/regions';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { daysBetween } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { EngagementLink } from './engagement-link.tsx';
import type { EngagementSearch } from './engagement-search.ts';
import { cellText, metricName } from './metric-words.ts';

/** Where the rows of a table lead. */
export interface Ways {
  region: RegionCode;
  dimension: Dimension;
  /** The one that all rows are told of; of users else all of their places count. */
  location: string | undefined;
  /** The search of the page that a row opens; null where it opens none. */
  into: (row: MetricRow) => EngagementSearch | null;
  /** The days whose call legs are shown; null for whoever may not see call legs, and for days of another zone. */
  legs: { from: string; to: string } | null;
  /** The one of the page, where another than the partner's own is chosen. */
  policy: QualityPolicy | undefined;
}

// The legs page knows the legs of these numbers.
const isLegNumber = (key: MetricKey): boolean => LegMeasure.safeParse(key).success;

const customerOf = ({ customerId }: MetricRow) => CustomerId.safeParse(customerId).data;

function legsSearch(
  row: MetricRow,
  key: MetricKey,
  { region, dimension, location: scopeLocation, legs, policy }: Ways,
) {
  const customerId = customerOf(row);
  const canLead = dimension === 'customer' || dimension === 'location' || dimension === 'user';
  if (legs === null || customerId === undefined || !canLead || !isLegNumber(key)) return null;
  if (daysBetween(legs.from, legs.to) > callingUsageMaximumDays) return null;
  const location = dimension === 'location' ? row.location : scopeLocation;
  const measure = LegMeasure.safeParse(key).data;
  return {
    region,
    ...legs,
    customerId,
    ...(location === undefined || location === null ? {} : { location }),
    ...(measure === undefined ? {} : { measure }),
    ...(dimension === 'user' ? ofUser(row) : {}),
    ...(policy === undefined ? {} : { policy }),
  };
}

const ofUser = ({ userKey, name }: MetricRow) => (userKey === null ? { q: name } : { user: userKey });

/** A number and the way to what it counts: the call legs, else the row's own page. */
export function MetricCell({ row, metric, ways }: { row: MetricRow; metric: MetricKey; ways: Ways }) {
  const { t, language } = useText();
  const value = row.values[metric]?.at(-1) ?? null;
  const text = cellText(metric, value, numbersFor(language), t);
  if (value === null || value === 0) return text;
  if (typeof value === 'string') return <span title={text}>{text}</span>;
  const label = t('engagement.open', { metric: metricName(metric, t), value: text, name: nameOf(row, t) });
  const legs = legsSearch(row, metric, ways);
  if (legs !== null)
    return (
      <Link
        to="/analytics/calling-usage/legs"
        search={legs}
        className="count"
        preload={false}
        aria-label={label}
        title={
          ways.dimension === 'user' && row.userKey === null
            ? t('engagement.openLegs.byName', { name: row.name })
            : undefined
        }
      >
        {text}
      </Link>
    );
  return (
    <RowLink row={row} ways={ways} className="count" label={label}>
      {text}
    </RowLink>
  );
}

/** Leads into a row where it has a page of its own. */
export function RowLink({
  row,
  ways,
  className,
  label,
  children,
}: {
  row: MetricRow;
  ways: Ways;
  className: string;
  label?: string;
  children: ReactNode;
}) {
  const search = ways.into(row);
  if (search === null) return <span className={className === 'name' ? 'strong' : undefined}>{children}</span>;
  return (
    <EngagementLink
      search={search}
      className={className}
      aria-label={label}
      title={className === 'name' ? row.name : undefined}
    >
      {children}
    </EngagementLink>
  );
}

export function nameOf(row: MetricRow, t: ReturnType<typeof useText>['t']): string {
  if (row.endpointType !== null) return t(`endpoint.${row.endpointType}`);
  return row.name === '' ? t('usage.noLocation') : row.name;
}
