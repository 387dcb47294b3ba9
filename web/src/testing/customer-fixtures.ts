import type { CustomerRow } from '@hub/contract/customers';
import { getCustomer, listStatusHistory } from '@hub/contract/customers';
import { Tag } from '@hub/contract/customer-tags';
import { listSubscriptions } from '@hub/contract/subscriptions';
import { Trial } from '@hub/contract/trials';

// Replies about one customer, through their schemas as all fixtures.

const uuid = (kind: number, index: number): string =>
  `0193${String(kind).padStart(4, '0')}-0000-7000-8000-${String(index).padStart(12, '0')}`;

export const customerId = uuid(4, 1);
const reference = 'Sub-4711';
const of = { kind: 'subscription', reference } as const;

/** Over its licenses, with a renewal in sight. */
export function aCustomer(change: Partial<Record<keyof CustomerRow, unknown>> = {}) {
  return getCustomer.reply?.parse({
    id: customerId,
    name: 'Quayside Insurance',
    orgUuid: '7d10c2f4-58aa-4e1b-9f60-3c2b81de90a7',
    externalId: 'HC-0344',
    domain: 'quayside.example',
    country: 'NL',
    region: 'eu',
    kind: 'owned',
    contact: { name: 'Marit Kool', email: 'marit@quayside.example', phone: '+31 20 555 0101' },
    createdAt: '2026-01-12T09:00:00.000Z',
    version: 3,
    statuses: [
      {
        status: 'license_overage',
        since: '2026-11-12',
        reasons: [{ code: 'over', of, product: 'meetings', over: 15, since: '2026-11-12' }],
      },
      {
        status: 'subscription',
        since: '2026-02-13',
        reasons: [{ code: 'active', of, until: '2027-02-12', since: '2026-02-13' }],
      },
    ],
    failedSetup: null,
    anomalies: [],
    tags: [{ id: uuid(10, 1), name: 'finance', color: 'blue' }],
    products: ['calling', 'meetings'],
    licenses: { ordered: 620, assigned: 626, unassigned: 9, over: 15 },
    next: { on: '2027-02-12', verb: 'renews', reference },
    lastSignIn: { isKnown: true, on: '2026-11-20' },
    hasSubscription: true,
    hasTrial: false,
    today: '2026-11-24',
    ...change,
  });
}

export function aTag(change: Partial<Record<keyof Tag, unknown>> = {}): Tag {
  return Tag.parse({
    id: uuid(10, 2),
    name: 'renew-q1',
    color: 'green',
    kind: 'customer',
    description: 'Renews in the first quarter',
    holders: 12,
    ...change,
  });
}

export function aHistory() {
  return listStatusHistory.reply?.parse({
    items: [
      { status: 'license_overage', beganOn: '2026-11-12', endedOn: null },
      { status: 'suspended', beganOn: '2026-06-02', endedOn: '2026-06-09' },
    ],
  });
}

type SubscriptionListed = NonNullable<ReturnType<typeof listOfSubscriptions>>['items'][number];
const listOfSubscriptions = (items: unknown[]) => listSubscriptions.reply?.parse({ items });

export function someSubscriptions(change: Partial<Record<keyof SubscriptionListed, unknown>> = {}) {
  return listOfSubscriptions([
    {
      id: uuid(11, 1),
      customerId,
      reference,
      startsOn: '2026-02-13',
      endsOn: '2027-02-12',
      termMonths: 12,
      autoRenews: true,
      paymentState: 'current',
      setupState: 'provisioned_with_errors',
      setupNote: 'Number porting rejected',
      lines: [
        { product: 'calling', ordered: 340, assigned: 331 },
        { product: 'meetings', ordered: 280, assigned: 295 },
        { product: 'messaging', ordered: 80, assigned: null },
      ],
      tags: [],
      version: 5,
      ...change,
    },
  ]);
}

export function aTrial(change: Partial<Record<keyof Trial, unknown>> = {}): Trial {
  return Trial.parse({
    id: uuid(12, 1),
    customerId,
    reference: 'Trial-88',
    startsOn: '2026-11-01',
    endsOn: '2026-12-06',
    lines: [{ product: 'contact_center', ordered: 10, assigned: 4 }],
    version: 1,
    ...change,
  });
}
