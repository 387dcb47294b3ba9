import type { CustomerSort } from '@hub/contract/customers';

/** How a key is compared and written into a cursor. `instant` has microseconds, which JavaScript's dates have not. */
export type KeyType = 'int' | 'text' | 'date' | 'instant';

export interface SortKey {
  /** SQL on `customer`, as its index has it. */
  expression: string;
  type: KeyType;
}

/** The id follows by itself. Rows whose first key is not known come last in either direction where `mayLack`. */
export const customerOrders: Record<CustomerSort, { keys: readonly SortKey[]; mayLack?: true }> = {
  urgency: {
    keys: [
      { expression: 'customer.status_rank', type: 'int' },
      { expression: "coalesce(customer.next_on, 'infinity'::date)", type: 'date' },
    ],
  },
  name: { keys: [{ expression: 'customer.name_key', type: 'text' }] },
  next: { keys: [{ expression: 'customer.next_on', type: 'date' }], mayLack: true },
  licenses: { keys: [{ expression: 'customer.licenses_ordered', type: 'int' }] },
  unassigned: { keys: [{ expression: 'customer.licenses_unassigned', type: 'int' }], mayLack: true },
  region: {
    keys: [
      { expression: 'customer.region', type: 'text' },
      { expression: 'customer.name_key', type: 'text' },
    ],
  },
  lastSignIn: { keys: [{ expression: 'customer.last_sign_in_on', type: 'date' }], mayLack: true },
  createdAt: { keys: [{ expression: 'customer.created_at', type: 'instant' }] },
};

/** Where a page ended: the keys as texts, null for what is not known, and the id. */
export interface Position {
  keys: (string | null)[];
  id: string;
}
