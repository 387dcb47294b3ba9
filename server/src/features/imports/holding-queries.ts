import { feeds } from './feeds/all-feeds.ts';
import { type Feed, keyColumn } from './feeds/feed.ts';
import {
  attachStage,
  columnsOf,
  isValid,
  type Overlaps,
  overlapsOf,
  recordOf,
  type Staging,
  sumOf,
  versionOf,
  type Workplace,
} from './staging-queries.ts';

/** Moves the rows of these organizations out of the stage. Those that `comparable` imports hold already in the same or a newer version go. */
export async function holdOrganizations(
  staging: Staging,
  orgUuids: readonly string[],
  comparable: readonly number[],
): Promise<{ held: number; duplicate: number; overlaps: Overlaps }> {
  const { store, stage, held, partnerId, feed } = staging;
  const key = keyColumn(feed);
  const staged = versionOf(feed, 's.');
  await store.run(`CREATE TABLE ${held} (org_uuid UUID) ENGINE = Memory`);
  for (let at = 0; at < orgUuids.length; at += 1000) {
    await store.run(`INSERT INTO ${held} SELECT arrayJoin({orgs:Array(UUID)})`, {
      parameters: { orgs: orgUuids.slice(at, at + 1000) },
    });
  }
  const isHeld = `${isValid} AND org_uuid IN (SELECT org_uuid FROM ${held})`;
  const { value } = versionOf(feed);
  const byTime = feed.laterBy === 'report_time';
  const version = byTime
    ? `max(${value}) AS version, argMax(batch, ${value}) AS last_batch`
    : `argMax(${value}, batch) AS version, max(batch) AS last_batch`;
  const knownOf = (columns: string): string => `SELECT ${columns} FROM ${stage} AS s INNER JOIN (
       SELECT ${key}, ${version} FROM @region.${feed.held}
       WHERE partner_id = {partner:UUID} AND batch IN {comparable:Array(UInt32)} AND ${key} IN (SELECT ${key} FROM ${stage} WHERE ${isHeld}) GROUP BY ${key}) AS h ON s.${key} = h.${key}
     WHERE s.${isValid} AND s.org_uuid IN (SELECT org_uuid FROM ${held}) AND ${staged.value} ${staged.isNoNewerThan} h.version`;
  const parameters = { partner: partnerId, comparable };
  const again = await store.ask<{ batch: number; rows: number }>(
    `SELECT last_batch AS batch, uniqExact(${key}) AS rows FROM (${knownOf(`s.${key} AS ${key}, h.last_batch AS last_batch`)}) GROUP BY last_batch`,
    { parameters, seconds: 600 },
  );
  const overlaps = overlapsOf(again);
  const duplicate = sumOf(overlaps);
  if (duplicate > 0)
    await store.run(`DELETE FROM ${stage} WHERE ${isHeld} AND ${key} IN (${knownOf(`s.${key}`)})`, { parameters });
  const [rest] = await store.ask<{ n: number; all: number }>(
    `SELECT countIf(${isHeld}) AS n, countIf(${isValid}) AS all FROM ${stage}`,
    { seconds: 600 },
  );
  const heldRows = rest?.n ?? 0;
  if (heldRows === 0) return { held: 0, duplicate, overlaps };
  if (rest && rest.n === rest.all)
    await attachStage(staging, feed.held); // nothing else in the file: no copy needed
  else
    await store.run(
      `INSERT INTO @region.${feed.held} (${columnsOf(feed)}) SELECT ${columnsOf(feed)} FROM ${stage} WHERE ${isHeld} SETTINGS max_partitions_per_insert_block = 0`,
    );
  await store.run(`DELETE FROM ${stage} WHERE ${isHeld}`);
  return { held: heldRows, duplicate, overlaps };
}

/** The imports that hold rows of the feed. */
export async function findHoldingBatches({ store, partnerId, feed }: Staging): Promise<number[]> {
  const rows = await store.ask<{ batch: number }>(
    `SELECT DISTINCT batch FROM @region.${feed.held} WHERE partner_id = {partner:UUID}`,
    { parameters: { partner: partnerId }, seconds: 600 },
  );
  return rows.map((row) => row.batch);
}

/** By feed, the imports that hold rows of an organization, but those of `open`; feeds of which none does are left out. */
export async function findHoldingFeeds(
  { store, partnerId }: Workplace,
  orgUuid: string,
  open: readonly number[],
): Promise<{ feed: Feed; batches: number[] }[]> {
  const ofFeeds = feeds.map(
    ({ code, held }) =>
      `SELECT DISTINCT '${code}' AS code, batch FROM @region.${held} WHERE partner_id = {partner:UUID} AND org_uuid = {org:UUID} AND batch NOT IN {open:Array(UInt32)}`,
  );
  const rows = await store.ask<{ code: string; batch: number }>(ofFeeds.join(' UNION ALL '), {
    parameters: { partner: partnerId, org: orgUuid, open },
    seconds: 600,
  });
  const byFeed = Map.groupBy(rows, ({ code }) => code);
  return feeds.flatMap((feed) => {
    const batches = byFeed.get(feed.code)?.map(({ batch }) => batch) ?? [];
    return batches.length === 0 ? [] : [{ feed, batches }];
  });
}

/**
 * Copies what these imports hold of an organization into the stage, renumbered as this batch's. Of versions
 * that only the order of the imports tells apart, the last alone is staged. Returns how many of which imports.
 */
export async function stageHeldRows(
  { store, stage, partnerId, batch, feed }: Staging,
  orgUuid: string,
  batches: readonly number[],
): Promise<Overlaps> {
  const parameters = { partner: partnerId, batch, org: orgUuid, batches };
  const entering = `@region.${feed.held} WHERE partner_id = {partner:UUID} AND org_uuid = {org:UUID} AND batch IN {batches:Array(UInt32)}`;
  const found = await store.ask<{ batch: number; rows: number }>(
    `SELECT batch, count() AS rows FROM ${entering} GROUP BY batch`,
    { parameters, seconds: 600 },
  );
  const last = feed.laterBy === 'import' ? ` ORDER BY batch DESC LIMIT 1 BY ${keyColumn(feed)}` : '';
  await store.run(
    `INSERT INTO ${stage} (${columnsOf(feed)}) SELECT partner_id, {batch:UInt32}, ${recordOf(feed)} FROM ${entering}${last} SETTINGS max_partitions_per_insert_block = 0`,
    { parameters },
  );
  return overlapsOf(found);
}

export async function deleteHeldRows(
  { store, partnerId, feed }: Staging,
  orgUuid: string,
  batches: readonly number[],
): Promise<void> {
  await store.run(
    `DELETE FROM @region.${feed.held} WHERE partner_id = {partner:UUID} AND org_uuid = {org:UUID} AND batch IN {batches:Array(UInt32)}`,
    { parameters: { partner: partnerId, org: orgUuid, batches } },
  );
}
