import { instantText, type Parameters, type RegionalStore } from '../../platform/regional-store/index.ts';
import { type CustomerScope, scopeCondition } from '../access/index.ts';
import { feeds } from './feeds/all-feeds.ts';
import { type Feed, isPeriodic } from './feeds/feed.ts';

/** Whose held rows, of which imports. */
export interface HeldOf {
  partnerId: string;
  /** Absent: all of the partner's. Otherwise only what these imports brought: who sees assigned customers knows of no others that wait. */
  own: readonly number[] | undefined;
  /** Imports that are not committed, and the newest of this moment: what others hold does not count yet. */
  open: readonly number[];
  newest: number;
}

interface Where {
  sql: string;
  parameters: Parameters;
}

function heldWhere({ partnerId, own, open, newest }: HeldOf): Where {
  const committed = {
    sql: 'partner_id = {partner:UUID} AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)}',
    parameters: { partner: partnerId, newest, open },
  };
  if (own === undefined) return committed;
  return {
    sql: `${committed.sql} AND batch IN {own:Array(UInt32)}`,
    parameters: { ...committed.parameters, own },
  };
}

/** The feeds that hold anything: most installations have rows of one or two that wait, and lists of organizations are long. */
async function findHoldingFeeds(store: RegionalStore, where: Where): Promise<Feed[]> {
  const some = feeds.map(({ held }) => `(SELECT '${held}' AS held FROM @region.${held} WHERE ${where.sql} LIMIT 1)`);
  const rows = await store.ask<{ held: string }>(some.join(' UNION ALL '), { parameters: where.parameters });
  return feeds.filter((feed) => rows.some(({ held }) => held === feed.held));
}

const ofPartner = ({ partnerId }: HeldOf): Where => ({
  sql: 'partner_id = {partner:UUID}',
  parameters: { partner: partnerId },
});

/**
 * How many rows of each organization are held, in no order; with `q` only where the ID or a location holds it. Two short values an
 * organization: 100,000 take some 20 MB for a moment.
 */
export async function findHeldCounts(
  store: RegionalStore,
  of: HeldOf,
  q: string,
): Promise<{ org_uuid: string; rows: number }[]> {
  const { sql, parameters } = heldWhere(of);
  const matches =
    q === ''
      ? '1'
      : 'position(toString(org_uuid), lower({q:String})) > 0 OR max(positionCaseInsensitiveUTF8(location, {q:String})) > 0';
  const counted = new Map<string, { rows: number; isMatch: boolean }>();
  for (const { held } of await findHoldingFeeds(store, ofPartner(of))) {
    const found = await store.ask<{ org_uuid: string; rows: number; matches: number }>(
      `SELECT org_uuid, count() AS rows, ${matches} AS matches FROM @region.${held} WHERE ${sql} GROUP BY org_uuid`,
      { parameters: { ...parameters, q } },
    );
    for (const { org_uuid, rows, matches } of found) {
      const before = counted.get(org_uuid) ?? { rows: 0, isMatch: false };
      counted.set(org_uuid, { rows: before.rows + rows, isMatch: before.isMatch || matches > 0 });
    }
  }
  return [...counted].flatMap(([org_uuid, { rows, isMatch }]) => (isMatch ? [{ org_uuid, rows }] : []));
}

export interface HeldDetails {
  org_uuid: string;
  first: string;
  last: string;
  locations: string[];
}

const locationsShown = 5;

/** When the held rows of some organizations began and where; a page of them. */
export async function findHeldDetails(
  store: RegionalStore,
  of: HeldOf,
  orgUuids: readonly string[],
): Promise<HeldDetails[]> {
  const { sql, parameters } = heldWhere(of);
  const details = new Map<string, HeldDetails>();
  for (const feed of await findHoldingFeeds(store, ofPartner(of))) {
    const [from, to] = isPeriodic(feed)
      ? ["toDateTime64(min(period_from), 3, 'UTC')", "toDateTime64(max(period_to), 3, 'UTC')"]
      : [`min(${feed.time})`, `max(${feed.time})`];
    const found = await store.ask<HeldDetails>(
      `SELECT org_uuid, ${instantText(from)} AS first, ${instantText(to)} AS last,
         groupUniqArrayIf(${locationsShown})(toString(location), location NOT IN ('', 'NA', 'na')) AS locations
       FROM @region.${feed.held} WHERE ${sql} AND org_uuid IN {orgs:Array(UUID)} GROUP BY org_uuid`,
      { parameters: { ...parameters, orgs: orgUuids } },
    );
    for (const entry of found) details.set(entry.org_uuid, joined(entry, details.get(entry.org_uuid)));
  }
  return [...details.values()];
}

const joined = (one: HeldDetails, other = one): HeldDetails => ({
  org_uuid: one.org_uuid,
  first: one.first < other.first ? one.first : other.first,
  last: one.last > other.last ? one.last : other.last,
  locations: [...new Set([...other.locations, ...one.locations])].slice(0, locationsShown),
});

export async function holdsAnything(store: RegionalStore, scope: CustomerScope): Promise<boolean> {
  return (await findHoldingFeeds(store, scopeCondition(scope))).length > 0;
}

/** Which of these organizations have held rows, and of which imports. Asked in pieces of 1,000. */
export async function findHeldAmong(
  store: RegionalStore,
  scope: CustomerScope,
  orgUuids: readonly string[],
): Promise<{ org_uuid: string; batch: number }[]> {
  const where = scopeCondition(scope);
  const found: { org_uuid: string; batch: number }[] = [];
  for (const { held } of await findHoldingFeeds(store, where))
    for (let at = 0; at < orgUuids.length; at += 1000)
      found.push(
        ...(await store.ask<{ org_uuid: string; batch: number }>(
          `SELECT DISTINCT org_uuid, batch FROM @region.${held} WHERE ${where.sql} AND org_uuid IN {orgs:Array(UUID)}`,
          { parameters: { ...where.parameters, orgs: orgUuids.slice(at, at + 1000) } },
        )),
      );
  return found;
}

const discardedAtOnce = 4000; // a statement has 256 kB at most

/** Beside the import lane: a long import must not make a person wait. */
export async function discardHeld(store: RegionalStore, of: HeldOf, orgUuids: readonly string[]): Promise<void> {
  const { sql, parameters } = heldWhere(of);
  for (const { held } of await findHoldingFeeds(store, ofPartner(of)))
    for (let at = 0; at < orgUuids.length; at += discardedAtOnce)
      await store.run(`DELETE FROM @region.${held} WHERE ${sql} AND org_uuid IN {orgs:Array(UUID)}`, {
        parameters: { ...parameters, orgs: orgUuids.slice(at, at + discardedAtOnce) },
        isAside: true,
      });
}
