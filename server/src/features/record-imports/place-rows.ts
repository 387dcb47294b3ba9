import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Ctx, scopePersonOf } from '../access/index.ts';
import { type CustomerIndex, findMeant, indexOf } from './match-customers.ts';
import type { CustomerKey } from './read-rows.ts';
import { findCustomersNamed, findHeldOrganizations, type StoredCustomer } from './record-import-queries.ts';
import type { Fault } from './row-reading.ts';

/** The rows whose customer is known, with it, and what is wrong with the others. */
export async function placeRows<Row extends { line: number; customer: CustomerKey }>(
  tx: TenantTx,
  ctx: Ctx,
  rows: readonly Row[],
): Promise<{ placed: { row: Row; customer: StoredCustomer }[]; faults: Fault[] }> {
  const found = await findMeantCustomers(tx, ctx, rows);
  const placed: { row: Row; customer: StoredCustomer }[] = [];
  const faults: Fault[] = [];
  for (const [row, meant] of found) {
    if ('customer' in meant) placed.push({ row, customer: meant.customer });
    else faults.push(meant);
  }
  return { placed, faults };
}

/** By row the customer that it names, or what is wrong with the name; a row that names none is not there. */
export async function findMeantCustomers<Row extends { line: number; customer: CustomerKey | undefined }>(
  tx: TenantTx,
  ctx: Ctx,
  rows: readonly Row[],
): Promise<Map<Row, { customer: StoredCustomer } | Fault>> {
  const keys = rows.map(({ customer }) => customer).filter((key) => key !== undefined);
  const index = await readIndex(tx, ctx, keys, { isByAnything: false });
  const found = new Map<Row, { customer: StoredCustomer } | Fault>();
  for (const row of rows) {
    if (row.customer === undefined) continue;
    const meant = findMeant(row.customer, index);
    const value = 'customer' in meant ? '' : (row.customer[meant.column as keyof CustomerKey] ?? '');
    found.set(row, 'customer' in meant ? meant : { line: row.line, value, hint: '', ...meant });
  }
  return found;
}

/** `isByAnything`: by each thing that a row names; otherwise by the first. */
export async function readIndex(
  tx: TenantTx,
  ctx: Ctx,
  keys: readonly CustomerKey[],
  { isByAnything }: { isByAnything: boolean },
): Promise<CustomerIndex<StoredCustomer>> {
  const orgUuids = new Set<string>();
  const externalIds = new Set<string>();
  const names = new Set<string>();
  for (const { orgUuid, externalId, name } of keys) {
    if (orgUuid !== undefined) orgUuids.add(orgUuid);
    if (externalId !== undefined && (isByAnything || orgUuid === undefined)) externalIds.add(externalId);
    if (name !== undefined && (isByAnything || (orgUuid ?? externalId) === undefined)) names.add(name);
  }
  const known = await findCustomersNamed(tx, {
    orgUuids: [...orgUuids],
    externalIds: [...externalIds],
    names: [...names],
  });
  // Only who is in a scope may miss some; for a contract, what is elsewhere is unknown, no more.
  const isScoped = isByAnything && scopePersonOf(ctx.actor) !== undefined;
  const held = isScoped ? await findHeldOrganizations(tx, [...orgUuids]) : [];
  const seen = new Set(known.map(({ orgUuid }) => orgUuid));
  return indexOf(known, new Set(held.filter((orgUuid) => !seen.has(orgUuid))));
}
