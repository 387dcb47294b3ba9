import type { Feed } from './feeds/feed.ts';
import { keyColumn } from './feeds/feed.ts';
import { eraseRows, forgetSuperseded, tablesOf, type Workplace } from './staging-queries.ts';

/** Of one import, by its feed: the versions that it replaced, and its own rows. */
export interface BatchFacts extends Workplace {
  feed: Feed;
}

const parametersOf = ({ partnerId, batch }: Workplace) => ({ partner: partnerId, batch });
const replacedByIt = 'partner_id = {partner:UUID} AND replaced_by = {batch:UInt32}';

/** Marks the older versions that a committed batch replaced; from then on no question has to look for them. Doing it again changes nothing. */
export async function markReplaced(facts: BatchFacts): Promise<void> {
  const { store, feed } = facts;
  await store.run(
    `ALTER TABLE @region.${feed.table} UPDATE replaced_by = {batch:UInt32} WHERE partner_id = {partner:UUID} AND (${keyColumn(feed)}, batch) IN (
       SELECT report_id, old_batch FROM @region.superseded WHERE partner_id = {partner:UUID} AND by_batch = {batch:UInt32}) SETTINGS mutations_sync = 2`,
    { parameters: parametersOf(facts) },
  );
  await forgetSuperseded(facts);
}

/** Takes what an undone batch left: its marks, its rows and those that it held. What was rejected stays to be read. Doing it again changes nothing. */
export async function removeUndone(facts: BatchFacts): Promise<void> {
  const { store, feed } = facts;
  if (await isAnyReplaced(facts))
    await store.run(
      `ALTER TABLE @region.${feed.table} UPDATE replaced_by = 0 WHERE ${replacedByIt} SETTINGS mutations_sync = 2`,
      { parameters: parametersOf(facts) },
    );
  await eraseRows(facts, tablesOf(feed));
  await forgetSuperseded(facts);
}

/** Deletes for good what a batch replaced. */
export async function deleteReplaced(facts: BatchFacts): Promise<void> {
  const { store, feed } = facts;
  if (await isAnyReplaced(facts))
    await store.run(`DELETE FROM @region.${feed.table} WHERE ${replacedByIt}`, { parameters: parametersOf(facts) });
}

/** A statement that changes nothing writes all the same. */
async function isAnyReplaced(facts: BatchFacts): Promise<boolean> {
  const { store, feed } = facts;
  const [found] = await store.ask<{ one: number }>(
    `SELECT 1 AS one FROM @region.${feed.table} WHERE ${replacedByIt} LIMIT 1`,
    { parameters: parametersOf(facts), seconds: 600 },
  );
  return found !== undefined;
}

/** How many rows of a batch wait for their customer at this moment. */
export async function countHeldOf({ store, feed, ...facts }: BatchFacts): Promise<number> {
  const [row] = await store.ask<{ n: number }>(
    `SELECT count() AS n FROM @region.${feed.held} WHERE partner_id = {partner:UUID} AND batch = {batch:UInt32}`,
    { parameters: { partner: facts.partnerId, batch: facts.batch } },
  );
  return row?.n ?? 0;
}
