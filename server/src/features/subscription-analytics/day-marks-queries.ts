import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { Directory, TenantTx } from '../../platform/directory/directory.ts';

const dayMilliseconds = 86_400_000;

export interface CoveredDays {
  from: string;
  to: string;
  mark: number;
}

/** Imports of licenses and of calls that count, or did, by the days that they cover; a mark is another one as soon as one of them is undone. */
export async function findCoveredDays(tx: TenantTx, region: RegionCode): Promise<CoveredDays[]> {
  const { rows } = await sql<CoveredDays>`
    select to_char(covers_from at time zone 'UTC', 'YYYY-MM-DD') as "from", to_char(covers_to at time zone 'UTC', 'YYYY-MM-DD') as "to",
      sum(hashtext(number || state)::bigint) as mark
    from import_batch where region = ${region} and feed in ('license_snapshots', 'webex_call_history') and state in ('committed', 'undone')
      and covers_from is not null and covers_to is not null
    group by 1, 2`.execute(tx);
  return rows.map(({ from, to, mark }) => ({ from, to, mark: Number(mark) }));
}

/** Changes with each deletion of a customer's data: its rows go from days of the past. */
export async function countDeletions(tx: TenantTx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from deletion where ended_at is not null`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}

/**
 * What nights of before the first one are told of: by the day on which they start, rising, a mark of the contracts that started until then. What
 * starts later is nothing of such a night.
 */
export async function findContractMarks(tx: TenantTx, region: RegionCode): Promise<{ day: string; mark: string }[]> {
  const { rows } = await sql<{ day: string; mark: string }>`
    with own as (select id from customer where region = ${region} and kind = 'owned'),
    contract as (select id, starts_on from subscription where customer_id in (select id from own)
      union all select id, starts_on from trial where customer_id in (select id from own)),
    started as (select starts_on, count(*) as contracts, sum(hashtextextended(id::text, 0)) as hash from contract group by starts_on)
    select starts_on as day, sum(contracts) over upward || ' ' || sum(hash) over upward as mark
    from started window upward as (order by starts_on) order by starts_on`.execute(tx);
  return rows;
}

/** Whether an import of the region waits or runs. */
export async function areImportsWaiting(directory: Directory, region: RegionCode): Promise<boolean> {
  const row = await directory
    .selectFrom('import_task')
    .select('import_id')
    .where('region', '=', region)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Partners whose portal somebody used within a day. */
export async function findPartnersInUse(directory: Directory, now: Date): Promise<ReadonlySet<string>> {
  const rows = await directory
    .selectFrom('session')
    .select('partner_id')
    .distinct()
    .where('last_used_at', '>', new Date(now.getTime() - dayMilliseconds))
    .execute();
  return new Set(rows.map((row) => row.partner_id));
}
