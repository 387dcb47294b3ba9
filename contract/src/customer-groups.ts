import { z } from 'zod';
import { CustomerFilter } from './customers.ts';
import { endpoint } from './endpoint.ts';
import { GivenName, visible } from './given-names.ts';
import { CustomerId, GroupId } from './ids.ts';

/** Names differ by more than case. */
export const GroupName = GivenName(60);
const GroupDescription = z.string().transform(visible).pipe(z.string().max(200));

/** Customers that belong together: named one by one, or by a filter that is asked anew each time. */
export const CustomerGroup = z.object({
  id: GroupId,
  name: z.string(),
  description: z.string(),
  /** Filled by its filter; otherwise its customers were added one by one. */
  isByFilter: z.boolean(),
  /** Null where it has none, and where it names customers that may not be the person's to see. */
  filter: z.string().nullable(),
  /** How many of them the person may see. */
  customers: z.int().min(0),
  version: z.int(),
});
export type CustomerGroup = z.infer<typeof CustomerGroup>;

export const listCustomerGroups = endpoint({
  method: 'GET',
  path: '/api/customer-groups',
  permission: 'customers.read',
  summary: 'The partner’s customer groups by name; to a person with assigned customers those that hold one of them.',
  reply: z.object({ items: z.array(CustomerGroup) }),
  errors: [],
});

export const createCustomerGroup = endpoint({
  method: 'POST',
  path: '/api/customer-groups',
  permission: 'groups.write',
  summary: 'Creates a customer group: by a filter, or empty for customers to be added.',
  body: z.object({ name: GroupName, description: GroupDescription.default(''), filter: CustomerFilter.optional() }),
  reply: CustomerGroup,
  errors: ['group_name_taken', 'group_within_itself', 'filter_invalid', 'filter_too_long'],
});

export const changeCustomerGroup = endpoint({
  method: 'PUT',
  path: '/api/customer-groups/:groupId',
  permission: 'groups.write',
  summary:
    'Renames a group, or changes its filter, unless somebody else has changed it since. One that another group’s filter names keeps its name. With a filter, the customers added one by one are no longer in it.',
  params: z.object({ groupId: GroupId }),
  body: z.object({
    name: GroupName,
    description: GroupDescription,
    filter: CustomerFilter.nullable(),
    version: z.int(),
  }),
  reply: CustomerGroup,
  errors: [
    'group_is_scope',
    'group_not_found',
    'group_name_taken',
    'group_in_use',
    'group_within_itself',
    'filter_invalid',
    'filter_too_long',
    'changed_meanwhile',
  ],
});

export const removeCustomerGroup = endpoint({
  method: 'DELETE',
  path: '/api/customer-groups/:groupId',
  permission: 'groups.write',
  summary: 'Removes a group through which no administrator has customers; its customers stay.',
  params: z.object({ groupId: GroupId }),
  errors: ['group_is_scope', 'group_not_found', 'group_in_use'],
});

export const setGroupMembers = endpoint({
  method: 'POST',
  path: '/api/customer-groups/:groupId/customers',
  permission: 'groups.write',
  summary: 'Adds customers to a group and takes others out of it.',
  params: z.object({ groupId: GroupId }),
  body: z.object({ add: z.array(CustomerId).max(1000), remove: z.array(CustomerId).max(1000) }),
  reply: CustomerGroup,
  errors: ['group_not_found', 'group_by_filter', 'customer_not_found'],
});
