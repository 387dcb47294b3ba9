import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';

/** Gives everything that hangs on one customer to another. Returns the names of the tags for which there was no room. */
export async function handOn(
  tx: TenantTx,
  { kept, gone, today, tagsAtMost }: { kept: string; gone: string; today: string; tagsAtMost: number },
): Promise<{ tagsLeft: { id: string; name: string }[] }> {
  const there = { customer_id: kept };
  for (const table of [
    'subscription',
    'trial',
    'license_line',
    'order_line',
    'invoice_line',
    'renewal_work',
    'own_assignment',
    'subscription_tag',
    'bulk_item',
  ] as const)
    await tx.updateTable(table).set(there).where('customer_id', '=', gone).execute();
  // Undoing the removal of a tag finds them at their new place; the other's own only where this one is not remembered itself.
  await sql`update removed_tag_holder h set customer_id = ${kept}::uuid where h.customer_id = ${gone}::uuid and (h.subscription_id is not null
    or not exists (select from removed_tag_holder o where o.removed_tag_id = h.removed_tag_id and o.customer_id = ${kept}::uuid))`.execute(
    tx,
  );
  // What stands out in its calling is soon told anew: the organization that it is of may be another's now.
  await sql`update calling_anomaly_look set looked_at_state = '' where region in (select region from customer where id in (${kept}::uuid, ${gone}::uuid))`.execute(
    tx,
  );
  // What holds of the other from today on is derived here anew, and begins there.
  await sql`update customer_status_history set customer_id = ${kept}::uuid,
      ended_on = coalesce(ended_on, greatest(began_on, ${today}::date)) where customer_id = ${gone}::uuid`.execute(tx);
  await sql`insert into customer_group_member (partner_id, group_id, customer_id)
    select partner_id, group_id, ${kept}::uuid from customer_group_member where customer_id = ${gone}::uuid
    on conflict do nothing`.execute(tx);
  await sql`select tenant.hand_on_assignments(${gone}::uuid, ${kept}::uuid)`.execute(tx);
  const tagsLeft = await findTagsLeft(tx, { kept, gone, tagsAtMost });
  await sql`
    with own as (select tag_id from customer_tag where customer_id = ${kept}::uuid),
    coming as (
      select h.partner_id, h.tag_id, row_number() over (order by t.name_key) as place from customer_tag h join tag t on t.id = h.tag_id
      where h.customer_id = ${gone}::uuid and h.tag_id not in (select tag_id from own))
    insert into customer_tag (partner_id, customer_id, tag_id)
    select partner_id, ${kept}::uuid, tag_id from coming where place <= ${tagsAtMost}::int - (select count(*) from own)`.execute(
    tx,
  );
  await sql`update customer k set has_sign_ins = true, last_sign_in_on = greatest(k.last_sign_in_on, g.last_sign_in_on)
    from customer g where k.id = ${kept}::uuid and g.id = ${gone}::uuid and g.has_sign_ins`.execute(tx);
  return { tagsLeft };
}

interface Two {
  kept: string;
  gone: string;
}

/** Tags of the one for which the other has no room; those that come first by name find it. */
export async function findTagsLeft(
  tx: TenantTx,
  { kept, gone, tagsAtMost }: Two & { tagsAtMost: number },
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    with own as (select tag_id from customer_tag where customer_id = ${kept}::uuid)
    select t.id, t.name from customer_tag h join tag t on t.id = h.tag_id
    where h.customer_id = ${gone}::uuid and h.tag_id not in (select tag_id from own)
    order by t.name_key offset greatest(0, ${tagsAtMost}::int - (select count(*) from own))`.execute(tx);
  return rows;
}

/** Groups by hand that hold the one and not the other, by name. */
export async function findGroupsHandedOn(tx: TenantTx, { kept, gone }: Two): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select g.name from customer_group g join customer_group_member m on m.group_id = g.id
    where m.customer_id = ${gone}::uuid and not exists (
      select from customer_group_member k where k.group_id = g.id and k.customer_id = ${kept}::uuid)
    order by g.name, g.id`.execute(tx);
  return rows.map(({ name }) => name);
}

/** How many administrators have the one assigned and not the other, also those whom the actor does not see. */
export async function countHandedOn(tx: TenantTx, { kept, gone }: Two): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select tenant.count_handed_on(${gone}::uuid, ${kept}::uuid) as n`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** As countHandedOn: who they are, by name. */
export async function findNamesHandedOn(tx: TenantTx, { kept, gone }: Two): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select person.name from assignment a join person on person.id = a.person_id
    where a.customer_id = ${gone}::uuid and not exists (
      select from assignment k where k.customer_id = ${kept}::uuid and k.person_id = a.person_id)
    order by person.name, person.id`.execute(tx);
  return rows.map(({ name }) => name);
}

/** A tag goes with its last holder. */
export async function removeMerged(tx: TenantTx, gone: string, tags: readonly { id: string }[]): Promise<void> {
  await tx.deleteFrom('customer').where('id', '=', gone).execute();
  await sql`delete from tag where id = any(${tags.map(({ id }) => id)}::uuid[]) and not tenant.has_holder(id)`.execute(
    tx,
  );
}
