import type { CustomerId, TrialId } from '@hub/contract/ids';
import type { Product } from '@hub/contract/products';
import type { Trial } from '@hub/contract/trials';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type CountedLine, findLines } from '../subscriptions/index.ts';

/** A trial with what is told of it only by statuses. */
export interface StoredTrial extends Omit<Trial, 'lines'> {
  lines: CountedLine[];
}

const day = (column: string) => sql<string>`to_char(${sql.ref(column)}, 'YYYY-MM-DD')`;

const columns = [
  'id',
  'customer_id as customerId',
  'reference',
  day('starts_on').as('startsOn'),
  day('ends_on').as('endsOn'),
  'version',
] as const;

const select = (tx: TenantTx) => tx.selectFrom('trial').select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

// Ids were checked when they were written.
const trialOf = (row: Row, lines: CountedLine[] | undefined): StoredTrial => ({
  ...row,
  id: row.id as TrialId,
  customerId: row.customerId as CustomerId,
  lines: lines ?? [],
});

/** The latest start first. */
export async function findTrials(tx: TenantTx, customerId: string): Promise<StoredTrial[]> {
  const rows = await select(tx)
    .where('customer_id', '=', customerId)
    .orderBy('starts_on', 'desc')
    .orderBy('reference')
    .orderBy('id')
    .execute();
  const ids = rows.map(({ id }) => id);
  const lines = await findLines(tx, 'trial', ids);
  return rows.map((row) => trialOf(row, lines.get(row.id)));
}

export async function trialsById(
  tx: TenantTx,
  ids: readonly string[],
  lines: ReadonlyMap<string, CountedLine[]>,
): Promise<StoredTrial[]> {
  const rows = await select(tx).where(sql<boolean>`id = any(${ids}::uuid[])`).execute();
  return rows.map((row) => trialOf(row, lines.get(row.id)));
}

/** Of the customer's trials that run or are to come, one with any of these products. */
export async function findOpenTrialOf(
  tx: TenantTx,
  {
    customerId,
    products,
    today,
    except,
  }: { customerId: string; products: readonly Product[]; today: string; except: string },
): Promise<{ reference: string; product: Product } | undefined> {
  const row = await tx
    .selectFrom('trial')
    .innerJoin('license_line', 'license_line.trial_id', 'trial.id')
    .select(['trial.reference', 'license_line.product'])
    .where('trial.customer_id', '=', customerId)
    .where('trial.ends_on', '>=', today)
    .where('trial.id', '<>', except)
    .where(sql<boolean>`license_line.product = any(${products}::text[])`)
    .orderBy('trial.reference')
    .orderBy('license_line.product')
    .executeTakeFirst();
  return row && { reference: row.reference, product: row.product as Product };
}

/** Throws trial_not_found. */
export async function getCustomerOfTrial(tx: TenantTx, id: string): Promise<string> {
  const row = await tx.selectFrom('trial').select('customer_id').where('id', '=', id).executeTakeFirst();
  if (!row) throw new HubError('trial_not_found');
  return row.customer_id;
}

/** Nobody else changes it until the end of the transaction. Throws trial_not_found. */
export async function getTrialForUpdate(tx: TenantTx, id: string): Promise<StoredTrial> {
  const row = await select(tx).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new HubError('trial_not_found');
  const lines = await findLines(tx, 'trial', [id]);
  return trialOf(row, lines.get(id));
}

export async function insertTrial(
  tx: TenantTx,
  trial: {
    id: string;
    partnerId: string;
    customerId: string;
    reference: string;
    startsOn: string;
    endsOn: string;
    createdAt: Date;
  },
): Promise<void> {
  await tx
    .insertInto('trial')
    .values({
      id: trial.id,
      partner_id: trial.partnerId,
      customer_id: trial.customerId,
      reference: trial.reference,
      starts_on: trial.startsOn,
      ends_on: trial.endsOn,
      created_at: trial.createdAt,
    })
    .execute();
}

export async function setTrialDates(
  tx: TenantTx,
  id: string,
  { startsOn, endsOn }: { startsOn: string; endsOn: string },
): Promise<void> {
  await tx
    .updateTable('trial')
    .set(({ eb }) => ({ starts_on: startsOn, ends_on: endsOn, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function deleteTrial(tx: TenantTx, id: string): Promise<void> {
  await tx.deleteFrom('trial').where('id', '=', id).execute();
}
