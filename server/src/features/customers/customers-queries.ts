import type { Customer } from '@hub/contract/customers';
import type { CustomerId, OrgUuid, PartnerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { type SqlBool, sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';

const columns = [
  'id',
  'name',
  'org_uuid as orgUuid',
  'external_id as externalId',
  'country',
  'region',
  'kind',
  'domain',
  'contact_name as contactName',
  'contact_email as contactEmail',
  'contact_phone as contactPhone',
  'created_at as createdAt',
  'version',
] as const;

interface Row {
  id: string;
  name: string;
  orgUuid: string | null;
  externalId: string | null;
  country: string;
  region: string;
  kind: Customer['kind'];
  domain: string | null;
  contactName: string;
  contactEmail: string;
  contactPhone: string;
  createdAt: Date;
  version: number;
}

// Ids and regions were branded when they were written.
const customerOf = ({ contactName, contactEmail, contactPhone, ...row }: Row): Customer =>
  ({
    ...row,
    contact: { name: contactName, email: contactEmail, phone: contactPhone },
    createdAt: row.createdAt.toISOString(),
  }) as Customer;

export interface CustomerFilter {
  /** Part of the name, the external ID or the organization ID; case does not matter. */
  q?: string | undefined;
  region?: RegionCode | undefined;
  isLinked?: boolean | undefined;
}

/** `%`, `_` and `\` of a searched text stand for themselves. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** By name, then id; `after` is the last one of the page before. */
export async function findCustomers(
  tx: TenantTx,
  {
    q,
    region,
    isLinked,
    after,
    limit,
  }: CustomerFilter & { after?: { name: string; id: string } | undefined; limit: number },
): Promise<Customer[]> {
  let query = tx.selectFrom('customer').select(columns).orderBy('name').orderBy('id').limit(limit);
  if (region !== undefined) query = query.where('region', '=', region);
  if (isLinked !== undefined) query = query.where('org_uuid', isLinked ? 'is not' : 'is', null);
  if (q !== undefined && q !== '') {
    const part = containing(q);
    // Asked only where it can match: written out as text for 100,000 rows it costs as much as the name does.
    const mayBeOrg = /^[0-9a-f-]+$/i.test(q);
    query = query.where((where) =>
      where.or([
        where('name', 'ilike', part),
        where('external_id', 'ilike', part),
        ...(mayBeOrg ? [sql<SqlBool>`org_uuid::text like ${part.toLowerCase()}`] : []),
      ]),
    );
  }
  if (after !== undefined) query = query.where(sql<SqlBool>`(name, id) > (${after.name}, ${after.id}::uuid)`);
  return (await query.execute()).map(customerOf);
}

export async function findCustomer(tx: TenantTx, id: string): Promise<Customer | undefined> {
  const row = await tx.selectFrom('customer').select(columns).where('id', '=', id).executeTakeFirst();
  return row && customerOf(row);
}

/** Throws customer_not_found. */
export async function getCustomer(tx: TenantTx, id: string): Promise<Customer> {
  const customer = await findCustomer(tx, id);
  if (!customer) throw new HubError('customer_not_found');
  return customer;
}

/** As getCustomer; nobody else changes it until the end of the transaction. */
export async function getCustomerForUpdate(tx: TenantTx, id: string): Promise<Customer> {
  const row = await tx.selectFrom('customer').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new HubError('customer_not_found');
  return customerOf(row);
}

/** Which of these organizations are customers of the partner, in this region or in any. Asked in pieces of 1,000. */
export async function findCustomersByOrg(
  tx: TenantTx,
  orgUuids: readonly string[],
  region?: RegionCode,
): Promise<(Customer & { orgUuid: OrgUuid })[]> {
  const found: Row[] = [];
  for (let at = 0; at < orgUuids.length; at += 1000) {
    const piece = sql<SqlBool>`org_uuid = any(${orgUuids.slice(at, at + 1000)}::uuid[])`;
    let query = tx.selectFrom('customer').select(columns).where(piece);
    if (region !== undefined) query = query.where('region', '=', region);
    found.push(...(await query.execute()));
  }
  return found.map(customerOf) as (Customer & { orgUuid: OrgUuid })[];
}

/** Every customer of a region, for naming the organizations of facts. 100,000 take a fraction of a second. */
export async function customerNames(
  tx: TenantTx,
  region: RegionCode,
): Promise<{ id: CustomerId; name: string; orgUuid: OrgUuid | null }[]> {
  const rows = await tx
    .selectFrom('customer')
    .select(['id', 'name', 'org_uuid as orgUuid'])
    .where('region', '=', region)
    .execute();
  return rows as { id: CustomerId; name: string; orgUuid: OrgUuid | null }[];
}

/** Before the customer itself: the reference is checked at the end of the transaction. */
export async function assignNewCustomer(
  tx: TenantTx,
  { partnerId, personId, customerId }: { partnerId: PartnerId; personId: string; customerId: string },
): Promise<void> {
  await tx
    .insertInto('assignment')
    .values({ partner_id: partnerId, person_id: personId, customer_id: customerId })
    .execute();
}

export async function insertCustomer(
  tx: TenantTx,
  customer: Omit<Customer, 'id' | 'orgUuid' | 'region' | 'createdAt' | 'version'> & {
    id: string;
    orgUuid: string | null;
    region: string;
    partnerId: PartnerId;
    createdAt: Date;
  },
): Promise<Customer> {
  const row = await tx
    .insertInto('customer')
    .values({
      id: customer.id,
      partner_id: customer.partnerId,
      name: customer.name,
      org_uuid: customer.orgUuid,
      external_id: customer.externalId,
      country: customer.country,
      region: customer.region,
      kind: customer.kind,
      domain: customer.domain,
      contact_name: customer.contact.name,
      contact_email: customer.contact.email,
      contact_phone: customer.contact.phone,
      created_at: customer.createdAt,
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return customerOf(row);
}

// Where an installation's partner has its seat is not asked; the region is what counts, and these belong to it.
const ownCountry: Record<RegionCode, string> = { us: 'US', ca: 'CA', eu: 'DE', uae: 'AE' };

export async function renameOwnCustomer(tx: TenantTx, { from, to }: { from: string; to: string }): Promise<void> {
  await tx.updateTable('customer').set({ name: to }).where('kind', '=', 'own').where('name', '=', from).execute();
}

/** The partner's own organization, which is one of its customers. */
export async function insertOwnCustomer(
  tx: TenantTx,
  { id, partnerId, name, region, at }: { id: string; partnerId: PartnerId; name: string; region: RegionCode; at: Date },
): Promise<void> {
  const country = ownCountry[region];
  await insertCustomer(tx, {
    id,
    partnerId,
    name,
    orgUuid: null,
    externalId: null,
    country,
    region,
    kind: 'own',
    domain: null,
    contact: { name: '', email: '', phone: '' },
    createdAt: at,
  });
}

export async function setOrgUuid(tx: TenantTx, id: string, orgUuid: string): Promise<Customer> {
  const row = await tx
    .updateTable('customer')
    .set({ org_uuid: orgUuid })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
  return customerOf(row);
}

/** Whether a write failed because another customer of the partner has the organization. */
export function isOrgTaken(error: unknown): boolean {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return code === '23505' && constraint === 'customer_partner_id_org_uuid_key'; // unique_violation
}
