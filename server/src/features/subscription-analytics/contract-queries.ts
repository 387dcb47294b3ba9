import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { ContractFacts, OwnedCustomer } from './running-contracts.ts';

/** Changes with everything that any transaction writes: what was read under it is still so while it is the same. */
export async function readMoment(tx: TenantTx): Promise<string> {
  const { rows } = await sql<{ moment: string }>`select pg_current_snapshot()::text as moment`.execute(tx);
  return rows[0]?.moment ?? '';
}

/** Customers of the region that are part of the partner's organization; those managed as an external administrator are not. */
export async function findOwnedCustomers(tx: TenantTx, region: RegionCode): Promise<OwnedCustomer[]> {
  const { rows } = await sql<OwnedCustomer>`
    select id, name, org_uuid as "orgUuid" from customer where region = ${region} and kind = 'owned'`.execute(tx);
  return rows;
}

/** Organizations of the region's other customers: their snapshots are in no number. */
export async function findOtherOrganizations(tx: TenantTx, region: RegionCode): Promise<string[]> {
  const { rows } = await sql<{ org: string }>`
    select org_uuid as org from customer where region = ${region} and kind <> 'owned' and org_uuid is not null`.execute(
    tx,
  );
  return rows.map(({ org }) => org);
}

/** Subscriptions and trials of these customers that may run on a day, with what they hold of each product. */
export async function findContracts(tx: TenantTx, region: RegionCode, day: string): Promise<ContractFacts[]> {
  const { rows } = await sql<ContractFacts>`
    with mine as (select id from customer where region = ${region} and kind = 'owned'),
    held as (select subscription_id, trial_id, string_agg(product || ' ' || ordered, ',') as held
      from license_line where customer_id in (select id from mine) group by subscription_id, trial_id),
    first_order as (select subscription_id, min(ordered_on) as ordered_on from order_line
      where kind = 'new' and state not in ('failed', 'canceled') and ordered_on <= ${day}::date group by subscription_id)
    select 'subscription' as kind, s.id, s.customer_id as "customerId", s.reference, s.starts_on as "startsOn", s.ends_on as "endsOn",
      s.term_months as "termMonths", s.auto_renews as "autoRenews", o.ordered_on as "orderedOn",
      h.held
    from subscription s join mine on mine.id = s.customer_id left join held h on h.subscription_id = s.id
      left join first_order o on o.subscription_id = s.id
    where s.starts_on <= ${day}::date and (s.auto_renews or s.ends_on is null or s.ends_on >= ${day}::date)
    union all
    select 'trial', t.id, t.customer_id, t.reference, t.starts_on, t.ends_on, null, false, null, h.held
    from trial t join mine on mine.id = t.customer_id left join held h on h.trial_id = t.id
    where t.starts_on <= ${day}::date and t.ends_on >= ${day}::date`.execute(tx);
  return rows;
}
