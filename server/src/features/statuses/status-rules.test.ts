import { usualWindows } from '@hub/contract/customer-statuses';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  type CustomerFacts,
  deriveStatuses,
  type SubscriptionFacts,
  type TrialFacts,
} from './status-rules.ts';

const today = '2026-11-22';
const subscription = (over: Partial<SubscriptionFacts> = {}): SubscriptionFacts => ({
  reference: 'Sub-1',
  startsOn: '2026-01-01',
  endsOn: '2027-12-31',
  termMonths: 12,
  autoRenews: false,
  paymentState: 'current',
  paymentSince: '2026-01-01',
  setupState: 'provisioned',
  setupSince: '2026-01-01',
  setupNote: null,
  recordedOn: '2026-01-01',
  lines: [],
  ...over,
});
const trial = (over: Partial<TrialFacts> = {}): TrialFacts => ({
  reference: 'Trial-1',
  recordedOn: '2026-11-01',
  startsOn: '2026-11-01',
  endsOn: '2026-12-31',
  lines: [],
  ...over,
});
const facts = (over: Partial<CustomerFacts> = {}): CustomerFacts => ({
  name: 'Acme',
  searched: [],
  createdOn: '2025-01-01',
  lastSignInOn: undefined,
  subscriptions: [],
  trials: [],
  ...over,
});
const statusesOf = (over: Partial<CustomerFacts>, day = today): string[] =>
  deriveStatuses(facts(over), day, usualWindows).statuses.map(({ status, since }) => `${status} since ${since}`);

test('a customer without contracts has no status', () => {
  expect(statusesOf({})).toEqual([]);
});

test.each<[string, Partial<CustomerFacts>, string[]]>([
  ['runs', { subscriptions: [subscription()] }, ['subscription since 2026-01-01']],
  ['runs without end', { subscriptions: [subscription({ endsOn: null })] }, ['subscription since 2026-01-01']],
  ['is tried', { trials: [trial()] }, ['trial since 2026-11-01']],
  ['is to come', { subscriptions: [subscription({ startsOn: '2026-12-01' })] }, []],
  [
    'ends today, and so runs',
    { subscriptions: [subscription({ endsOn: today })] },
    ['expires_soon since 2026-11-08', 'subscription since 2026-01-01'],
  ],
  ['ended yesterday', { subscriptions: [subscription({ endsOn: '2026-11-21' })] }, ['expired since 2026-11-22']],
  [
    'ended, while another is to come',
    { subscriptions: [subscription({ endsOn: '2026-11-21' }), subscription({ startsOn: '2026-12-01' })] },
    [],
  ],
  ['was tried', { trials: [trial({ endsOn: '2026-11-10' })] }, ['expired since 2026-11-11']],
  [
    'was tried and is bought',
    { trials: [trial({ endsOn: '2026-11-10' })], subscriptions: [subscription()] },
    ['subscription since 2026-01-01'],
  ],
  [
    'is tried for less than the window',
    { trials: [trial({ startsOn: '2026-11-20', endsOn: '2026-11-27' })] },
    ['expires_soon since 2026-11-20', 'trial since 2026-11-20'],
  ],
  [
    'renews by itself tomorrow',
    { subscriptions: [subscription({ endsOn: '2026-11-23', autoRenews: true })] },
    ['subscription since 2026-01-01'],
  ],
  [
    'renewed by itself long ago',
    {
      subscriptions: [
        subscription({ endsOn: '2024-03-31', startsOn: '2023-04-01', autoRenews: true, termMonths: null }),
      ],
    },
    ['subscription since 2023-04-01'],
  ],
  [
    'is not paid, though it ended',
    { subscriptions: [subscription({ endsOn: '2026-10-31', paymentState: 'past_due', paymentSince: '2026-10-05' })] },
    ['suspended since 2026-10-05', 'expired since 2026-11-01'],
  ],
  [
    'waits for its setup',
    { subscriptions: [subscription({ setupState: 'pending_rpl_review', setupSince: '2026-11-20' })] },
    ['ready_for_order_setup since 2026-11-20', 'subscription since 2026-01-01'],
  ],
  [
    'failed in its setup, which is told beside the statuses',
    { subscriptions: [subscription({ setupState: 'error' })] },
    ['subscription since 2026-01-01'],
  ],
  [
    'assigned more than it ordered',
    {
      subscriptions: [
        subscription({ lines: [{ product: 'calling', ordered: 10, assigned: 13, overSince: '2026-11-10' }] }),
      ],
    },
    ['license_overage since 2026-11-10', 'subscription since 2026-01-01'],
  ],
  [
    'assigned as much as it ordered, or nobody knows',
    {
      subscriptions: [
        subscription({
          lines: [
            { product: 'calling', ordered: 10, assigned: 10, overSince: null },
            { product: 'meetings', ordered: 0, assigned: null, overSince: null },
          ],
        }),
      ],
    },
    ['subscription since 2026-01-01'],
  ],
])('a customer whose contract %s', (_, over, expected) => {
  expect(statusesOf(over)).toEqual(expected);
});

test('a setup that went wrong is told with what the provider says, until the subscription has ended', () => {
  const failedSetupOn = (day: string, over: Partial<SubscriptionFacts>) =>
    deriveStatuses(
      facts({
        subscriptions: [
          subscription({ setupState: 'pending_setup' }),
          subscription({
            reference: 'Sub-2',
            setupState: 'error',
            setupSince: '2026-11-10',
            setupNote: 'No.',
            ...over,
          }),
          subscription({ reference: 'Sub-3', setupState: 'provisioned_with_errors', setupSince: '2026-11-04' }),
        ],
      }),
      day,
      usualWindows,
    ).failedSetup;
  const [second, third] = [
    {
      code: 'setup_failed',
      of: { kind: 'subscription', reference: 'Sub-2' },
      state: 'error',
      note: 'No.',
      since: '2026-11-10',
    },
    {
      code: 'setup_failed',
      of: { kind: 'subscription', reference: 'Sub-3' },
      state: 'provisioned_with_errors',
      note: null,
      since: '2026-11-04',
    },
  ];
  expect(failedSetupOn(today, {})).toEqual({ since: '2026-11-04', reasons: [second, third] });
  expect(failedSetupOn(today, { endsOn: today })?.reasons).toEqual([second, third]);
  expect(failedSetupOn(today, { endsOn: addDays(today, -1) })?.reasons).toEqual([third]);
  expect(failedSetupOn(today, { endsOn: addDays(today, -1), autoRenews: true })?.reasons).toEqual([second, third]);
  expect(deriveStatuses(facts({ subscriptions: [subscription()] }), today, usualWindows).failedSetup).toBeUndefined();
});

test('activity: 90 days count, the first 30 of an organization do not, and without a feed nothing is known', () => {
  expect(statusesOf({ lastSignInOn: addDays(today, -89) })).toEqual([]);
  expect(statusesOf({ lastSignInOn: addDays(today, -90) })).toEqual([`no_recent_activity since ${today}`]);
  expect(statusesOf({ lastSignInOn: null })).toEqual(['no_recent_activity since 2025-01-31']);
  expect(statusesOf({ lastSignInOn: null, createdOn: addDays(today, -29) })).toEqual([]);
  expect(statusesOf({ lastSignInOn: null, createdOn: addDays(today, -30) })).toEqual([
    `no_recent_activity since ${today}`,
  ]);
  expect(statusesOf({ lastSignInOn: undefined })).toEqual([]);
});

test('every reason is told, the status counts from the first', () => {
  const { statuses } = deriveStatuses(
    facts({
      subscriptions: [
        subscription({ reference: 'Sub-1', paymentState: 'suspended', paymentSince: '2026-09-01' }),
        subscription({ reference: 'Sub-2', paymentState: 'past_due', paymentSince: '2026-08-01' }),
      ],
    }),
    today,
    usualWindows,
  );
  expect(statuses[0]).toMatchObject({ status: 'suspended', since: '2026-08-01' });
  expect(statuses[0]?.reasons.map((reason) => 'of' in reason && reason.of.reference)).toEqual(['Sub-1', 'Sub-2']);
});

test('what renews by itself is next at the end of its term, term after term', () => {
  const nextAt = (endsOn: string, day: string, termMonths: number | null = 1): unknown =>
    deriveStatuses(
      facts({ subscriptions: [subscription({ endsOn, autoRenews: true, termMonths })] }),
      day,
      usualWindows,
    ).next;
  const renews = (on: string) => ({ reference: 'Sub-1', verb: 'renews', on });
  expect(nextAt('2026-12-22', today)).toEqual(renews('2026-12-22'));
  expect(nextAt('2026-01-31', '2026-02-01')).toEqual(renews('2026-02-28'));
  expect(nextAt('2026-01-31', '2026-03-01')).toEqual(renews('2026-03-31'));
  expect(nextAt('2026-01-31', '2026-02-01', null)).toBeUndefined();
});

test('licences are summed over what is active; a line of unknown assignment stays out of assigned, unassigned and over', () => {
  const line = (product: 'calling' | 'meetings', ordered: number, assigned: number | null) => ({
    product,
    ordered,
    assigned,
    overSince: null,
  });
  const { licenses, products, hasSubscription, hasTrial } = deriveStatuses(
    facts({
      subscriptions: [
        subscription({ lines: [line('calling', 10, 4), line('meetings', 5, 8)] }),
        subscription({ reference: 'Sub-2', endsOn: '2026-02-01', lines: [line('calling', 99, 1)] }),
      ],
      trials: [trial({ lines: [line('calling', 3, null)] })],
    }),
    today,
    usualWindows,
  );
  expect(licenses).toEqual({ ordered: 18, assigned: 12, unassigned: 6, over: 3 });
  expect({ products, hasSubscription, hasTrial }).toEqual({
    products: ['calling', 'meetings'],
    hasSubscription: true,
    hasTrial: true,
  });
  expect(deriveStatuses(facts(), today, usualWindows).licenses.assigned).toBeNull();
});

test('months that are shorter end on their last day', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(addMonths('2028-01-31', 1)).toBe('2028-02-29');
  expect(addMonths('2026-12-31', 14)).toBe('2028-02-29');
});

const day = fc.integer({ min: -500, max: 500 }).map((days) => addDays(today, days));
const line = fc.record({
  product: fc.constantFrom('calling' as const, 'meetings' as const),
  ordered: fc.nat(5),
  assigned: fc.option(fc.nat(8)),
  overSince: fc.option(day),
});
const anySubscription: fc.Arbitrary<SubscriptionFacts> = fc.record({
  reference: fc.constantFrom('Sub-1', 'Sub-2'),
  startsOn: day,
  endsOn: fc.option(day),
  termMonths: fc.option(fc.constantFrom(1, 12, 36)),
  autoRenews: fc.boolean(),
  paymentState: fc.constantFrom('current' as const, 'past_due' as const),
  paymentSince: day,
  setupState: fc.constantFrom('provisioned' as const, 'updating' as const, 'error' as const),
  setupSince: day,
  setupNote: fc.constant(null),
  recordedOn: day,
  lines: fc.array(line, { maxLength: 2 }),
});
const anyTrial: fc.Arbitrary<TrialFacts> = fc.record({
  reference: fc.constant('Trial-1'),
  recordedOn: day,
  startsOn: day,
  endsOn: day,
  lines: fc.array(line, { maxLength: 1 }),
});
const anyFacts: fc.Arbitrary<CustomerFacts> = fc.record({
  name: fc.constant('Acme'),
  searched: fc.constant([]),
  createdOn: day,
  lastSignInOn: fc.oneof(fc.constant(undefined), fc.constant(null), day),
  subscriptions: fc.array(anySubscription, { maxLength: 3 }),
  trials: fc.array(anyTrial, { maxLength: 2 }),
});

test('until the day that is named nothing changes, and nobody needs to look before', () => {
  const windows = { expiresSoonDays: 14, inactiveDays: 90 };
  const saidOn = (given: CustomerFacts, day: string): string => {
    const { dueOn: _due, ...said } = deriveStatuses(given, day, windows);
    return JSON.stringify(said);
  };
  const isStill = (given: CustomerFacts): boolean => {
    const now = saidOn(given, today);
    const last = deriveStatuses(given, today, windows).dueOn ?? addDays(today, 1500);
    for (let next = addDays(today, 1); next < last; next = addDays(next, 1))
      if (saidOn(given, next) !== now) return false;
    return true;
  };
  expect(() => fc.assert(fc.property(anyFacts, isStill), { numRuns: 300 })).not.toThrow();
});

test('what excludes itself is never said together, and since is never later than today', () => {
  const isSound = (given: CustomerFacts): boolean => {
    const { statuses } = deriveStatuses(given, today, usualWindows);
    const said = new Set(statuses.map(({ status }) => status));
    const runs = said.has('subscription') || said.has('trial');
    if (said.has('expired') && runs) return false;
    if (said.has('expires_soon') && !runs) return false;
    const told = new Set(['suspended', 'ready_for_order_setup', 'license_overage']); // of these the facts tell since when
    return statuses.every(({ status, since }) => told.has(status) || since <= today);
  };
  expect(() => fc.assert(fc.property(anyFacts, isSound), { numRuns: 1000 })).not.toThrow();
});
