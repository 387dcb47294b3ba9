import type { CallingAnomaly } from '@hub/contract/calling-anomaly';
import type { StatusEntry } from '@hub/contract/customer-statuses';
import { CustomerStatus } from '@hub/contract/customer-statuses';
import type { TagMark } from '@hub/contract/customer-tags';
import type { CustomerRow } from '@hub/contract/customers';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { columns, customerOf } from './customers-queries.ts';

/** The rows of a page, in the order of the ids; those that are gone meanwhile are left out. */
export async function findRows(tx: TenantTx, ids: readonly string[]): Promise<CustomerRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('customer')
    .select([
      ...columns,
      'products',
      'failed_setup as failedSetup',
      'next',
      'licenses_ordered as ordered',
      'licenses_assigned as assigned',
      'licenses_unassigned as unassigned',
      'licenses_over as over',
      'has_sign_ins as isKnown',
      sql<string | null>`to_char(last_sign_in_on, 'YYYY-MM-DD')`.as('lastSignInOn'),
      'has_subscription as hasSubscription',
      'has_trial as hasTrial',
    ])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  const statuses = await findStatuses(tx, ids);
  const anomalies = await findAnomalies(tx, ids);
  const tags = await findTagMarks(tx, ids);
  const found = new Map(
    rows.map(
      ({
        products,
        failedSetup,
        next,
        ordered,
        assigned,
        unassigned,
        over,
        isKnown,
        lastSignInOn,
        hasSubscription,
        hasTrial,
        ...row
      }) => [
        row.id,
        {
          ...customerOf(row),
          statuses: statuses.get(row.id) ?? [],
          failedSetup,
          anomalies: anomalies.get(row.id) ?? [],
          tags: tags.get(row.id) ?? [],
          products,
          licenses: { ordered, assigned, unassigned, over },
          next,
          lastSignIn: { isKnown, on: isKnown ? lastSignInOn : null },
          hasSubscription,
          hasTrial,
        } as CustomerRow, // what is stored was derived in the contract's words
      ],
    ),
  );
  return ids.flatMap((id) => found.get(id) ?? []);
}

async function findStatuses(tx: TenantTx, ids: readonly string[]): Promise<Map<string, StatusEntry[]>> {
  const rows = await tx
    .selectFrom('customer_status')
    .select(['customer_id as customerId', 'status', sql<string>`to_char(since, 'YYYY-MM-DD')`.as('since'), 'reasons'])
    .where(sql<boolean>`customer_id = any(${ids}::uuid[])`)
    .execute();
  const rankOf = ({ status }: { status: string }): number =>
    CustomerStatus.options.findIndex((known) => known === status);
  const ordered = rows.toSorted((a, b) => rankOf(a) - rankOf(b));
  return grouped(ordered.map(({ customerId, ...entry }) => [customerId, entry as StatusEntry]));
}

async function findAnomalies(tx: TenantTx, ids: readonly string[]): Promise<Map<string, CallingAnomaly[]>> {
  const rows = await tx
    .selectFrom('calling_anomaly')
    .select(['customer_id as customerId', 'told'])
    .where(sql<boolean>`customer_id = any(${ids}::uuid[])`)
    .orderBy('kind', 'desc')
    .execute();
  return grouped(rows.map(({ customerId, told }) => [customerId, told as CallingAnomaly]));
}

async function findTagMarks(tx: TenantTx, ids: readonly string[]): Promise<Map<string, TagMark[]>> {
  const rows = await tx
    .selectFrom('customer_tag')
    .innerJoin('tag', 'tag.id', 'customer_tag.tag_id')
    .select(['customer_tag.customer_id as customerId', 'tag.id', 'tag.name', 'tag.color'])
    .where(sql<boolean>`customer_tag.customer_id = any(${ids}::uuid[])`)
    .orderBy('tag.name_key')
    .execute();
  return grouped(rows.map(({ customerId, ...tag }) => [customerId, tag as TagMark]));
}

function grouped<Value>(pairs: readonly [string, Value][]): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
