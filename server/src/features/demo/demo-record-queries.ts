import type { PersonId } from '@hub/contract/ids';
import { type Insertable, sql } from 'kysely';
import type { Database } from '../../platform/directory/database.gen.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';

const tables = [
  'subscription',
  'trial',
  'license_line',
  'order_line',
  'invoice_line',
  'tag',
  'customer_tag',
  'subscription_tag',
  'customer_group',
  'customer_group_member',
] as const;

export type DemoRows = { [Table in (typeof tables)[number]]: readonly Insertable<Database[Table]>[] };

/** A statement a table, or a few: PostgreSQL takes 65,535 parameters. */
export async function insertDemoRows(tx: TenantTx, rows: DemoRows): Promise<void> {
  for (const table of tables)
    for (let start = 0; start < rows[table].length; start += 1000)
      await tx
        .insertInto(table)
        .values(rows[table].slice(start, start + 1000))
        .execute();
}

export async function insertDemoViews(
  tx: TenantTx,
  rows: readonly { view: Insertable<Database['saved_view']>; isPinned: boolean }[],
  people: readonly PersonId[],
): Promise<void> {
  for (const { view, isPinned } of rows) {
    const made = await tx
      .insertInto('saved_view')
      .values(view)
      .onConflict((conflict) => conflict.columns(['partner_id', 'person_id', 'name_key']).doNothing())
      .returning(['id', 'partner_id'])
      .executeTakeFirst();
    if (made === undefined || !isPinned) continue;
    const choice = { view_id: made.id, partner_id: made.partner_id, is_pinned: true, is_default: false };
    await tx
      .insertInto('saved_view_choice')
      .values(people.map((person_id) => ({ ...choice, person_id })))
      .execute();
  }
}

/** Subscriptions of which the workbench of renewals tells, by their IDs, with the term that is worked on. */
export async function findDemoTerms(
  tx: TenantTx,
  today: string,
  { before, after }: { before: number; after: number },
): Promise<{ id: string; customerId: string; termEndsOn: string }[]> {
  const { rows } = await sql<{ id: string; customerId: string; termEndsOn: string }>`
    select id, customer_id as "customerId", to_char(term, 'YYYY-MM-DD') as "termEndsOn"
    from (select *, tenant.term_end(ends_on, term_months, auto_renews, ${today}::date) as term from subscription) s
    where term between ${today}::date - ${before}::int and ${today}::date + ${after}::int order by reference`.execute(
    tx,
  );
  return rows;
}

/** What somebody has written already stays. */
export async function insertDemoWork(
  tx: TenantTx,
  rows: readonly Insertable<Database['renewal_work']>[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('renewal_work')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['subscription_id', 'term_ends_on']).doNothing())
    .execute();
}

/** Once its customers are gone: tags that nobody has, groups without anybody, and the groups and views by filter as the demo made them. */
export async function deleteDemoCollections(
  tx: TenantTx,
  made: {
    groups: readonly { name: string; filter: string | null }[];
    views: readonly { name: string; filter: string }[];
  },
): Promise<void> {
  await sql`delete from tag where not tenant.has_holder(id)`.execute(tx);
  const groups = sql`unnest(${made.groups.map(({ name }) => name)}::text[], ${made.groups.map(({ filter }) => filter)}::text[]) as made (name, filter)`;
  await sql`delete from customer_group g using ${groups} where g.name = made.name and g.filter is not distinct from made.filter
    and not exists (select 1 from customer_group_member m where m.group_id = g.id)`.execute(tx);
  const views = sql`unnest(${made.views.map(({ name }) => name)}::text[], ${made.views.map(({ filter }) => filter)}::text[]) as made (name, filter)`;
  await sql`delete from saved_view v using ${views} where v.name = made.name and v.filter = made.filter`.execute(tx);
}

/** Every customer of the partner, its own organization too. */
export async function findAllCustomers(tx: TenantTx): Promise<string[]> {
  const rows = await tx.selectFrom('customer').select('id').execute();
  return rows.map(({ id }) => id);
}
