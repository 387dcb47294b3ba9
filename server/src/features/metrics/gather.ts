import { hash } from 'node:crypto';
import type { QualityPolicy, UsageBands } from '@hub/contract/calling-policy';
import { type Dimension, type MetricFeed, metricOf } from '@hub/contract/metrics';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import {
  type Ctx,
  type CustomerScope,
  inTenant,
  regionalScope,
  requirePermission,
  seesContracts,
} from '../access/index.ts';
import { findMatchingIds } from '../customers/index.ts';
import type { Visibility } from '../imports/index.ts';
import { feedOf, needsOf, type SourceName, sources } from './formulas.ts';
import { findFirstDay, findKnownOrganizations, findQueueOrganizations, type KnownQuestion } from './known-queries.ts';
import { featureParts } from './feature-legs.ts';
import { type MetricQuestion, requireAnswerable } from './metric-question.ts';
import { sharedQuestions } from './shared-questions.ts';
import { askedUntil, type SourceQuestion, type SourceRow } from './source-queries.ts';
import { type NamedCustomer, readTold, type Told } from './told.ts';
import { WiderWindows, withinWindow } from './wider-windows.ts';
import { namedAlike, type Window, windowOf } from './window.ts';

const mostCustomers = 1_000_000; // of one partner, far above what the directory is made for
// Numbers of a region, 8 bytes each and as much again around them: some 250 MB. Eight weeks of 5,000 customers are a third of a million.
const rememberedNumbers = 16_000_000;
const heavy = sharedQuestions<readonly SourceRow[] | readonly string[]>({
  atATime: (store) => (store.isEmbedded ? 2 : 6),
  remembers: rememberedNumbers,
  weightOf: (rows) => rows.reduce((sum: number, row) => sum + numbersIn(row), 1),
});

function numbersIn(row: SourceRow | string): number {
  if (typeof row === 'string') return 8;
  const [first] = Object.values(row.parts);
  return 16 + Object.keys(row.parts).length * (8 + (first?.length ?? 0));
}

/** Everything that an answer is made of; rows only of customers that the question is about. */
export interface Gathered {
  window: Window;
  visible: Visibility;
  policy: QualityPolicy;
  bands: UsageBands;
  /** By organization. */
  customers: ReadonlyMap<string, NamedCustomer>;
  /** By source, told apart by customer. */
  byCustomer: ReadonlyMap<SourceName, readonly SourceRow[]>;
  /** By source, told apart as the question asks; the same where that is by customer. */
  byKey: ReadonlyMap<SourceName, readonly SourceRow[]>;
  /** By organization, media told apart by endpoint type and by location, where the worst of them is asked for. */
  worst: { endpointType: ReadonlyMap<string, SourceRow[]>; location: ReadonlyMap<string, SourceRow[]> };
  /** By feed, which of the customers' organizations have any of it. */
  known: ReadonlyMap<MetricFeed, ReadonlySet<string>>;
  /** By feed, how many of the first buckets were over before anything of it began: of them nothing is known. */
  silent: ReadonlyMap<MetricFeed, number>;
  /** By organization that has Calling today: licenses of it that are assigned, null where that is not known. Empty to who may not see contracts. */
  assignedToday: ReadonlyMap<string, number | null>;
}

/** A question, and all that decides its answer beside the facts themselves. */
export interface Prepared {
  question: MetricQuestion;
  window: Window;
  store: RegionalStore;
  scope: CustomerScope;
  told: Told;
  /** Customers that the filter finds; undefined without one. */
  matching: ReadonlySet<string> | undefined;
  seesContracts: boolean;
  /** Whose data, and in which state. */
  version: string;
}

/** Asks the directory whose numbers these are. Throws what the contract names. */
export async function prepare(ctx: Ctx, region: RegionCode, question: MetricQuestion): Promise<Prepared> {
  requirePermission(ctx, 'calling_usage.read');
  if (question.by === 'user') requirePermission(ctx, 'call_legs.read');
  const window = windowOf(question, ctx.clock.now());
  requireAnswerable(question, window);
  const { store, scope } = await regionalScope(ctx, region);
  const { customerId, filter = '' } = question;
  const [told, matching] = await Promise.all([
    readTold(ctx, store, customerId),
    filter.trim() === ''
      ? undefined
      : inTenant(ctx, async (tx) => new Set(await findMatchingIds(tx, ctx, filter, mostCustomers))),
  ]);
  if (customerId !== undefined && told.names.length === 0) throw new HubError('customer_not_found');
  const { visible, hasRollups } = told;
  const state = [visible.newest, visible.version, visible.open, hasRollups];
  const version = [ctx.actor.partnerId, scope.scopeKey, region, ...state].join('|');
  return { question, window, store, scope, told, matching, seesContracts: seesContracts(ctx.actor), version };
}

/** Names everything that an answer hangs on, but for what it is sorted by. */
export function keyOf({ question, window, told, matching, seesContracts: sees, version }: Prepared, now: Date): string {
  const { labels: _, begins: __, ends: ___, untils: ____, begun: _____, ...range } = window;
  const { metrics, policy, hasQueues, customerId, location, by } = question;
  const found = matching === undefined ? '' : hash('sha256', [...matching].toSorted().join());
  const asked = [range, metrics, policy, hasQueues, customerId, location, by, found];
  return JSON.stringify([version, told.fingerprint, sees, now.toISOString().slice(0, 10), asked]);
}

/** Asks the region for the numbers. */
export async function gather(prepared: Prepared, partnerId: string, left?: AbortSignal): Promise<Gathered> {
  const { question, window, store, scope, told, version } = prepared;
  const { visible, policy, hasRollups } = told;
  const wanted = new Set(question.metrics.flatMap(needsOf));
  const asking: Asking = {
    store,
    left,
    partnerId,
    version,
    known: { store, scope, visible, hasRollups },
    question: {
      store,
      scope,
      visible,
      window,
      hasRollups,
      bands: policy.bands,
      by: 'customer',
      orgUuid: undefined,
      location: question.location,
      features: featureParts.filter((part) => question.metrics.includes(part)),
    },
  };
  const customers = await chosen(asking, prepared);
  // A customer that is not launched yet has no organization, and nothing is asked.
  const isNobody = question.customerId !== undefined && customers.size === 0;
  const [only] = customers.keys();
  const of = question.customerId === undefined ? undefined : only;
  const ask = async (source: SourceName, by: Dimension): Promise<readonly SourceRow[]> => {
    if (isNobody || (source === 'licenses' && !prepared.seesContracts)) return [];
    const rows = await shared(asking, source, { ...asking.question, by, orgUuid: of });
    return rows.filter(({ org }) => customers.has(org));
  };
  const askAll = async (by: Dimension): Promise<Map<SourceName, readonly SourceRow[]>> =>
    new Map(await Promise.all([...wanted].map(async (source) => [source, await ask(source, by)] as const)));
  const feeds = new Set(question.metrics.map((key) => metricOf(key).feed));
  if (wanted.has('licenses')) feeds.add('call_history'); // shares of users need both
  const [byCustomer, byKey, endpointType, location] = await Promise.all([
    askAll('customer'),
    question.by === undefined || question.by === 'customer' ? undefined : askAll(question.by),
    question.metrics.includes('worstEndpointType') ? ask('worst', 'endpointType') : [],
    question.metrics.includes('worstLocation') ? ask('worst', 'location') : [],
  ]);
  const known = await Promise.all(
    [...feeds].map(async (feed) => [feed, await knownOf(asking, feed, { customers, byCustomer })] as const),
  );
  const silent = await Promise.all(
    known.map(
      async ([feed, { size }]) => [feed, size === 0 ? 0 : await silentOf(asking, feed, byCustomer, of)] as const,
    ),
  );
  return {
    window,
    visible,
    policy: question.policy ?? policy.qualityPolicy,
    bands: policy.bands,
    customers,
    byCustomer,
    byKey: byKey ?? byCustomer,
    worst: {
      endpointType: Map.groupBy(endpointType, ({ org }) => org),
      location: Map.groupBy(location, ({ org }) => org),
    },
    known: new Map(known),
    silent: new Map(silent),
    assignedToday: told.assignedToday,
  };
}

interface Asking {
  store: RegionalStore;
  left: AbortSignal | undefined;
  partnerId: string;
  /** Whose data, and in which state. */
  version: string;
  known: KnownQuestion;
  question: SourceQuestion;
}

// Rows that have nothing in a window are in no answer of these; of the others a row of noughts is told too, or names hang on the window.
const canBeCut: ReadonlySet<SourceName> = new Set([
  'legs',
  'dailyUsers',
  'calls',
  'features',
  'quality',
  'worst',
  'queues',
  'licenses',
]);
const widerWindows = new WeakMap<RegionalStore, WiderWindows>();

/** What a source counts, or counted of a longer window before. */
async function shared(asking: Asking, source: SourceName, question: SourceQuestion): Promise<readonly SourceRow[]> {
  const { by, orgUuid, location, bands, features } = question;
  const window = namedAlike(question.window);
  const { store, left, partnerId, version } = asking;
  const { bucket, zone } = window;
  const of = source === 'features' ? features : [];
  const name = JSON.stringify([version, source, by, orgUuid, location, bucket, zone, bands, of]);
  const keyFor = ({ from, to }: Window): string => `${name} ${from} ${to}`;
  const windows = widerWindows.get(store) ?? new WiderWindows();
  widerWindows.set(store, windows);
  const wider =
    canBeCut.has(source) && by !== 'user'
      ? windows.find(name, window, (asked) => heavy.knows(store, keyFor(asked)))
      : undefined;
  const asked = wider ?? window;
  windows.note(name, asked);
  const rows = (await heavy.ask(store, {
    key: keyFor(asked),
    partnerId,
    left,
    ask: (all) => sources[source]({ ...question, window: asked, store: askedUntil(store, all) }),
  })) as SourceRow[];
  return wider === undefined ? rows : withinWindow(rows, wider, window);
}

/** The customers that the question is about, by organization. */
async function chosen(
  asking: Asking,
  { question: { hasQueues }, told, matching }: Prepared,
): Promise<Map<string, NamedCustomer>> {
  const withQueues = hasQueues ? new Set(await sharedWords(asking, 'with queues', findQueueOrganizations)) : undefined;
  const customers = new Map<string, NamedCustomer>();
  for (const customer of told.names) {
    const { id, orgUuid } = customer;
    if (orgUuid === null) continue;
    if (matching !== undefined && !matching.has(id)) continue;
    if (withQueues !== undefined && !withQueues.has(orgUuid)) continue;
    customers.set(orgUuid, { ...customer, orgUuid });
  }
  return customers;
}

const mostNamed = 1000;

/** Which customers have anything of a feed. Who is in the answer has; of the others it is asked. What licenses have no feed for, the directory knows. */
async function knownOf(
  asking: Asking,
  feed: MetricFeed,
  { customers, byCustomer }: Pick<Gathered, 'customers' | 'byCustomer'>,
): Promise<ReadonlySet<string>> {
  if (feed === 'licenses') return new Set(customers.keys());
  const known = new Set<string>();
  for (const [source, rows] of byCustomer) if (feedOf[source] === feed) for (const { org } of rows) known.add(org);
  const others = customers.keys().filter((org) => !known.has(org));
  const orgs = [...others].toSorted();
  if (orgs.length === 0) return known;
  const isFew = orgs.length <= mostNamed;
  const found = await sharedWords(asking, isFew ? `${feed} ${orgs.join()}` : feed, (question) =>
    findKnownOrganizations({ ...question, orgs: isFew ? orgs : undefined }, feed),
  );
  for (const org of found) if (customers.has(org)) known.add(org);
  return known;
}

/** Where the first bucket has something, none is silent, and nothing is asked. */
async function silentOf(
  asking: Asking,
  feed: MetricFeed,
  byCustomer: Gathered['byCustomer'],
  orgUuid: string | undefined,
): Promise<number> {
  if (feed === 'licenses') return 0;
  const hasBegun = [...byCustomer].some(
    ([source, rows]) =>
      feedOf[source] === feed && rows.some(({ parts }) => Object.values(parts).some(([value = 0]) => value !== 0)),
  );
  if (hasBegun) return 0;
  const [first] = await sharedWords(asking, `${feed} begins ${orgUuid}`, async (question) => {
    const day = await findFirstDay({ ...question, orgs: orgUuid === undefined ? undefined : [orgUuid] }, feed);
    return day === undefined ? [] : [day];
  });
  if (first === undefined) return 0;
  const begins = new Date(`${first}T00:00:00Z`);
  return asking.question.window.untils.filter((until) => until <= begins).length;
}

async function sharedWords(
  { store, version, partnerId, left, known }: Asking,
  what: string,
  ask: (known: KnownQuestion) => Promise<string[]>,
): Promise<string[]> {
  return (await heavy.ask(store, {
    key: `${version}|${what}`,
    partnerId,
    left,
    ask: (all) => ask({ ...known, store: askedUntil(store, all) }),
  })) as string[];
}
