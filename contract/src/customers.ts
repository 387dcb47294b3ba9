import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { CustomerId, Instant, OrgUuid } from './ids.ts';
import { CountryCode, RegionCode } from './regions.ts';

export const Customer = z.object({
  id: CustomerId,
  name: z.string(),
  /** Empty until the organization is launched or linked. */
  orgUuid: OrgUuid.nullable(),
  externalId: z.string().nullable(),
  country: z.string(),
  region: RegionCode,
  kind: z.enum(['owned', 'external', 'own']),
  createdAt: Instant,
});
export type Customer = z.infer<typeof Customer>;

export const listCustomers = endpoint({
  method: 'GET',
  path: '/api/customers',
  permission: 'customers.read',
  summary: 'Customers by name, a page at a time.',
  query: z.object({
    q: z.string().max(200).optional(),
    region: RegionCode.optional(),
    /** Only those that no organization is linked to yet. */
    unlinked: z.stringbool().optional(),
    after: z.string().max(1000).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ items: z.array(Customer), next: z.string().nullable() }),
  errors: ['cursor_invalid'],
});

export const createCustomer = endpoint({
  method: 'POST',
  path: '/api/customers',
  permission: 'customers.write',
  summary:
    'Creates a customer. Its country decides its region for good. Held rows of its organization enter by themselves.',
  body: z.object({
    name: z.string().trim().min(1).max(200),
    country: CountryCode,
    orgUuid: OrgUuid.optional(),
    externalId: z.string().trim().max(200).optional(),
    /** The region whose held rows the person looks at: refused if the country belongs elsewhere. */
    expectedRegion: RegionCode.optional(),
  }),
  reply: Customer,
  errors: ['customer_org_taken', 'customer_org_not_yours', 'customer_region_mismatch', 'region_not_served'],
});

export const linkCustomer = endpoint({
  method: 'POST',
  path: '/api/customers/:customerId/link',
  permission: 'customers.write',
  summary:
    'Links a customer to an organization. Held rows of that organization in the customer’s region enter by themselves.',
  params: z.object({ customerId: CustomerId }),
  body: z.object({ orgUuid: OrgUuid, expectedRegion: RegionCode.optional() }),
  reply: Customer,
  errors: [
    'customer_not_found',
    'customer_org_taken',
    'customer_org_not_yours',
    'customer_org_set',
    'customer_region_mismatch',
  ],
});
