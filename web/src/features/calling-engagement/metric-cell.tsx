import { LegMeasure } from '@hub/contract/calling-usage';
import { CustomerId } from '@hub/contract/ids';
import { legsBehind } from '@hub/contract/legs-behind';
import type { Dimension, MetricKey, MetricRow } from '@hub/contract/metrics';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { EngagementLink } from './engagement-link.tsx';
import type { EngagementSearch } from './engagement-search.ts';
import type { Legs } from './legs-search.ts';
import { cellText, metricName } from './metric-words.ts';

/** Where the rows of a table lead. */
export interface Ways {
  dimension: Dimension;
  /** The search of the page that a row opens; null where it opens none. */
  into: (row: MetricRow) => EngagementSearch | null;
  /** The page of the scope's call legs; null also for whoever may not see them. */
  legs: Legs;
}

const customerOf = ({ customerId }: MetricRow) => CustomerId.safeParse(customerId).data;

/** A row that opens a page of its own leads to legs by the numbers of legs and calls alone, every other row by all of its numbers. */
function legsSearch(row: MetricRow, key: MetricKey, { dimension, legs, into }: Ways) {
  const customerId = customerOf(row);
  const measure = into(row) === null ? legsBehind[key] : LegMeasure.safeParse(key).data;
  if (legs === null || customerId === undefined || measure === undefined) return null;
  // Of users all of their places count, unless all rows are of one.
  const location = dimension === 'location' || dimension === 'queue' ? (row.location ?? undefined) : legs.location;
  return {
    ...legs,
    filter: undefined, // a row is of one customer
    customerId,
    location,
    measure,
    ...(dimension === 'user' ? ofUser(row) : {}),
    ...(dimension === 'queue' ? { queue: row.name } : {}),
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
