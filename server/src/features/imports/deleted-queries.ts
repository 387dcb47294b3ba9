import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Staging } from './staging-queries.ts';
import { isValid } from './staging-queries.ts';
import { isPeriodic } from './feeds/feed.ts';

/** Organizations whose data were deleted as a whole, and when that was last asked for; not those that were let in again. */
export async function findDeletedOrganizations(tx: TenantTx, orgUuids?: readonly string[]): Promise<Map<string, Date>> {
  let query = tx
    .selectFrom('deletion')
    .select((eb) => ['org_uuid as orgUuid', eb.fn.max('asked_at').as('askedAt')])
    .where('subject', '=', 'customer')
    .where('ended_at', 'is not', null)
    .where('let_in_at', 'is', null)
    .where('org_uuid', 'is not', null);
  if (orgUuids !== undefined) query = query.where(sql<boolean>`org_uuid = any(${orgUuids}::uuid[])`);
  const rows = await query.groupBy('org_uuid').execute();
  return new Map(rows.map(({ orgUuid, askedAt }) => [orgUuid ?? '', askedAt]));
}

/** How many of the staged rows are of days before their organization's data were deleted: that day itself is none. */
export async function countDeletedBefore(
  { store, stage, feed }: Staging,
  deleted: ReadonlyMap<string, Date>,
): Promise<number> {
  const day = isPeriodic(feed) ? 'period_to' : 'day';
  const [row] = await store.ask<{ n: number }>(
    `SELECT count() AS n FROM ${stage} WHERE ${isValid} AND org_uuid IN {orgs:Array(UUID)}
       AND toString(${day}) < transform(toString(org_uuid), {orgs:Array(String)}, {days:Array(String)}, '')`,
    {
      parameters: {
        orgs: [...deleted.keys()],
        days: [...deleted.values()].map((at) => at.toISOString().slice(0, 10)),
      },
      seconds: 600,
    },
  );
  return row?.n ?? 0;
}
