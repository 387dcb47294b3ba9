import type { Parameters, RegionalStore } from '../../../platform/regional-store/index.ts';
import { type CustomerScope, scopeCondition } from '../../access/index.ts';
import { countedWhere } from '../counted-where.ts';
import { feeds } from '../feeds/all-feeds.ts';
import { type Feed, keyColumn } from '../feeds/feed.ts';
import type { Visibility } from '../import-queries.ts';
import { isValid, type Overlaps, type Staging } from '../staging-queries.ts';
import type { Rollup } from './rollup.ts';

export type RolledUp = Feed & { rollup: Rollup };

/** The feeds that have any, once for each; those of days before those of weeks, which are made of them. */
export const rolledUp: readonly RolledUp[] = feeds.flatMap((feed) =>
  (feed.rollups ?? []).map((rollup) => ({ ...feed, rollup })),
);

const keysOf = ({ groups }: Rollup): string[] => ['partner_id', 'org_uuid', 'day', ...Object.keys(groups)];
const groupsOf = ({ groups }: Rollup): string[] => Object.entries(groups).map(([name, sql]) => `${sql} AS ${name}`);

/** SELECT of the rows that a rollup has of some facts, under the batch that `batch` names; `sign` -1 takes them away. */
function addedUp(rollup: Rollup, from: string, { batch, sign }: { batch: string; sign: 1 | -1 }): string {
  const sums = Object.entries(rollup.sums).map(([name, sql]) => `${sign === 1 ? '' : '-'}${sql} AS ${name}`);
  const day = rollup.ofDays ? 'toStartOfWeek(day)' : 'day';
  const keys = ['partner_id', 'org_uuid', 'of_day', ...Object.keys(rollup.groups), 'of_batch'];
  return `SELECT partner_id, org_uuid, ${day} AS of_day, ${[...groupsOf(rollup), `${batch} AS of_batch`, ...sums].join(', ')}
    FROM ${from} AND ${rollup.facts} GROUP BY ${keys.join(', ')}`;
}

/** SELECT of the rows of weeks, made of those of their days. */
function weeksOf(rollup: Rollup, { table }: Rollup, where: string): string {
  const groups = Object.keys(rollup.groups);
  const sums = Object.keys(rollup.sums).map((name) => `sum(${name})`);
  return `SELECT ${['partner_id', 'org_uuid', 'toStartOfWeek(day) AS sunday', ...groups, 'batch', ...sums].join(', ')}
    FROM @region.${table} WHERE ${where} GROUP BY ${['partner_id', 'org_uuid', 'sunday', ...groups, 'batch'].join(', ')}`;
}

const insert = (rollup: Rollup): string =>
  `INSERT INTO @region.${rollup.table} (${[...keysOf(rollup), 'batch', ...Object.keys(rollup.sums)].join(', ')})`;
// By organization in the order of the facts, so that no more than one is in memory at a time; up to so many rows all at once takes three quarters of that.
const rowsAtOnce = 2_000_000;
const bounded = 'SETTINGS max_partitions_per_insert_block = 0, optimize_aggregation_in_order = 1';
const atOnce = 'SETTINGS max_partitions_per_insert_block = 0';

/** What an import adds to its feed's rollups: its own rows, and with negative sums the versions that it replaces. Before its commit. */
export async function addToRollups(staging: Staging, entering: { rows: number; replaced: Overlaps }): Promise<void> {
  for (const rollup of staging.feed.rollups ?? []) await addToRollup(staging, rollup, entering);
}

async function addToRollup(
  { store, stage, partnerId, batch, feed }: Staging,
  rollup: Rollup,
  { rows, replaced }: { rows: number; replaced: Overlaps },
): Promise<void> {
  const parameters = { partner: partnerId, batch, old: [...replaced.keys()] };
  const settings = rows > rowsAtOnce ? bounded : atOnce;
  if (rollup.ofDays) {
    const weeks = weeksOf(rollup, rollup.ofDays, 'partner_id = {partner:UUID} AND batch = {batch:UInt32}');
    await store.run(`${insert(rollup)} ${weeks} ${settings}`, { parameters });
    return;
  }
  const own = addedUp(rollup, `${stage} WHERE ${isValid}`, { batch: 'batch', sign: 1 });
  await store.run(`${insert(rollup)} ${own} ${settings}`, { parameters });
  if (replaced.size === 0) return;
  const gone = `@region.${feed.table} WHERE partner_id = {partner:UUID} AND batch IN {old:Array(UInt32)} AND (${keyColumn(feed)}, batch) IN (
      SELECT report_id, old_batch FROM @region.superseded WHERE partner_id = {partner:UUID} AND by_batch = {batch:UInt32})`;
  const taken = addedUp(rollup, gone, { batch: '{batch:UInt32}', sign: -1 });
  await store.run(`${insert(rollup)} ${taken} ${bounded}`, { parameters });
}

/** Counts changes of the definitions of rollups; what was built by another release of them is built anew. */
const rollupVersion = 2;

/** Rows of a partner, whatever counts. */
export async function countRows(store: RegionalStore, partnerId: string, { table }: Rollup): Promise<number> {
  const [found] = await store.ask<{ n: number }>(
    `SELECT count() AS n FROM @region.${table} WHERE partner_id = {partner:UUID}`,
    { parameters: { partner: partnerId }, seconds: 600 },
  );
  return found?.n ?? 0;
}

/** Whether the rollups hold everything that the partner has in the region. Until they do, questions ask the facts. */
export async function areRollupsBuilt(store: RegionalStore, partnerId: string): Promise<boolean> {
  const [found] = await store.ask<{ n: number }>(
    'SELECT count() AS n FROM @region.rollup_state WHERE partner_id = {partner:UUID} AND version = {version:UInt16}',
    { parameters: { partner: partnerId, version: rollupVersion } },
  );
  return (found?.n ?? 0) > 0;
}

/** The partners of which the rollups hold everything. */
export async function findBuilt(store: RegionalStore): Promise<Set<string>> {
  const rows = await store.ask<{ id: string }>(
    'SELECT toString(partner_id) AS id FROM @region.rollup_state WHERE version = {version:UInt16}',
    { parameters: { version: rollupVersion } },
  );
  return new Set(rows.map(({ id }) => id));
}

/** Builds what the rollups have of a partner anew from the facts, whatever counts. No import may run beside it; stopped anywhere, it is done again. */
export async function rebuildRollups(store: RegionalStore, partnerId: string): Promise<void> {
  if (await areRollupsBuilt(store, partnerId)) await setRollupsBuilt(store, partnerId, false);
  for (const feed of rolledUp) await buildRollup(store, { partner: partnerId }, feed);
  await setRollupsBuilt(store, partnerId, true);
}

/**
 * For facts of one organization that are changed in their place: questions ask the facts meanwhile, and where it breaks off until the rollups
 * of the whole partner have been built anew.
 */
export async function changingFacts(
  store: RegionalStore,
  { partnerId, orgUuid }: { partnerId: string; orgUuid: string },
  change: () => Promise<void>,
): Promise<void> {
  const wasBuilt = await areRollupsBuilt(store, partnerId);
  if (wasBuilt) await setRollupsBuilt(store, partnerId, false);
  await change();
  for (const feed of rolledUp) await buildRollup(store, { partner: partnerId, org: orgUuid }, feed);
  if (wasBuilt) await setRollupsBuilt(store, partnerId, true);
}

/**
 * After days before `firstDay` went from the facts: the days are taken from the rollups of the feed, and weeks that have lost some of their
 * days are added up anew. Questions ask the facts meanwhile, and where it breaks off until the rollups have been built anew.
 */
export async function removeRolledUpBefore(
  store: RegionalStore,
  partner: string,
  { feed, firstDay }: { feed: Feed; firstDay: string },
): Promise<void> {
  const parameters = { partner, firstDay };
  for (const rolled of rolledUp.filter(({ code }) => code === feed.code)) {
    const { table, ofDays } = rolled.rollup;
    const before = 'partner_id = {partner:UUID} AND day < {firstDay:Date}';
    // Looks by itself whether there is any: a stop may have come after the facts went.
    const [found] = await store.ask<{ n: number; sunday: string; cut: number }>(
      `SELECT count() AS n, toString(toStartOfWeek({firstDay:Date})) AS sunday,
         countIf(day >= toStartOfWeek({firstDay:Date})) AS cut FROM @region.${table} WHERE ${before}`,
      { parameters, seconds: 600 },
    );
    if (!found || found.n === 0) continue;
    const isCut = ofDays !== undefined && found.cut > 0;
    const wasBuilt = isCut && (await areRollupsBuilt(store, partner));
    if (wasBuilt) await setRollupsBuilt(store, partner, false);
    await store.run(`ALTER TABLE @region.${table} DELETE WHERE ${before} SETTINGS mutations_sync = 2`, { parameters });
    if (isCut) await buildRollup(store, { partner, sunday: found.sunday }, rolled);
    if (wasBuilt) await setRollupsBuilt(store, partner, true);
  }
}

async function setRollupsBuilt(store: RegionalStore, partnerId: string, isBuilt: boolean): Promise<void> {
  const parameters = { partner: partnerId, version: rollupVersion };
  await store.run(
    isBuilt
      ? 'INSERT INTO @region.rollup_state SELECT {partner:UUID}, {version:UInt16}'
      : 'DELETE FROM @region.rollup_state WHERE partner_id = {partner:UUID}',
    { parameters },
  );
}

/** All facts, of one organization or week where that is named; less what is marked as replaced, under whoever replaced it; less what is going to be marked. */
async function buildRollup(
  store: RegionalStore,
  of: { partner: string; org?: string; sunday?: string },
  feed: RolledUp,
): Promise<void> {
  const { rollup } = feed;
  const ofPartner = 'partner_id = {partner:UUID}';
  const ofFacts = of.org === undefined ? ofPartner : `${ofPartner} AND org_uuid = {org:UUID}`;
  const ofWeek = of.sunday === undefined ? '' : ' AND day BETWEEN {sunday:Date} AND {sunday:Date} + 6';
  const mine = ofFacts + ofWeek;
  const facts = `@region.${feed.table} WHERE ${mine}`;
  const [old] = await store.ask<{ n: number }>(`SELECT count() AS n FROM @region.${rollup.table} WHERE ${mine}`, {
    parameters: of,
    seconds: 600,
  });
  if (old && old.n > 0)
    await store.run(`ALTER TABLE @region.${rollup.table} DELETE WHERE ${mine} SETTINGS mutations_sync = 2`, {
      parameters: of,
    });
  if (rollup.ofDays) {
    await store.run(`${insert(rollup)} ${weeksOf(rollup, rollup.ofDays, mine)} ${bounded}`, { parameters: of });
    return;
  }
  const parts = [
    { select: addedUp(rollup, facts, { batch: 'batch', sign: 1 }), by: 0 },
    { select: addedUp(rollup, `${facts} AND replaced_by != 0`, { batch: 'replaced_by', sign: -1 }), by: 0 },
  ];
  const waiting = await store.ask<{ by: number }>(
    `SELECT DISTINCT by_batch AS by FROM @region.superseded WHERE ${ofPartner}`,
    { parameters: of, seconds: 600 },
  );
  for (const { by } of waiting) {
    const gone = `${facts} AND replaced_by != {by:UInt32} AND (${keyColumn(feed)}, batch) IN (
      SELECT report_id, old_batch FROM @region.superseded WHERE ${ofPartner} AND by_batch = {by:UInt32})`;
    parts.push({ select: addedUp(rollup, gone, { batch: '{by:UInt32}', sign: -1 }), by });
  }
  for (const { select, by } of parts)
    await store.run(`${insert(rollup)} ${select} ${bounded}`, { parameters: { ...of, by } });
}

/** The rows of a rollup that count for an actor at this moment. Their sums are those of the facts that count (countedWhere). */
export function rollupWhere(scope: CustomerScope, visible: Visibility): { sql: string; parameters: Parameters } {
  const { sql, parameters } = scopeCondition(scope);
  return {
    sql: `${sql} AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)}`,
    parameters: { ...parameters, newest: visible.newest, open: visible.open },
  };
}

/** How many groups of how many organizations have other sums than the facts that count. */
export async function countDifferences(
  store: RegionalStore,
  scope: CustomerScope,
  visible: Visibility,
  feed: RolledUp,
): Promise<{ groups: number; organizations: number; firstDay: string | null; lastDay: string | null }> {
  const { rollup } = feed;
  const facts = countedWhere(scope, visible, keyColumn(feed));
  const rolled = rollupWhere(scope, visible);
  const names = Object.keys(rollup.sums);
  const keys = keysOf(rollup).join(', ');
  const ofFacts = keys.replace(', day', ', of_day AS day');
  const differing = `SELECT ${keys} FROM (
      SELECT ${keys}, ${names.join(', ')} FROM @region.${rollup.table} WHERE ${rolled.sql}
      UNION ALL
      SELECT ${ofFacts}, ${names.join(', ')} FROM (${addedUp(rollup, `@region.${feed.table} WHERE ${facts.sql}`, { batch: '0', sign: -1 })}))
    GROUP BY ${keys} HAVING ${names.map((name) => `sum(${name}) != 0`).join(' OR ')}`;
  const [found] = await store.ask<{ groups: number; organizations: number; first: string; last: string }>(
    `SELECT count() AS groups, uniqExact(org_uuid) AS organizations, toString(min(day)) AS first, toString(max(day)) AS last FROM (${differing})`,
    { parameters: { ...facts.parameters, ...rolled.parameters }, seconds: 3600 },
  );
  if (!found || found.groups === 0) return { groups: 0, organizations: 0, firstDay: null, lastDay: null };
  return { groups: found.groups, organizations: found.organizations, firstDay: found.first, lastDay: found.last };
}
