import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';

/** Gives everything that hangs on one customer to another. Returns the names of the tags for which there was no room. */
export async function handOn(
  tx: TenantTx,
  { kept, gone, today, tagsAtMost }: { kept: string; gone: string; today: string; tagsAtMost: number },
): Promise<{ tagsLeft: { id: string; name: string }[] }> {
  const there = { customer_id: kept };
  for (const table of ['subscription', 'trial', 'license_line', 'subscription_tag', 'bulk_item'] as const)
    await tx.updateTable(table).set(there).where('customer_id', '=', gone).execute();
  // What holds of the other from today on is derived here anew, and begins there.
  await sql`update customer_status_history set customer_id = ${kept}::uuid,
      ended_on = coalesce(ended_on, greatest(began_on, ${today}::date)) where customer_id = ${gone}::uuid`.execute(tx);
  await sql`insert into customer_group_member (partner_id, group_id, customer_id)
    select partner_id, group_id, ${kept}::uuid from customer_group_member where customer_id = ${gone}::uuid
    on conflict do nothing`.execute(tx);
  await sql`select tenant.hand_on_assignments(${gone}::uuid, ${kept}::uuid)`.execute(tx);
  const { rows: tagsLeft } = await sql<{ id: string; name: string }>`
    with own as (select tag_id from customer_tag where customer_id = ${kept}::uuid),
    coming as (
      select h.partner_id, h.tag_id, t.name, row_number() over (order by t.name_key) as place from customer_tag h join tag t on t.id = h.tag_id
      where h.customer_id = ${gone}::uuid and h.tag_id not in (select tag_id from own)),
    moved as (
      insert into customer_tag (partner_id, customer_id, tag_id)
      select partner_id, ${kept}::uuid, tag_id from coming where place <= ${tagsAtMost}::int - (select count(*) from own))
    select tag_id as id, name from coming where place > ${tagsAtMost}::int - (select count(*) from own)`.execute(tx);
  await sql`update customer k set has_sign_ins = true, last_sign_in_on = greatest(k.last_sign_in_on, g.last_sign_in_on)
    from customer g where k.id = ${kept}::uuid and g.id = ${gone}::uuid and g.has_sign_ins`.execute(tx);
  return { tagsLeft };
}

/** A tag goes with its last holder. */
export async function removeMerged(tx: TenantTx, gone: string, tags: readonly { id: string }[]): Promise<void> {
  await tx.deleteFrom('customer').where('id', '=', gone).execute();
  await sql`delete from tag where id = any(${tags.map(({ id }) => id)}::uuid[]) and not tenant.has_holder(id)`.execute(
    tx,
  );
}
