import type { PersonId } from '@hub/contract/ids';
import { permissionsOfRole, Role, scopeOfRole } from '@hub/contract/permissions';
import type { RenewalStage } from '@hub/contract/renewal-rules';
import type { RenewalWork } from '@hub/contract/renewals';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';

interface WorkRow {
  subscriptionId: string;
  termEndsOn: string;
  stage: RenewalStage;
  note: string;
  noticeDays: number;
  version: number;
  changedAt: Date;
  ownerId: PersonId | null;
  ownerName: string | null;
  changerId: PersonId | null;
  changerName: string | null;
}

/** Of these subscriptions all that was ever written down, the latest term first. Who owns it is a member still. */
export async function findWork(tx: TenantTx, ids: readonly string[]): Promise<Map<string, RenewalWork[]>> {
  const { rows } = await sql<WorkRow>`
    select w.subscription_id as "subscriptionId", w.term_ends_on as "termEndsOn", w.stage, w.note, w.notice_days as "noticeDays", w.version,
      w.changed_at as "changedAt", owner.id as "ownerId", owner.name as "ownerName", changer.id as "changerId", changer.name as "changerName"
    from renewal_work w
      left join membership m on m.person_id = w.owner_id and m.partner_id = w.partner_id left join person owner on owner.id = m.person_id
      left join person changer on changer.id = w.changed_by
    where w.subscription_id = any(${ids}::uuid[]) order by w.subscription_id, w.term_ends_on desc`.execute(tx);
  const found = new Map<string, RenewalWork[]>();
  for (const row of rows) found.set(row.subscriptionId, [...(found.get(row.subscriptionId) ?? []), workOf(row)]);
  return found;
}

const workOf = (row: WorkRow): RenewalWork => ({
  termEndsOn: row.termEndsOn,
  stage: row.stage,
  owner: named(row.ownerId, row.ownerName),
  note: row.note,
  noticeDays: row.noticeDays,
  version: row.version,
  changedBy: named(row.changerId, row.changerName),
  changedAt: row.changedAt.toISOString(),
});

const named = (personId: PersonId | null, name: string | null): { personId: PersonId; name: string } | null =>
  personId === null || name === null ? null : { personId, name };

/** The last day of the term that runs, or that ran last; null: it has no end. Undefined: there is no such subscription. */
export async function findTerm(
  tx: TenantTx,
  subscriptionId: string,
  today: string,
): Promise<{ customerId: string; reference: string; endsOn: string | null } | undefined> {
  const { rows } = await sql<{ customerId: string; reference: string; endsOn: string | null }>`
    select customer_id as "customerId", reference, tenant.term_end(ends_on, term_months, auto_renews, ${today}::date) as "endsOn"
    from subscription where id = ${subscriptionId}::uuid`.execute(tx);
  return rows[0];
}

export async function setWork(
  tx: TenantTx,
  of: { partnerId: string; customerId: string; subscriptionId: string },
  work: Pick<RenewalWork, 'termEndsOn' | 'stage' | 'note' | 'noticeDays' | 'version'> & { ownerId: string | null },
  changed: { by: string | null; at: Date },
): Promise<void> {
  const values = {
    stage: work.stage,
    owner_id: work.ownerId,
    note: work.note,
    notice_days: work.noticeDays,
    version: work.version,
    changed_by: changed.by,
    changed_at: changed.at,
  };
  await tx
    .insertInto('renewal_work')
    .values({
      partner_id: of.partnerId,
      customer_id: of.customerId,
      subscription_id: of.subscriptionId,
      term_ends_on: work.termEndsOn,
      ...values,
    })
    .onConflict((conflict) => conflict.columns(['subscription_id', 'term_ends_on']).doUpdateSet(values))
    .execute();
}

// Memberships and people stand outside row-level security: every query here names the partner.

/** Members whose role may change subscriptions, by name; of a customer, those who see it. */
export async function findOwners(
  tx: TenantTx,
  partnerId: string,
  customerId?: string,
): Promise<{ personId: PersonId; name: string }[]> {
  const roles = Role.options.filter((role) => permissionsOfRole[role].includes('subscriptions.write'));
  const ofAll = roles.filter((role) => scopeOfRole[role] === 'all');
  const sees =
    customerId === undefined
      ? sql`true`
      : sql`(m.role = any(${ofAll}::text[]) or tenant.is_assigned(m.person_id, ${customerId}::uuid))`;
  const { rows } = await sql<{ personId: PersonId; name: string }>`
    select p.id as "personId", p.name from membership m join person p on p.id = m.person_id
    where m.partner_id = ${partnerId}::uuid and m.role = any(${roles}::text[]) and ${sees} order by lower(p.name), p.id`.execute(
    tx,
  );
  return rows;
}
