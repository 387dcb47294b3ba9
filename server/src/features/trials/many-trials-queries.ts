import type { Product } from '@hub/contract/products';
import { type SqlBool, sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type CountedLine, findLines } from '../subscriptions/index.ts';
import { type StoredTrial, trialsById } from './trials-queries.ts';

/** Of each of these customers a trial that runs or is to come with any of these products. */
export async function findOpenTrials(
  tx: TenantTx,
  { customerIds, products, today }: { customerIds: readonly string[]; products: readonly Product[]; today: string },
): Promise<Map<string, { reference: string; product: Product }>> {
  const rows = await tx
    .selectFrom('trial')
    .innerJoin('license_line', 'license_line.trial_id', 'trial.id')
    .select(['trial.customer_id as customerId', 'trial.reference', 'license_line.product'])
    .where(sql<SqlBool>`trial.customer_id = any(${customerIds}::uuid[])`)
    .where('trial.ends_on', '>=', today)
    .where(sql<SqlBool>`license_line.product = any(${products}::text[])`)
    .orderBy('trial.reference', 'desc')
    .orderBy('license_line.product', 'desc')
    .execute();
  return new Map(
    rows.map(({ customerId, reference, product }) => [customerId, { reference, product: product as Product }]),
  );
}

/** Which of these customers are the partner's own organization. */
export async function findOwn(tx: TenantTx, customerIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('customer')
    .select('id')
    .where('kind', '=', 'own')
    .where(sql<SqlBool>`id = any(${customerIds}::uuid[])`)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

export interface NewTrial {
  id: string;
  customerId: string;
  reference: string;
}

/** The same terms for each, in two statements. */
export async function insertTrials(
  tx: TenantTx,
  trials: readonly NewTrial[],
  terms: { partnerId: string; startsOn: string; endsOn: string; lines: readonly CountedLine[]; at: Date },
): Promise<void> {
  const given = sql`unnest(${trials.map(({ id }) => id)}::uuid[], ${trials.map(({ customerId }) => customerId)}::uuid[],
    ${trials.map(({ reference }) => reference)}::text[]) as given (id, customer_id, reference)`;
  await sql`insert into trial (id, partner_id, customer_id, reference, starts_on, ends_on, created_at)
    select given.id, ${terms.partnerId}::uuid, given.customer_id, given.reference, ${terms.startsOn}::date, ${terms.endsOn}::date,
      ${terms.at}::timestamptz from ${given}`.execute(tx);
  const lines = terms.lines.map(({ product, ordered, assigned, overSince }) => ({
    product,
    ordered,
    assigned,
    over_since: overSince,
  }));
  await sql`insert into license_line (partner_id, customer_id, trial_id, product, ordered, assigned, over_since)
    select ${terms.partnerId}::uuid, given.customer_id, given.id, line.product, line.ordered, line.assigned, line.over_since from ${given},
      jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line (product text, ordered integer, assigned integer, over_since date)`.execute(
    tx,
  );
}

/** Those of these trials that are there. */
export async function findTrialsById(tx: TenantTx, ids: readonly string[]): Promise<Map<string, StoredTrial>> {
  const found = await trialsById(tx, ids, await findLines(tx, 'trial', [...ids]));
  return new Map(found.map((trial) => [trial.id, trial]));
}

export async function deleteTrials(tx: TenantTx, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('trial').where(sql<SqlBool>`id = any(${ids}::uuid[])`).execute();
}
