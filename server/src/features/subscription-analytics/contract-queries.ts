import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { ContractFacts, OwnedCustomer } from './running-contracts.ts';

const mostChanged = 5000; // then reading everything takes less

/**
 * The moment of now, and whose contracts changed since another one: none of those is in it that did not change. Undefined: that is not known, or
 * they are many. A change that is not committed yet belongs to no moment.
 */
export async function findChangedCustomers(
  tx: TenantTx,
  since: string | undefined,
): Promise<{ moment: string; changed: string[] | undefined }> {
  // What a backup of another server tells lies in the future of this one.
  const { rows } = await sql<{ moment: string; isKnown: boolean }>`
    select pg_current_snapshot()::text as moment, ${since ?? null}::text is not null and not exists (select from contract_change_removal
      where until >= pg_snapshot_xmin(${since ?? null}::pg_snapshot) and until < pg_snapshot_xmax(pg_current_snapshot())) as "isKnown"`.execute(
    tx,
  );
  const [{ moment, isKnown } = { moment: '', isKnown: false }] = rows;
  if (since === undefined || !isKnown) return { moment, changed: undefined };
  const changes = await sql<{ id: string }>`
    select distinct customer_id as id from contract_change
    where xid >= pg_snapshot_xmin(${since}::pg_snapshot) and not pg_visible_in_snapshot(xid, ${since}::pg_snapshot)
      and xid < pg_snapshot_xmax(pg_current_snapshot())
    limit ${mostChanged + 1}`.execute(tx);
  return { moment, changed: changes.rows.length > mostChanged ? undefined : changes.rows.map(({ id }) => id) };
}

/** Takes away which contracts changed before yesterday: whoever read them before that reads all of them anew. */
export async function forgetOldChanges(tx: TenantTx): Promise<void> {
  await sql`
    with gone as (delete from contract_change where at < now() - interval '1 day' returning partner_id, xid)
    insert into contract_change_removal as r (partner_id, until)
    select partner_id, max(xid) from gone group by partner_id
    on conflict (partner_id) do update set until = greatest(r.until, excluded.until)`.execute(tx);
}

/** Customers of the region that are part of the partner's organization, or those of them; those managed as an external administrator are not. */
export async function findOwnedCustomers(
  tx: TenantTx,
  region: RegionCode,
  ids?: readonly string[],
): Promise<OwnedCustomer[]> {
  const { rows } = await sql<OwnedCustomer>`
    select id, name, org_uuid as "orgUuid" from customer
    where region = ${region} and kind = 'owned' ${ids === undefined ? sql`` : sql`and id = any(${ids}::uuid[])`}`.execute(
    tx,
  );
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

/** Subscriptions and trials of these customers, or of all, that may run on a day from `from` to `to`, with what they hold of each product. */
export async function findContracts(
  tx: TenantTx,
  { region, from, to, ids }: { region: RegionCode; from: string; to: string; ids?: readonly string[] | undefined },
): Promise<ContractFacts[]> {
  const { rows } = await sql<ContractFacts>`
    with mine as (select id from customer
      where region = ${region} and kind = 'owned' ${ids === undefined ? sql`` : sql`and id = any(${ids}::uuid[])`}),
    held as (select subscription_id, trial_id, string_agg(product || ' ' || ordered, ',') as held
      from license_line where customer_id in (select id from mine) group by subscription_id, trial_id),
    first_order as (select subscription_id, min(ordered_on) as ordered_on from order_line
      where kind = 'new' and state not in ('failed', 'canceled') and customer_id in (select id from mine) group by subscription_id)
    select 'subscription' as kind, s.id, s.customer_id as "customerId", s.reference, s.starts_on as "startsOn", s.ends_on as "endsOn",
      s.term_months as "termMonths", s.auto_renews as "autoRenews", o.ordered_on as "orderedOn",
      h.held
    from subscription s join mine on mine.id = s.customer_id left join held h on h.subscription_id = s.id
      left join first_order o on o.subscription_id = s.id
    where s.starts_on <= ${to}::date and (s.auto_renews or s.ends_on is null or s.ends_on >= ${from}::date)
    union all
    select 'trial', t.id, t.customer_id, t.reference, t.starts_on, t.ends_on, null, false, null, h.held
    from trial t join mine on mine.id = t.customer_id left join held h on h.trial_id = t.id
    where t.starts_on <= ${to}::date and t.ends_on >= ${from}::date`.execute(tx);
  return rows;
}
