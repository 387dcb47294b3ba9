import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Derived } from './status-rules.ts';

/** What is kept of a customer beside its statuses. */
export type DerivedOf = Omit<Derived, 'statuses'> & {
  customerId: string;
  rank: number;
  nameKey: string;
  searchText: string;
};

/** What the list of customers filters, sorts and shows. */
const columns = [
  'status_rank',
  'name_key',
  'search_text',
  'failed_setup',
  'next',
  'next_on',
  'ends_on',
  'renews_on',
  'products',
  'has_subscription',
  'has_trial',
  'licenses_ordered',
  'licenses_assigned',
  'licenses_unassigned',
  'licenses_over',
] as const;
type Row = Record<(typeof columns)[number], unknown>;

const rowOf = ({ rank, nameKey, searchText, next, endsOn, renewsOn, licenses, products, ...is }: DerivedOf): Row => ({
  status_rank: rank,
  name_key: nameKey,
  search_text: searchText,
  failed_setup: is.failedSetup ?? null,
  next: next ?? null,
  next_on: next?.on ?? null,
  ends_on: endsOn ?? null,
  renews_on: renewsOn ?? null,
  products,
  has_subscription: is.hasSubscription,
  has_trial: is.hasTrial,
  licenses_ordered: licenses.ordered,
  licenses_assigned: licenses.assigned,
  licenses_unassigned: licenses.unassigned,
  licenses_over: licenses.over,
});

const textOf = (row: Row): string => JSON.stringify(columns.map((column) => row[column]));

/** Keeps what was derived. On most days nearly all of it is so already: it is read, and only what differs is written. */
export async function writeDerived(tx: TenantTx, partnerId: string, derived: readonly DerivedOf[]): Promise<void> {
  const stored = await readStored(
    tx,
    derived.map(({ customerId }) => customerId),
  );
  const rows = derived.map((entry) => ({ id: entry.customerId, ...rowOf(entry) }));
  const others = rows.filter((row) => stored.get(row.id)?.text !== textOf(row));
  if (others.length > 0) await writeRows(tx, others);
  await writeDue(
    tx,
    partnerId,
    derived.filter(({ customerId, dueOn = null }) => stored.get(customerId)?.dueOn !== dueOn),
  );
}

async function readStored(
  tx: TenantTx,
  ids: readonly string[],
): Promise<Map<string, { text: string; dueOn: string | null }>> {
  const rows = await tx
    .selectFrom('customer')
    .leftJoin('customer_due', 'customer_due.customer_id', 'customer.id')
    .select(['id', ...columns, 'customer_due.due_on'])
    .where(sql<boolean>`customer.id = any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, due_on: dueOn, ...row }) => [id, { text: textOf(row), dueOn }]));
}

async function writeRows(tx: TenantTx, rows: readonly (Row & { id: string })[]): Promise<void> {
  const list = sql.raw(columns.join(', '));
  await sql`update customer set (${list}) = (${sql.raw(columns.map((column) => `given.${column}`).join(', '))})
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, status_rank integer, name_key text, search_text text,
      failed_setup jsonb, next jsonb, next_on date, ends_on date, renews_on date, products text[], has_subscription boolean, has_trial boolean, licenses_ordered integer,
      licenses_assigned integer, licenses_unassigned integer, licenses_over integer)
    where customer.id = given.id`.execute(tx);
}

/** When each is to be looked at again; never, where nothing will change by itself. */
async function writeDue(tx: TenantTx, partnerId: string, derived: readonly DerivedOf[]): Promise<void> {
  const never = derived.filter(({ dueOn }) => dueOn === undefined).map(({ customerId }) => customerId);
  if (never.length > 0)
    await tx.deleteFrom('customer_due').where(sql<boolean>`customer_id = any(${never}::uuid[])`).execute();
  const due = derived.filter(({ dueOn }) => dueOn !== undefined);
  if (due.length > 0)
    await sql`insert into customer_due (customer_id, partner_id, due_on)
      select given.customer_id, ${partnerId}::uuid, given.due_on
      from unnest(${due.map(({ customerId }) => customerId)}::uuid[], ${due.map(({ dueOn }) => dueOn)}::date[]) as given (customer_id, due_on)
      on conflict (customer_id) do update set due_on = excluded.due_on`.execute(tx);
}
