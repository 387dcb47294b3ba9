import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { type Feed, isPeriodic, removeRolledUpBefore } from '../imports/index.ts';

export interface Limit {
  feed: Feed;
  /** The first UTC day that stays. */
  firstDay: string;
}

const seconds = 600;

/** Whole days: of a period the last one decides. */
const lastDay = (feed: Feed): string => (isPeriodic(feed) ? 'period_to' : 'day');

/** By feed, how many rows of the partner lie before its limit: among the facts, whatever counts, and waiting for a customer. */
export async function countRowsBefore(
  store: RegionalStore,
  partnerId: string,
  limits: readonly Limit[],
): Promise<{ code: string; stored: number; held: number }[]> {
  const ofTable = (table: string, { feed }: Limit, at: number): string =>
    `(SELECT count() FROM @region.${table} WHERE partner_id = {partner:UUID} AND ${lastDay(feed)} < {day${at}:Date})`;
  const questions = limits.map(
    (limit, at) =>
      `SELECT '${limit.feed.code}' AS code, ${ofTable(limit.feed.table, limit, at)} AS stored, ${ofTable(limit.feed.held, limit, at)} AS held`,
  );
  const days = Object.fromEntries(limits.map(({ firstDay }, at) => [`day${at}`, firstDay]));
  return store.ask(questions.join(' UNION ALL '), { parameters: { partner: partnerId, ...days }, seconds });
}

/** Removes them for good, from the disk too. Where there are none nothing is written. */
export async function removeRowsBefore(
  store: RegionalStore,
  partnerId: string,
  { feed, firstDay }: Limit,
): Promise<void> {
  const [found] = await countRowsBefore(store, partnerId, [{ feed, firstDay }]);
  const parameters = { partner: partnerId, day: firstDay };
  for (const [table, rows] of [[feed.table, found?.stored ?? 0] as const, [feed.held, found?.held ?? 0] as const])
    if (rows > 0)
      await store.run(
        `ALTER TABLE @region.${table} DELETE WHERE partner_id = {partner:UUID} AND ${lastDay(feed)} < {day:Date} SETTINGS mutations_sync = 2`,
        { parameters },
      );
  await removeRolledUpBefore(store, partnerId, { feed, firstDay });
}

/** The imports that have rejected rows. */
export async function findRejecting(store: RegionalStore, partnerId: string): Promise<number[]> {
  const rows = await store.ask<{ batch: number }>(
    'SELECT DISTINCT batch FROM @region.rejected_row WHERE partner_id = {partner:UUID} ORDER BY batch',
    { parameters: { partner: partnerId }, seconds },
  );
  return rows.map(({ batch }) => batch);
}

const atOnce = 4000; // a statement has 256 kB at most

export async function countRejected(
  store: RegionalStore,
  partnerId: string,
  batches: readonly number[],
): Promise<number> {
  let rows = 0;
  for (let at = 0; at < batches.length; at += atOnce) {
    const [found] = await store.ask<{ n: number }>(`SELECT count() AS n FROM ${rejectedOf}`, {
      parameters: { partner: partnerId, batches: batches.slice(at, at + atOnce) },
      seconds,
    });
    rows += found?.n ?? 0;
  }
  return rows;
}

export async function removeRejected(
  store: RegionalStore,
  partnerId: string,
  batches: readonly number[],
): Promise<void> {
  for (let at = 0; at < batches.length; at += atOnce) {
    const some = batches.slice(at, at + atOnce);
    if ((await countRejected(store, partnerId, some)) === 0) continue;
    await store.run(
      'ALTER TABLE @region.rejected_row DELETE WHERE partner_id = {partner:UUID} AND batch IN {batches:Array(UInt32)} SETTINGS mutations_sync = 2',
      { parameters: { partner: partnerId, batches: some } },
    );
  }
}

const rejectedOf = '@region.rejected_row WHERE partner_id = {partner:UUID} AND batch IN {batches:Array(UInt32)}';
