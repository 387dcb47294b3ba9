import type { MetricFeed } from '@hub/contract/metrics';
import type { Parameters } from '../../platform/regional-store/index.ts';
import type { CustomerScope } from '../access/index.ts';
import {
  countedWhere,
  featureRollup,
  hasFeature,
  mediaRollup,
  mediaWeekRollup,
  rollupWhere,
  type Visibility,
} from '../imports/index.ts';
import { type AskedStore, questionSeconds } from './source-queries.ts';

const tableOf = {
  call_history: 'call_leg',
  media_quality: 'media_quality',
  call_queue_stats: 'call_queue_stat',
} as const;

export interface KnownQuestion {
  store: AskedStore;
  scope: CustomerScope;
  visible: Visibility;
  hasRollups: boolean;
  /** Only these; all of the scope without. */
  orgs?: readonly string[] | undefined;
}

/** Organizations that have a row of the feed on any day: what such a feed does not have of an organization is 0, and empty for all others. */
export async function findKnownOrganizations(
  question: KnownQuestion,
  feed: Exclude<MetricFeed, 'licenses'>,
): Promise<string[]> {
  const { sql, parameters } = known(question, feed);
  const { orgs } = question;
  return organizations(question.store, sql, orgs === undefined ? parameters : { ...parameters, orgs });
}

/** The first UTC day of which the scope, or its organizations, have anything of the feed. */
export async function findFirstDay(
  { store, scope, visible, hasRollups, orgs }: KnownQuestion,
  feed: Exclude<MetricFeed, 'licenses'>,
): Promise<string | undefined> {
  const usesRollup = hasRollups && feed === 'media_quality';
  const { sql, parameters } = usesRollup
    ? rollupWhere(scope, visible)
    : countedWhere(scope, visible, feed === 'call_history' ? 'report_id' : 'record_id');
  const among = orgs === undefined ? '' : ' AND org_uuid IN {orgs:Array(UUID)}';
  const day = feed === 'call_queue_stats' ? 'period_from' : 'day';
  const from = usesRollup ? firstRolledUp(`${sql}${among}`) : `@region.${tableOf[feed]} WHERE ${sql}${among}`;
  const [row] = await store.ask<{ first: string | null }>(`SELECT toString(minOrNull(${day})) AS first FROM ${from}`, {
    parameters: orgs === undefined ? parameters : { ...parameters, orgs },
    seconds: questionSeconds,
  });
  return row?.first ?? undefined;
}

/** The first days of media rows: of the first week that has any. */
function firstRolledUp(where: string): string {
  const days = (table: string, inside: string): string =>
    `SELECT day FROM @region.${table} WHERE ${where}${inside} GROUP BY day HAVING sum(legs) > 0`;
  const sunday = `(SELECT min(day) FROM (${days(mediaWeekRollup.table, '')}))`;
  return `(${days(mediaRollup.table, ` AND day BETWEEN ${sunday} AND ${sunday} + 6`)})`;
}

/** Organizations that have Call Queue: a row of queue statistics or a leg of a queue on any day (DOMAIN, decisions). */
export function queueOrganizations({ scope, visible }: Pick<KnownQuestion, 'scope' | 'visible'>): {
  sql: string;
  parameters: Parameters;
} {
  const statistics = countedWhere(scope, visible, 'record_id');
  const legs = countedWhere(scope, visible, 'report_id');
  return {
    sql: `SELECT org_uuid FROM @region.call_queue_stat WHERE ${statistics.sql} GROUP BY org_uuid
     UNION DISTINCT SELECT org_uuid FROM @region.call_leg WHERE ${legs.sql} AND startsWith(user_type, 'CallCenter') GROUP BY org_uuid`,
    parameters: legs.parameters,
  };
}

export async function findQueueOrganizations(question: KnownQuestion): Promise<string[]> {
  const { scope, visible, hasRollups } = question;
  if (!hasRollups) {
    const { sql, parameters } = queueOrganizations(question);
    return organizations(question.store, sql, parameters);
  }
  const statistics = countedWhere(scope, visible, 'record_id');
  const legs = rollupWhere(scope, visible);
  const sql = `SELECT org_uuid FROM @region.call_queue_stat WHERE ${statistics.sql} GROUP BY org_uuid
     UNION DISTINCT SELECT org_uuid FROM @region.${featureRollup.table} WHERE ${legs.sql} AND ${hasFeature('isQueueLeg')} GROUP BY org_uuid HAVING sum(legs) > 0`;
  return organizations(question.store, sql, { ...statistics.parameters, ...legs.parameters });
}

function known(
  { scope, visible, hasRollups, orgs }: KnownQuestion,
  feed: Exclude<MetricFeed, 'licenses'>,
): { sql: string; parameters: Parameters } {
  const among = orgs === undefined ? '' : ' AND org_uuid IN {orgs:Array(UUID)}';
  if (hasRollups && feed === 'media_quality') {
    const { sql, parameters } = rollupWhere(scope, visible);
    return {
      sql: `SELECT org_uuid FROM @region.${mediaWeekRollup.table} WHERE ${sql}${among} GROUP BY org_uuid HAVING sum(legs) > 0`,
      parameters,
    };
  }
  const { sql, parameters } = countedWhere(scope, visible, feed === 'call_history' ? 'report_id' : 'record_id');
  return { sql: `SELECT org_uuid FROM @region.${tableOf[feed]} WHERE ${sql}${among} GROUP BY org_uuid`, parameters };
}

async function organizations(store: AskedStore, sql: string, parameters: Parameters): Promise<string[]> {
  const rows = await store.ask<{ org: string }>(`SELECT toString(org_uuid) AS org FROM (${sql})`, {
    parameters,
    seconds: questionSeconds,
  });
  return rows.map(({ org }) => org);
}
