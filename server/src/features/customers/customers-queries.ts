import type { Customer } from '@hub/contract/customers';
import type { CustomerId, OrgUuid, PartnerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { searchText } from '@hub/contract/search-text';
import { type SqlBool, sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';

export const columns = [
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
export const customerOf = ({ contactName, contactEmail, contactPhone, ...row }: Row): Customer =>
  ({
    ...row,
    contact: { name: contactName, email: contactEmail, phone: contactPhone },
    createdAt: row.createdAt.toISOString(),
  }) as Customer;

/** The zone whose days the partner counts in. */
export async function readTimeZone(tx: TenantTx, partnerId: string): Promise<string> {
  const row = await tx.selectFrom('partner').select('time_zone').where('id', '=', partnerId).executeTakeFirstOrThrow();
  return row.time_zone;
}

/** Any customer of the region that is linked to an organization. */
export async function findLinkedCustomer(tx: TenantTx, region: RegionCode): Promise<Customer | undefined> {
  const row = await tx
    .selectFrom('customer')
    .select(columns)
    .where('region', '=', region)
    .where('org_uuid', 'is not', null)
    .orderBy('name_key')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row && customerOf(row);
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
  customerId?: string,
): Promise<{ id: CustomerId; name: string; orgUuid: OrgUuid | null }[]> {
  const rows = await tx
    .selectFrom('customer')
    .select(['id', 'name', 'org_uuid as orgUuid'])
    .where('region', '=', region)
    .$if(customerId !== undefined, (query) => query.where('id', '=', customerId ?? ''))
    .orderBy('id')
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
      // As refreshCustomers derives them; what is made without it is found and sorted from the first moment too.
      name_key: searchText(customer.name),
      search_text: [customer.name, customer.domain, customer.orgUuid, customer.externalId]
        .filter((text) => text !== null)
        .map(searchText)
        .join('\n'),
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return customerOf(row);
}

// Where an installation's partner has its seat is not asked; the region is what counts, and these belong to it.
const ownCountry: Record<RegionCode, string> = { us: 'US', ca: 'CA', eu: 'DE', uae: 'AE' };

export async function renameOwnCustomer(tx: TenantTx, { from, to }: { from: string; to: string }): Promise<void> {
  await tx
    .updateTable('customer')
    .set({ name: to, name_key: searchText(to), search_text: searchText(to) })
    .where('kind', '=', 'own')
    .where('name', '=', from)
    .execute();
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

/** Whatever can be changed of a customer, and its next version. */
export async function updateCustomer(
  tx: TenantTx,
  id: string,
  facts: Pick<Customer, 'name' | 'externalId' | 'domain' | 'kind' | 'contact'> & { orgUuid?: string | null },
): Promise<Customer> {
  const row = await tx
    .updateTable('customer')
    .set({
      name: facts.name,
      external_id: facts.externalId,
      domain: facts.domain,
      kind: facts.kind,
      contact_name: facts.contact.name,
      contact_email: facts.contact.email,
      contact_phone: facts.contact.phone,
      ...(facts.orgUuid === undefined ? {} : { org_uuid: facts.orgUuid }),
      version: sql<number>`version + 1`,
    })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
  return customerOf(row);
}

/** Throws customer_not_found. */
export async function getSignInForUpdate(tx: TenantTx, id: string): Promise<{ isKnown: boolean; on: string | null }> {
  const row = await tx
    .selectFrom('customer')
    .select(['has_sign_ins as isKnown', sql<string | null>`to_char(last_sign_in_on, 'YYYY-MM-DD')`.as('on')])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new HubError('customer_not_found');
  return row;
}

export async function setSignIn(tx: TenantTx, id: string, on: string | null): Promise<void> {
  await tx.updateTable('customer').set({ has_sign_ins: true, last_sign_in_on: on }).where('id', '=', id).execute();
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
