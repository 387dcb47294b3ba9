import type { FeedCode } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import type { RetentionChange } from '@hub/contract/retention';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';

/** What one night removes from a region; written before the first row goes, so that a stop in between loses neither rows nor numbers. */
export interface Night {
  /** The partner's day that it is for. */
  on: string;
  removes: Removal[];
}

export interface Removal {
  feed: FeedCode;
  /** The first UTC day that stays. */
  firstDay: string;
  /** Replaced versions included. */
  stored: number;
  held: number;
  rejected: number;
  /** The imports whose rejected rows go. */
  batches: number[];
}

/** Whoever changes rules waits for who changes them at this moment, so that the log tells what stood before. */
export async function lockRules(tx: TenantTx, partnerId: string): Promise<void> {
  await tx.selectFrom('partner').select('id').where('id', '=', partnerId).forNoKeyUpdate().execute();
}

export async function setRule(tx: TenantTx, partnerId: string, rule: RetentionChange): Promise<void> {
  await tx
    .insertInto('retention_rule')
    .values({ partner_id: partnerId, ...rule })
    .onConflict((on) => on.columns(['partner_id', 'region', 'feed']).doUpdateSet({ days: rule.days }))
    .execute();
}

/** Before that day nothing is removed; null: no such day. */
export async function readBeginning(tx: TenantTx, partnerId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('partner')
    .select('retention_begins_on')
    .where('id', '=', partnerId)
    .executeTakeFirstOrThrow();
  return row.retention_begins_on;
}

export async function endWaiting(tx: TenantTx, partnerId: string): Promise<void> {
  await tx.updateTable('partner').set({ retention_begins_on: null }).where('id', '=', partnerId).execute();
}

/** How far the region is; on the first look a partner is as far as today, so that its first night is the next one. */
export async function readNight(
  tx: TenantTx,
  of: { partnerId: string; region: RegionCode; today: string },
): Promise<{ doneOn: string; plan: Night | null }> {
  await tx
    .insertInto('retention_night')
    .values({ partner_id: of.partnerId, region: of.region, done_on: of.today })
    .onConflict((on) => on.doNothing())
    .execute();
  const row = await tx
    .selectFrom('retention_night')
    .select(['done_on as doneOn', 'plan'])
    .where('region', '=', of.region)
    .executeTakeFirstOrThrow();
  return { doneOn: row.doneOn, plan: row.plan as Night | null };
}

export async function setPlan(tx: TenantTx, region: RegionCode, plan: Night): Promise<void> {
  await tx
    .updateTable('retention_night')
    .set({ plan: JSON.stringify(plan) })
    .where('region', '=', region)
    .execute();
}

/** False where somebody else has ended this night meanwhile. */
export async function endNight(tx: TenantTx, region: RegionCode, on: string): Promise<boolean> {
  const done = await tx
    .updateTable('retention_night')
    .set({ plan: null, done_on: on })
    .where('region', '=', region)
    .where((eb) => eb.or([eb('plan', 'is not', null), eb('done_on', '<', on)]))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Of these imports those of a feed that ended before an instant. */
export async function findEndedBefore(
  tx: TenantTx,
  {
    batches,
    feed,
    timeZone,
    firstDay,
  }: { batches: readonly number[]; feed: FeedCode; timeZone: string; firstDay: string },
): Promise<number[]> {
  const rows = await tx
    .selectFrom('import_batch')
    .select('number')
    .where(sql<boolean>`number = any(${batches}::integer[])`)
    .where('feed', '=', feed)
    .where(sql<boolean>`(ended_at at time zone ${timeZone})::date < ${firstDay}::date`)
    .orderBy('number')
    .execute();
  return rows.map(({ number }) => number);
}
