import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';

/** What the directory knows of a customer's payment and sign-ins. */
export interface HealthCustomer {
  id: string;
  name: string;
  orgUuid: string | null;
  createdOn: string;
  /** False: no feed tells of sign-ins. */
  hasSignIns: boolean;
  lastSignInOn: string | null;
  /** Subscriptions that run on the day. */
  running: number;
  suspended: number;
  pastDue: number;
  /** Invoice lines: all but void ones, and those that are overdue. */
  invoiced: number;
  overdue: number;
}

/** How many organizations of the region there may be calls of. */
export async function countOrganizations(tx: TenantTx, region: RegionCode): Promise<number> {
  const { count } = await tx
    .selectFrom('customer')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('region', '=', region)
    .where('org_uuid', 'is not', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** Every customer of the region that is part of the partner's organization, or the one of them that is asked for, as of a day, in one question. */
export async function findHealthCustomers(
  tx: TenantTx,
  {
    region,
    day,
    timeZone,
    customerId,
  }: { region: RegionCode; day: string; timeZone: string; customerId?: string | undefined },
): Promise<HealthCustomer[]> {
  const only = customerId === undefined ? sql`` : sql`and id = ${customerId}::uuid`;
  const { rows } = await sql<HealthCustomer>`
    with mine as (select * from customer where region = ${region} and kind = 'owned' ${only}),
    paid as (select customer_id, count(*)::int as running, count(*) filter (where payment_state = 'suspended')::int as suspended,
        count(*) filter (where payment_state = 'past_due')::int as past_due
      from subscription where customer_id in (select id from mine) and starts_on <= ${day}::date
        and (auto_renews or ends_on is null or ends_on >= ${day}::date) group by customer_id),
    owed as (select customer_id, count(*)::int as invoiced, count(*) filter (where state = 'overdue')::int as overdue
      from invoice_line where customer_id in (select id from mine) and state <> 'void' group by customer_id)
    select c.id, c.name, c.org_uuid as "orgUuid", (c.created_at at time zone ${timeZone})::date as "createdOn", c.has_sign_ins as "hasSignIns",
      c.last_sign_in_on as "lastSignInOn", coalesce(p.running, 0) as running, coalesce(p.suspended, 0) as suspended,
      coalesce(p.past_due, 0) as "pastDue", coalesce(o.invoiced, 0) as invoiced, coalesce(o.overdue, 0) as overdue
    from mine c left join paid p on p.customer_id = c.id left join owed o on o.customer_id = c.id`.execute(tx);
  return rows;
}
