import type { RegionCode } from '@hub/contract/regions';
import type { Product } from '@hub/contract/products';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';

/** What somebody assigned here of a line, as of a day. */
export interface OwnAssignment {
  customerId: string;
  reference: string;
  product: Product;
  day: string;
  ordered: number;
  /** Null: it is not known any more. */
  assigned: number | null;
}

export interface OwnSnapshot extends OwnAssignment {
  orgUuid: string;
}

/** Of a line and a day the last word counts, also where a snapshot has been queued with the one before. */
export async function insertOwnAssignments(
  tx: TenantTx,
  partnerId: string,
  rows: readonly OwnAssignment[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('own_assignment')
    .values(
      rows.map(({ customerId, reference, product, day, ordered, assigned }) => ({
        partner_id: partnerId,
        customer_id: customerId,
        reference,
        product,
        day,
        ordered,
        assigned,
        noted_at: at,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['customer_id', 'reference', 'product', 'day']).doUpdateSet((eb) => ({
        ordered: eb.ref('excluded.ordered'),
        assigned: eb.ref('excluded.assigned'),
        noted_at: eb.ref('excluded.noted_at'),
        is_queued: false,
      })),
    )
    .execute();
}

const snapshot = sql`o.customer_id as "customerId", o.reference, o.product, to_char(o.day, 'YYYY-MM-DD') as day, o.ordered, o.assigned,
  c.org_uuid as "orgUuid"`;

/** What waits for its snapshot, of customers whose organization is known; locked, so that nobody else takes it. */
export async function takeOwnAssignments(tx: TenantTx, region: RegionCode, atMost: number): Promise<OwnSnapshot[]> {
  const { rows } = await sql<OwnSnapshot>`
    select ${snapshot} from own_assignment o join customer c on c.id = o.customer_id
    where not o.is_queued and c.region = ${region} and c.org_uuid is not null
    order by o.day, o.reference, o.product limit ${atMost} for update of o skip locked`.execute(tx);
  return rows;
}

export async function setOwnQueued(tx: TenantTx, rows: readonly OwnAssignment[]): Promise<void> {
  const told = JSON.stringify(rows);
  await sql`
    update own_assignment o set is_queued = true
    from jsonb_to_recordset(${told}::jsonb) as t("customerId" uuid, reference text, product text, day date)
    where o.customer_id = t."customerId" and o.reference = t.reference and o.product = t.product and o.day = t.day`.execute(
    tx,
  );
}

/** Lines whose newest snapshot of their own is of `day` or before, and which still are assigned what it says; as of `today`. */
export async function findFadingAssignments(
  tx: TenantTx,
  region: RegionCode,
  { day, today }: { day: string; today: string },
): Promise<OwnSnapshot[]> {
  const { rows } = await sql<OwnSnapshot>`
    with newest as (select distinct on (customer_id, reference, product) * from own_assignment order by customer_id, reference, product, day desc),
    line as (select l.customer_id, coalesce(s.reference, t.reference) as reference, l.product, l.ordered, l.assigned
      from license_line l left join subscription s on s.id = l.subscription_id left join trial t on t.id = l.trial_id)
    select o.customer_id as "customerId", o.reference, o.product, ${today} as day, l.ordered, l.assigned, c.org_uuid as "orgUuid"
    from newest o join customer c on c.id = o.customer_id
      join line l on l.customer_id = o.customer_id and l.reference = o.reference and l.product = o.product and l.assigned = o.assigned
    where o.is_queued and o.day <= ${day}::date and c.region = ${region} and c.org_uuid is not null`.execute(tx);
  return rows;
}

/** Somebody else tells of these lines now. */
export async function deleteOwnAssignments(tx: TenantTx, rows: readonly OwnAssignment[]): Promise<void> {
  if (rows.length === 0) return;
  const told = JSON.stringify(rows);
  await sql`
    delete from own_assignment o using jsonb_to_recordset(${told}::jsonb) as t("customerId" uuid, reference text, product text)
    where o.is_queued and o.customer_id = t."customerId" and o.reference = t.reference and o.product = t.product`.execute(
    tx,
  );
}
