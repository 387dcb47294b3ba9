import { createCustomer } from '@hub/contract/customers';
import { CustomerStatus, type StatusEntry } from '@hub/contract/customer-statuses';
import type { CustomerId, SubscriptionId, TrialId } from '@hub/contract/ids';
import { searchText } from '@hub/contract/search-text';
import type { StatusPolicy } from '@hub/contract/status-policy';
import type { SubscriptionTerms } from '@hub/contract/subscriptions';
import type { TrialTerms } from '@hub/contract/trials';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { HubError } from '../../platform/hub-error.ts';
import { type TestHub, type TestPartner, testHub } from '../../testing/test-hub.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { changeSubscription, createSubscription, removeSubscription } from '../subscriptions/index.ts';
import { changeTrial, removeTrial, startTrial } from '../trials/index.ts';
import { changeStatusPolicy } from './change-status-policy.ts';
import { dateIn } from './date-in.ts';
import { refreshCustomers } from './refresh-customers.ts';
import { refreshDueCustomers } from './refresh-due-customers.ts';
import { addDays, type CustomerFacts, deriveStatuses, type LineFacts } from './status-rules.ts';

// Stored = computed: whatever is written and however the days pass, what stands in the directory is what the rules say of the facts.

const firstDay = '2026-12-01';
let hub: TestHub;
let partner: TestPartner;
let made = 0;

beforeAll(async () => {
  hub = await testHub({ now: `${firstDay}T10:00:00.000Z` });
});

/** Days are offsets from the day on which they are written. */
interface GivenTerms {
  starts: number;
  ends: number | null;
  termMonths: number | null;
  autoRenews: boolean;
  paymentState: SubscriptionTerms['paymentState'];
  setupState: SubscriptionTerms['setupState'];
  setupNote: string | null;
  lines: SubscriptionTerms['lines'];
}
type Event =
  | { act: 'subscribe'; terms: GivenTerms }
  | { act: 'change'; which: number; terms: GivenTerms }
  | { act: 'unsubscribe'; which: number }
  | { act: 'try'; terms: GivenTerms }
  | { act: 'change_trial'; which: number; terms: GivenTerms }
  | { act: 'stop_trial'; which: number }
  | { act: 'sign_in'; ago: number | null }
  | { act: 'policy'; policy: StatusPolicy }
  | { act: 'days'; days: number };

const line = fc.record({
  product: fc.constantFrom('calling' as const, 'meetings' as const),
  ordered: fc.nat(5),
  assigned: fc.option(fc.nat(8)),
});
const terms: fc.Arbitrary<GivenTerms> = fc.record({
  starts: fc.integer({ min: -60, max: 20 }),
  ends: fc.option(fc.integer({ min: -40, max: 60 })),
  termMonths: fc.option(fc.constantFrom(1, 3)),
  autoRenews: fc.boolean(),
  paymentState: fc.constantFrom('current' as const, 'past_due' as const, 'suspended' as const),
  setupState: fc.constantFrom('provisioned' as const, 'pending_setup' as const, 'error' as const),
  setupNote: fc.option(fc.constantFrom('No carrier', '"quoted"')),
  lines: fc.uniqueArray(line, { selector: ({ product }) => product, maxLength: 2 }),
});
const which = fc.nat(3);
const of = <Act extends Event['act']>(act: Act, rest: object): fc.Arbitrary<Event> =>
  fc.record({ act: fc.constant(act), ...rest }) as unknown as fc.Arbitrary<Event>;
const event: fc.Arbitrary<Event> = fc.oneof(
  of('subscribe', { terms }),
  of('change', { which, terms }),
  of('unsubscribe', { which }),
  of('try', { terms }),
  of('change_trial', { which, terms }),
  of('stop_trial', { which }),
  of('sign_in', { ago: fc.option(fc.nat(120)) }),
  of('policy', {
    policy: fc.record({
      // At 10:00 UTC it is the same day in all of them: what a day less makes of history is tested beside this.
      timeZone: fc.constantFrom('UTC', 'Europe/Sofia', 'America/New_York', 'Asia/Seoul'),
      expiresSoonDays: fc.constantFrom(1, 14, 90),
      inactiveDays: fc.constantFrom(7, 90),
    }),
  }),
  { arbitrary: of('days', { days: fc.integer({ min: 1, max: 45 }) }), weight: 4 },
);

/** What the rules refuse is no event of the history. */
const refusals = new Set([
  'contract_ended',
  'trial_in_past',
  'trial_of_product_open',
  'subscription_not_found',
  'trial_not_found',
]);

async function happen(ctx: Ctx, customerId: CustomerId, today: string, given: Event): Promise<void> {
  const nth = async <Id>(table: 'subscription' | 'trial', place: number) => {
    const rows = await hub.asOwner<{ id: Id & string; reference: string; version: number }>(
      `select id, reference, version from ${table} where customer_id = $1 order by created_at, id`,
      [customerId],
    );
    return (
      rows[place % Math.max(1, rows.length)] ?? { id: hub.clock.id() as Id & string, reference: 'none', version: 1 }
    );
  };
  const dated = ({ starts, ends, ...rest }: GivenTerms) => {
    const startsOn = addDays(today, starts);
    return {
      ...rest,
      startsOn,
      endsOn: ends === null ? null : ([startsOn, addDays(today, ends)].toSorted()[1] ?? null),
    };
  };
  const tried = ({ lines, ...rest }: GivenTerms): TrialTerms => {
    const { startsOn, endsOn } = dated({ lines, ...rest });
    return { startsOn, endsOn: endsOn ?? addDays(startsOn, 30), lines };
  };
  try {
    if (given.act === 'subscribe')
      await createSubscription(ctx, {
        customerId,
        reference: `Sub-${(made += 1)}`,
        ...dated(given.terms),
      });
    if (given.act === 'change') {
      const { id, ...rest } = await nth<SubscriptionId>('subscription', given.which);
      await changeSubscription(ctx, { subscriptionId: id, ...rest, ...dated(given.terms) });
    }
    if (given.act === 'unsubscribe')
      await removeSubscription(ctx, { subscriptionId: (await nth<SubscriptionId>('subscription', given.which)).id });
    if (given.act === 'try') await startTrial(ctx, { customerId, ...tried(given.terms) });
    if (given.act === 'change_trial') {
      const { id, version } = await nth<TrialId>('trial', given.which);
      await changeTrial(ctx, { trialId: id, version, ...tried(given.terms) });
    }
    if (given.act === 'stop_trial') await removeTrial(ctx, { trialId: (await nth<TrialId>('trial', given.which)).id });
    if (given.act === 'sign_in')
      await inTenant(ctx, async (tx) => {
        const on = given.ago === null ? null : addDays(today, -given.ago);
        const signIn = { has_sign_ins: true, last_sign_in_on: on };
        await tx.updateTable('customer').set(signIn).where('id', '=', customerId).execute();
        await refreshCustomers(tx, ctx, [customerId]);
      });
    if (given.act === 'policy') await changeStatusPolicy(ctx, given.policy);
    if (given.act === 'days') hub.clock.advance(given.days * 86_400_000);
  } catch (error) {
    if (!(error instanceof HubError && refusals.has(error.code))) throw error;
  }
}

/** The facts as they stand in the tables, table by table, without the queries of the product. */
async function factsOf(customerId: string): Promise<{ facts: CustomerFacts; policy: StatusPolicy }> {
  const read = (sql: string) => hub.asOwner<Record<string, never>>(sql, [customerId]);
  const [customer] = await read('select * from customer where id = $1');
  const [policy] = await read('select p.* from partner p join customer c on c.partner_id = p.id where c.id = $1');
  const lines = await hub.asOwner<
    Omit<LineFacts, 'overSince'> & Record<'subscription_id' | 'trial_id' | 'over_since', string | null>
  >('select * from license_line where customer_id = $1 order by product', [customerId]);
  const linesOf = (id: string): LineFacts[] =>
    lines
      .filter((row) => row.subscription_id === id || row.trial_id === id)
      .map(({ product, ordered, assigned, over_since }) => ({
        product,
        ordered,
        assigned,
        overSince: over_since,
      }));
  const subscriptions = await read('select * from subscription where customer_id = $1 order by reference');
  const trials = await read('select * from trial where customer_id = $1 order by reference');
  if (!customer || !policy) throw new Error('no customer');
  return {
    policy: {
      timeZone: policy['time_zone'] ?? '',
      expiresSoonDays: policy['expires_soon_days'] ?? 0,
      inactiveDays: policy['inactive_days'] ?? 0,
    },
    facts: {
      name: customer['name'] ?? '',
      searched: [customer['name'] ?? ''],
      createdOn: firstDay,
      lastSignInOn: customer['has_sign_ins'] ? (customer['last_sign_in_on'] ?? null) : undefined,
      subscriptions: subscriptions.map((row) => ({
        reference: row['reference'] ?? '',
        startsOn: row['starts_on'] ?? '',
        endsOn: row['ends_on'] ?? null,
        termMonths: row['term_months'] ?? null,
        autoRenews: row['auto_renews'] ?? false,
        paymentState: row['payment_state'] ?? 'current',
        paymentSince: row['payment_since'] ?? '',
        setupState: row['setup_state'] ?? 'provisioned',
        setupSince: row['setup_since'] ?? '',
        setupNote: row['setup_note'] ?? null,
        // At 10:00 UTC it is the same day in all of the zones.
        recordedOn: new Date(row['created_at'] ?? '').toISOString().slice(0, 10),
        lines: linesOf(row['id'] ?? ''),
      })),
      trials: trials.map((row) => ({
        reference: row['reference'] ?? '',
        startsOn: row['starts_on'] ?? '',
        endsOn: row['ends_on'] ?? '',
        recordedOn: new Date(row['created_at'] ?? '').toISOString().slice(0, 10),
        lines: linesOf(row['id'] ?? ''),
      })),
    },
  };
}

/** Compares everything that is stored with what the rules say; returns what is to be told of the day. */
async function expectStoredIsComputed(customerId: string): Promise<Observed> {
  const { facts, policy } = await factsOf(customerId);
  const today = dateIn(policy.timeZone, hub.clock.now());
  const { statuses, next, licenses, failedSetup = null, ...rest } = deriveStatuses(facts, today, policy);
  const stored = await hub.asOwner<StatusEntry>(
    'select status, since, reasons from customer_status where customer_id = $1',
    [customerId],
  );
  const place = ({ status }: StatusEntry): number => CustomerStatus.options.indexOf(status);
  expect(stored.toSorted((a, b) => place(a) - place(b))).toEqual(statuses);
  const [row] = await hub.asOwner('select * from customer where id = $1', [customerId]);
  const references = [...facts.subscriptions, ...facts.trials].map(({ reference }) => searchText(reference));
  const rank = statuses[0] ? place(statuses[0]) : 8;
  expect(row?.['failed_setup']).toEqual(failedSetup);
  expect(row).toMatchObject({
    status_rank: failedSetup === null ? rank : Math.min(rank, 4),
    next: next ?? null,
    next_on: next?.on ?? null,
    licenses_ordered: licenses.ordered,
    licenses_assigned: licenses.assigned,
    licenses_unassigned: licenses.unassigned,
    licenses_over: licenses.over,
    products: rest.products,
    has_subscription: rest.hasSubscription,
    has_trial: rest.hasTrial,
    search_text: [...facts.searched.map(searchText), ...(references.length > 0 ? ['', ...references] : [])].join('\n'),
  });
  const due = await hub.asOwner('select due_on from customer_due where customer_id = $1', [customerId]);
  expect(due).toEqual(rest.dueOn === undefined ? [] : [{ due_on: rest.dueOn }]);
  return {
    held: new Map(statuses.map((entry) => [entry.status, firstDayOf(entry, facts, today)])),
    past: (status) => pastOf(status, facts, today, policy),
  };
}

interface Observed {
  /** Each status with the day on which it began by what was recorded today. */
  held: ReadonlyMap<string, string>;
  /** The days before today on which the facts say a status, the latest first, each with the first day of it. */
  past: (status: string) => { first: string; last: string }[];
}

/** Told anew, day by day: nothing that is made up here reaches further back. */
function pastOf(status: string, facts: CustomerFacts, today: string, policy: StatusPolicy) {
  const days: { first: string; last: string }[] = [];
  for (let back = 1; back <= 200; back++) {
    const day = addDays(today, -back);
    const isBegun = ({ startsOn }: { startsOn: string }): boolean => startsOn <= day;
    const known = {
      ...facts,
      subscriptions: facts.subscriptions.filter(isBegun),
      trials: facts.trials.filter(isBegun),
    };
    const entry = deriveStatuses(known, day, policy).statuses.find((found) => found.status === status);
    if (entry) days.push({ first: firstDayOf(entry, facts, today), last: day });
  }
  return days;
}

interface Day {
  held: ReadonlyMap<string, string>;
  /** Noted on this day and gone again: what is left of it. */
  left: ReadonlyMap<string, { first: string; last: string }>;
}

/** A day after one more look at it. */
function lookedAt(earlier: ReadonlyMap<string, Day>, before: Day | undefined, { held, past }: Observed): Day {
  const known = stretchesOf(earlier);
  const noted = new Map(before?.held);
  for (const [status, { first }] of before?.left ?? []) noted.set(status, first);
  const left = new Map<string, { first: string; last: string }>();
  for (const [status, began] of noted) {
    const own = known.filter((stretch) => stretch.status === status);
    if (held.has(status) || own.some(({ ended_on }) => ended_on === null)) continue;
    const behind = (day: string): string => [day, own.at(-1)?.ended_on ?? ''].toSorted()[1] ?? '';
    const first = behind(began);
    const told = past(status).find((day) => first <= day.last && behind(day.first) === first);
    if (told) left.set(status, { first, last: told.last });
  }
  return { held, left };
}

/** Told anew, without the rule of the product: of what a contract recorded today says, its earliest day; of all else, today. */
function firstDayOf({ reasons }: StatusEntry, { subscriptions, trials }: CustomerFacts, today: string): string {
  const fresh = new Set(
    [...subscriptions, ...trials].filter(({ recordedOn }) => recordedOn === today).map(({ reference }) => reference),
  );
  const told = reasons.flatMap((reason) => {
    if (reason.code === 'inactive') return today === firstDay && reason.last !== null ? [reason.since] : [];
    return fresh.has(String(reason.of.reference)) ? [reason.since] : [];
  });
  return [today, ...told].toSorted()[0] ?? today;
}

interface Stretch {
  status: string;
  began_on: string;
  ended_on: string | null;
}

/** The stretches that the statuses at the end of each observed day make; none reaches into the one before. */
function stretchesOf(seen: ReadonlyMap<string, Day>): Stretch[] {
  return CustomerStatus.options.flatMap((status) => {
    const stretches: Stretch[] = [];
    for (const [day, said] of [...seen].toSorted(([a], [b]) => a.localeCompare(b))) {
      const open = stretches.findLast(({ ended_on }) => ended_on === null);
      const first = said.held.get(status);
      if (first !== undefined && !open) {
        const before = stretches.at(-1)?.ended_on ?? first;
        stretches.push({ status, began_on: first < before ? before : first, ended_on: null });
      }
      if (first === undefined && open) open.ended_on = day;
      const left = said.left.get(status);
      if (left) stretches.push({ status, began_on: left.first, ended_on: addDays(left.last, 1) });
    }
    return stretches;
  });
}

test('what is stored is what the rules say, after every write and every day, and history is its diary', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 14 }), async (events) => {
      hub.clock.set(`${firstDay}T10:00:00.000Z`);
      partner = await hub.partner();
      const { id } = await partner.admin.call(createCustomer, { body: { name: `Ácme ${(made += 1)}`, country: 'US' } });
      const { partnerId } = partner;
      const ctx = hub.ctx(partnerId);
      const seen = new Map<string, Day>();
      for (const given of events) {
        const before = hub.clock.today();
        await happen(ctx, id, before, given);
        if (given.act === 'days' || given.act === 'policy')
          await refreshDueCustomers(hub.ctx(partnerId, { kind: 'system', partnerId }));
        const day = hub.clock.today();
        const earlier = new Map([...seen].filter(([other]) => other < day));
        seen.set(day, lookedAt(earlier, seen.get(day), await expectStoredIsComputed(id)));
      }
      const history = await hub.asOwner<Stretch>(
        'select status, began_on, ended_on from customer_status_history where customer_id = $1 order by began_on, id',
        [id],
      );
      const order = (list: Stretch[]): string[] => list.map((stretch) => JSON.stringify(stretch)).toSorted();
      expect(order(history)).toEqual(order(stretchesOf(seen)));
    }),
    { numRuns: 60 },
  );
});
