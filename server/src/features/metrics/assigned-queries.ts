import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';

/** By organization that has Calling in an active subscription or trial, of one customer or all: licenses of it that are assigned today; null where that is not known. */
export async function findAssignedToday(
  tx: TenantTx,
  { region, today, customerId }: { region: RegionCode; today: string; customerId?: string | undefined },
): Promise<{ org: string; assigned: number | null }[]> {
  const { rows } = await sql<{ org: string; assigned: number | null }>`
    select c.org_uuid as org, sum(l.assigned)::int as assigned
    from license_line l join customer c on c.id = l.customer_id
      left join subscription s on s.id = l.subscription_id left join trial t on t.id = l.trial_id
    where c.region = ${region} and c.org_uuid is not null and l.product = 'calling'
      and coalesce(s.starts_on, t.starts_on) <= ${today}::date
      and coalesce(s.ends_on, t.ends_on, 'infinity'::date) >= ${today}::date
      and (${customerId ?? null}::uuid is null or c.id = ${customerId ?? null})
    group by c.org_uuid order by c.org_uuid`.execute(tx);
  return rows;
}
