import {
  CustomerStatus,
  type FailedSetup,
  type PaymentState,
  type SetupFailure,
  type SetupState,
  settlingDays,
  type StatusEntry,
  type StatusReason,
  type StatusWindows,
} from '@hub/contract/customer-statuses';
import type { LicenseSums } from '@hub/contract/customers';
import { Product } from '@hub/contract/products';

/**
 * Counted up with each change of what is derived from the same facts: the runner then derives every customer anew, once. From 1 on,
 * since-dates are the first day of which the facts say so.
 */
export const statusRules = 1;

export interface LineFacts {
  product: Product;
  ordered: number;
  /** Null where no feed tells. */
  assigned: number | null;
  /** The day on which assigned was first seen above ordered; null while it is not. */
  overSince: string | null;
}

/** Dates are calendar dates, YYYY-MM-DD; they compare as texts. */
export interface SubscriptionFacts {
  reference: string;
  startsOn: string;
  /** Null: without end. */
  endsOn: string | null;
  /** How far an automatic renewal moves the end; null where that is not known. */
  termMonths: number | null;
  autoRenews: boolean;
  paymentState: PaymentState;
  paymentSince: string;
  setupState: SetupState;
  setupSince: string;
  setupNote: string | null;
  /** The day on which it was recorded here. */
  recordedOn: string;
  lines: readonly LineFacts[];
}

export interface TrialFacts {
  reference: string;
  recordedOn: string;
  startsOn: string;
  endsOn: string;
  lines: readonly LineFacts[];
}

export interface CustomerFacts {
  name: string;
  /** What a text search looks at beside the references of subscriptions and trials: name, domain, ids. */
  searched: readonly string[];
  createdOn: string;
  /** Undefined: no feed of sign-ins. Null: none of its administrators has ever signed in. */
  lastSignInOn: string | null | undefined;
  subscriptions: readonly SubscriptionFacts[];
  trials: readonly TrialFacts[];
}

export interface Derived {
  /** Highest first. */
  statuses: StatusEntry[];
  failedSetup: FailedSetup | undefined;
  /** Of what is active, the first to end or to renew by itself. */
  next: { on: string; verb: 'ends' | 'renews'; reference: string } | undefined;
  /** Of what is active: the first day on which something ends, and on which something renews by itself. */
  endsOn: string | undefined;
  renewsOn: string | undefined;
  /** Over what is active. */
  licenses: LicenseSums;
  products: Product[];
  hasSubscription: boolean;
  hasTrial: boolean;
  /** The first day after today on which any of this may be another: nothing needs to be looked at before. */
  dueOn: string | undefined;
}

/** Everything that is said of a customer on a day, from nothing but its facts (DOMAIN 4.1 and its decisions). */
export function deriveStatuses(facts: CustomerFacts, today: string, windows: StatusWindows): Derived {
  const contracts = [
    ...facts.subscriptions.map((entry) => contractOf('subscription', entry, today)),
    ...facts.trials.map((entry) => contractOf('trial', { ...entry, termMonths: null, autoRenews: false }, today)),
  ];
  const active = contracts.filter(({ isActive }) => isActive);
  const reasons: Record<CustomerStatus, StatusReason[]> = {
    suspended: facts.subscriptions.flatMap(unpaid),
    license_overage: active.flatMap(overLimit),
    expired: expired(contracts, today),
    expires_soon: active.flatMap((contract) => endingSoon(contract, today, windows)),
    ready_for_order_setup: facts.subscriptions.flatMap(waitingForSetup),
    no_recent_activity: inactive(facts, today, windows),
    trial: active.filter(({ of }) => of.kind === 'trial').map(running),
    subscription: active.filter(({ of }) => of.kind === 'subscription').map(running),
  };
  const statuses = CustomerStatus.options.flatMap((status): StatusEntry[] => {
    const found = reasons[status];
    const since = earliest(found.map((reason) => reason.since));
    return since === undefined ? [] : [{ status, since, reasons: found }];
  });
  return {
    statuses,
    failedSetup: failedSetupOf(facts, today),
    next: nextOf(active, today),
    endsOn: firstOf(active, today, { autoRenews: false }),
    renewsOn: firstOf(active, today, { autoRenews: true }),
    licenses: sumsOf(active.flatMap(({ lines }) => lines)),
    products: Product.options.filter((product) =>
      active.some(({ lines }) => lines.some((line) => line.product === product)),
    ),
    hasSubscription: active.some(({ of }) => of.kind === 'subscription'),
    hasTrial: active.some(({ of }) => of.kind === 'trial'),
    dueOn: earliest(turningPoints(facts, contracts, windows).filter((day) => day > today)),
  };
}

function nextOf(active: readonly Contract[], today: string): Derived['next'] {
  const dated = active.flatMap(({ of, endsOn, autoRenews }) =>
    endsOn !== null && endsOn >= today
      ? [{ on: endsOn, verb: autoRenews ? ('renews' as const) : ('ends' as const), reference: of.reference }]
      : [],
  );
  return dated.toSorted((a, b) => a.on.localeCompare(b.on) || a.reference.localeCompare(b.reference))[0];
}

const firstOf = (active: readonly Contract[], today: string, is: { autoRenews: boolean }): string | undefined =>
  earliest(
    active.flatMap(({ endsOn, autoRenews }) =>
      endsOn !== null && endsOn >= today && autoRenews === is.autoRenews ? [endsOn] : [],
    ),
  );

function sumsOf(lines: readonly LineFacts[]): LicenseSums {
  const known = lines.flatMap(({ ordered, assigned }) => (assigned === null ? [] : [{ ordered, assigned }]));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    ordered: sum(lines.map(({ ordered }) => ordered)),
    assigned: known.length === 0 ? null : sum(known.map(({ assigned }) => assigned)),
    unassigned: known.length === 0 ? null : sum(known.map(({ ordered, assigned }) => Math.max(0, ordered - assigned))),
    over: sum(known.map(({ ordered, assigned }) => Math.max(0, assigned - ordered))),
  };
}

/** A subscription or a trial on a day; an automatic renewal has moved its end as often as the day asks for. */
interface Contract {
  of: { kind: 'subscription' | 'trial'; reference: string };
  startsOn: string;
  endsOn: string | null;
  autoRenews: boolean;
  lines: readonly LineFacts[];
  isActive: boolean;
}

function contractOf(
  kind: 'subscription' | 'trial',
  entry: Pick<SubscriptionFacts, 'reference' | 'startsOn' | 'endsOn' | 'termMonths' | 'autoRenews' | 'lines'>,
  today: string,
): Contract {
  const { reference, startsOn, autoRenews, lines } = entry;
  const endsOn = autoRenews ? renewedEnd(entry, today) : entry.endsOn;
  // On the last day it still runs, and what renews by itself goes on.
  const isActive = startsOn <= today && (autoRenews || endsOn === null || today <= endsOn);
  return { of: { kind, reference }, startsOn, endsOn, autoRenews, lines, isActive };
}

/** The end of the term in which a day lies. A renewal that is past and whose term is not known leaves no date behind. */
export function renewedEnd(
  { endsOn, termMonths }: Pick<SubscriptionFacts, 'endsOn' | 'termMonths'>,
  today: string,
): string | null {
  if (endsOn === null || endsOn >= today) return endsOn;
  if (termMonths === null) return null;
  const elapsed = monthsBetween(endsOn, today);
  let terms = Math.max(1, Math.floor(elapsed / termMonths));
  while (addMonths(endsOn, terms * termMonths) < today) terms++;
  return addMonths(endsOn, terms * termMonths);
}

export const isUnpaid = (state: PaymentState): boolean => state !== 'current';

const unpaid = ({ reference, paymentState, paymentSince }: SubscriptionFacts): StatusReason[] =>
  isUnpaid(paymentState)
    ? [{ code: 'payment', of: { kind: 'subscription', reference }, state: paymentState, since: paymentSince }]
    : [];

const overLimit = ({ of, lines, startsOn }: Contract): StatusReason[] =>
  lines.flatMap(({ product, ordered, assigned, overSince }) =>
    assigned === null || assigned <= ordered
      ? []
      : [
          {
            code: 'over' as const,
            of,
            product,
            over: assigned - ordered,
            since: latest(overSince ?? startsOn, startsOn),
          },
        ],
  );

/** Nothing runs, nothing is to come, and something has ended: since the day after the last end. */
function expired(contracts: readonly Contract[], today: string): StatusReason[] {
  const isAlive = contracts.some(
    ({ isActive, of, startsOn }) => isActive || (of.kind === 'subscription' && startsOn > today),
  );
  const ended = contracts.flatMap(({ of, isActive, startsOn, endsOn }) =>
    !isActive && endsOn !== null && startsOn <= today ? [{ of, on: endsOn }] : [],
  );
  const last = ended.toSorted((a, b) => b.on.localeCompare(a.on))[0];
  return isAlive || last === undefined ? [] : [{ code: 'ended', ...last, since: addDays(last.on, 1) }];
}

/** Nothing that renews automatically expires. */
function endingSoon(contract: Contract, today: string, { expiresSoonDays }: StatusWindows): StatusReason[] {
  const { of, startsOn, endsOn, autoRenews } = contract;
  if (autoRenews || endsOn === null) return [];
  const begins = addDays(endsOn, -expiresSoonDays);
  return begins > today ? [] : [{ code: 'ends', of, on: endsOn, since: latest(begins, startsOn) }];
}

/** What follows from the state of a setup. */
export function setupStageOf(state: SetupState): 'done' | 'waiting' | 'failed' {
  if (state === 'provisioned') return 'done';
  return isFailed(state) ? 'failed' : 'waiting';
}

const isFailed = (state: SetupState): state is SetupFailure['state'] =>
  state === 'error' || state === 'provisioned_with_errors';

const waitingForSetup = ({ reference, setupState, setupSince }: SubscriptionFacts): StatusReason[] =>
  setupStageOf(setupState) === 'waiting'
    ? [{ code: 'setup', of: { kind: 'subscription', reference }, state: setupState, since: setupSince }]
    : [];

/** Of what has not ended: in what is over there is nothing to mend. */
function failedSetupOf({ subscriptions }: CustomerFacts, today: string): FailedSetup | undefined {
  const reasons = subscriptions
    .filter(({ endsOn, autoRenews }) => autoRenews || endsOn === null || endsOn >= today)
    .flatMap(setupFailure);
  const since = earliest(reasons.map((reason) => reason.since));
  return since === undefined ? undefined : { since, reasons };
}

/** Keys in the order in which PostgreSQL keeps those of a jsonb, shorter ones first: what is stored is compared as text. */
const setupFailure = ({ reference, setupState, setupSince, setupNote }: SubscriptionFacts): SetupFailure[] =>
  isFailed(setupState)
    ? [
        {
          of: { kind: 'subscription', reference },
          code: 'setup_failed',
          note: setupNote,
          since: setupSince,
          state: setupState,
        },
      ]
    : [];

/** Who never signed in counts from the first day; without a feed nothing is known and nothing is raised. */
function inactive(facts: CustomerFacts, today: string, windows: StatusWindows): StatusReason[] {
  const since = inactiveFrom(facts, windows);
  return since === undefined || since > today ? [] : [{ code: 'inactive', last: facts.lastSignInOn ?? null, since }];
}

function inactiveFrom({ createdOn, lastSignInOn }: CustomerFacts, { inactiveDays }: StatusWindows): string | undefined {
  if (lastSignInOn === undefined) return undefined;
  const settled = addDays(createdOn, settlingDays);
  return lastSignInOn === null ? settled : latest(addDays(lastSignInOn, inactiveDays), settled);
}

const running = ({ of, startsOn, endsOn }: Contract): StatusReason => ({
  code: 'active',
  of,
  until: endsOn,
  since: startsOn,
});

function turningPoints(facts: CustomerFacts, contracts: readonly Contract[], windows: StatusWindows): string[] {
  const days = contracts.flatMap(({ startsOn, endsOn, autoRenews }) =>
    endsOn === null
      ? [startsOn]
      : [startsOn, addDays(endsOn, 1), ...(autoRenews ? [] : [addDays(endsOn, -windows.expiresSoonDays)])],
  );
  const silentFrom = inactiveFrom(facts, windows);
  return silentFrom === undefined ? days : [...days, silentFrom];
}

const earliest = (days: readonly string[]): string | undefined =>
  days.reduce<string | undefined>((first, day) => (first === undefined || day < first ? day : first), undefined);
const latest = (one: string, other: string): string => (one > other ? one : other);

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A month that has no such day ends on its last one. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, lastOfMonth))).toISOString().slice(0, 10);
}

function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 1] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 1] = to.split('-').map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth;
}
