import type { RegionCode } from '@hub/contract/regions';
import { regionOfCountry } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Ctx, scopePersonOf } from '../access/index.ts';
import { lockCustomers } from '../statuses/index.ts';
import type { Entered } from './entered.ts';
import { enterInvoices, enterOrders } from './enter-orders.ts';
import { matchCustomers } from './match-customers.ts';
import { placeRows, readIndex } from './place-rows.ts';
import type { ReadFile } from './read-file.ts';
import type { ContractRow, CustomerRow, SignInRow } from './read-rows.ts';
import {
  type ContractKind,
  type CustomerFields,
  findContracts,
  findHolders,
  findOpenTrials,
  insertCustomers,
  setSignIns,
  type StoredCustomer,
  updateCustomers,
  writeContracts,
} from './record-import-queries.ts';
import { findSecondTrials } from './second-trials.ts';
import { type PlacedRow, type SettledContracts, settleContracts, type World } from './settle-contracts.ts';

/** Writes the good rows of a file. What is derived of the touched customers is the caller's to refresh. */
export function enterRecords(tx: TenantTx, ctx: Ctx, file: ReadFile, today: string): Promise<Entered> {
  switch (file.kind) {
    case 'customers':
      return enterCustomers(tx, ctx, file.rows);
    case 'subscriptions':
      return enterContracts(tx, ctx, 'subscription', file, file.rows, today);
    case 'trials':
      return enterContracts(tx, ctx, 'trial', file, file.rows, today);
    case 'sign_ins':
      return enterSignIns(tx, ctx, file.rows);
    case 'orders':
      return enterOrders(tx, ctx, file.rows);
    case 'invoices':
      return enterInvoices(tx, ctx, file.rows);
  }
}

async function enterCustomers(tx: TenantTx, ctx: Ctx, rows: readonly CustomerRow[]): Promise<Entered> {
  const index = await readIndex(tx, ctx, rows, { isByAnything: true });
  const { matched, faults } = matchCustomers(rows, index);
  const created: (CustomerFields & { region: RegionCode })[] = [];
  const changed: CustomerFields[] = [];
  const linked: Entered['linked'] = [];
  let unchanged = 0;
  for (const { row, customer } of matched) {
    const region = regionOfCountry(row.country);
    if (customer === undefined && !ctx.stores.has(region)) {
      faults.push({ line: row.line, column: 'country', value: row.country, reason: 'region_not_served', hint: region });
      continue;
    }
    const after = customerOf(row, customer, () => ctx.clock.id());
    if (customer === undefined) created.push({ ...after, region });
    else if (isSameCustomer(customer, after)) {
      unchanged += 1;
      continue;
    } else changed.push(after);
    if (after.orgUuid !== null && after.orgUuid !== customer?.orgUuid) linked.push({ region, orgUuid: after.orgUuid });
  }
  const { partnerId } = ctx.actor;
  await lockCustomers(
    tx,
    changed.map(({ id }) => id),
  );
  await updateCustomers(tx, changed);
  await insertCustomers(tx, {
    partnerId,
    at: ctx.clock.now(),
    assignedTo: scopePersonOf(ctx.actor),
    customers: created,
  });
  return {
    created: created.length,
    changed: changed.length,
    unchanged,
    faults,
    touched: [...created, ...changed].map(({ id }) => id),
    linked,
  };
}

function customerOf(row: CustomerRow, before: StoredCustomer | undefined, newId: () => string): CustomerFields {
  return {
    id: before?.id ?? newId(),
    name: row.name,
    orgUuid: row.orgUuid ?? before?.orgUuid ?? null,
    externalId: row.externalId ?? before?.externalId ?? null,
    country: before?.country ?? row.country,
    kind: row.kind ?? before?.kind ?? 'owned',
    domain: row.domain === undefined ? (before?.domain ?? null) : row.domain,
    contactName: row.contactName ?? before?.contactName ?? '',
    contactEmail: row.contactEmail ?? before?.contactEmail ?? '',
    contactPhone: row.contactPhone ?? before?.contactPhone ?? '',
  };
}

const isSameCustomer = (before: StoredCustomer, after: CustomerFields): boolean =>
  (Object.keys(after) as (keyof CustomerFields)[]).every((field) => before[field] === after[field]);

async function enterContracts(
  tx: TenantTx,
  ctx: Ctx,
  kind: ContractKind,
  { recognized, incomplete }: ReadFile,
  rows: readonly ContractRow[],
  today: string,
): Promise<Entered> {
  const { placed, faults } = await placeRows(tx, ctx, rows);
  const isOwn = ({ customer }: PlacedRow): boolean => kind === 'trial' && customer.kind === 'own';
  for (const { row, customer } of placed.filter(isOwn))
    faults.push({ line: row.line, column: 'name', value: customer.name, reason: 'own_organization', hint: '' });
  const lost = new Set(faults.map(({ line }) => line));
  for (const { line, reference } of rows) if (lost.has(line)) incomplete.add(reference);
  const allowed = placed.filter((one) => !isOwn(one));
  await lockCustomers(tx, [...new Set(allowed.map(({ customer }) => customer.id))]);
  const references = [...new Set(allowed.map(({ row }) => row.reference))];
  const existing = await findContracts(tx, kind, references);
  const world = {
    today,
    newId: () => ctx.clock.id(),
    existing: new Map(existing.map((contract) => [contract.reference, contract])),
    holders: await findHolders(tx, references),
    incomplete,
    tellsProducts: recognized.columns.includes('product'),
  };
  const settled = kind === 'trial' ? await settleTrials(tx, allowed, world) : settleContracts(allowed, world);
  const { created, changed } = settled;
  await writeContracts(tx, { partnerId: ctx.actor.partnerId, at: ctx.clock.now(), kind, created, changed });
  return {
    ...settled.rows,
    faults: [...faults, ...settled.faults],
    touched: [...new Set([...created, ...changed].map(({ customerId }) => customerId))],
    linked: [],
  };
}

async function settleTrials(tx: TenantTx, rows: readonly PlacedRow[], world: World): Promise<SettledContracts> {
  const settled = settleContracts(rows, { ...world, trials: { second: new Map() } });
  const customerIds = [...settled.created, ...settled.changed].map(({ customerId }) => customerId);
  const open = await findOpenTrials(tx, [...new Set(customerIds)], world.today);
  const second = findSecondTrials(settled, open, world.today);
  return second.size === 0 ? settled : settleContracts(rows, { ...world, trials: { second } });
}

/** Rows about one customer add up: each is of one of its administrators, and the latest counts. */
async function enterSignIns(tx: TenantTx, ctx: Ctx, rows: readonly SignInRow[]): Promise<Entered> {
  const { placed, faults } = await placeRows(tx, ctx, rows);
  const changed: { customerId: string; on: string | null }[] = [];
  for (const own of Map.groupBy(placed, ({ customer }) => customer.id).values()) {
    const { customer } = own[0] as (typeof own)[0];
    const latest = own.reduce<string | null>(
      (on, { row }) => (row.on !== null && row.on > (on ?? '') ? row.on : on),
      null,
    );
    const isNews = !customer.hasSignIns || (latest !== null && latest > (customer.lastSignInOn ?? ''));
    if (isNews) changed.push({ customerId: customer.id, on: latest });
  }
  const touched = changed.map(({ customerId }) => customerId);
  await lockCustomers(tx, touched);
  await setSignIns(tx, changed);
  // Of many rows about one customer one changes it.
  return {
    created: 0,
    changed: changed.length,
    unchanged: placed.length - changed.length,
    faults,
    touched,
    linked: [],
  };
}
