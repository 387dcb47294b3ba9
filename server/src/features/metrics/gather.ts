import { hash } from 'node:crypto';
import type { QualityPolicy, UsageBands } from '@hub/contract/calling-policy';
import { type Dimension, type MetricFeed, type MetricKey, metricOf } from '@hub/contract/metrics';
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
import { mostNamed, overCustomers } from './added-over.ts';
import { AskedBefore, withinWindow } from './asked-before.ts';
import { feedOf, needsOf, partsAsked, type SourceName, sources } from './formulas.ts';
import { findFirstDay, findKnownOrganizations, findQueueOrganizations, type KnownQuestion } from './known-queries.ts';
import { askWorst, mediaLegs, type WorstBy, type WorstRow } from './media-queries.ts';
import { type MetricQuestion, requireAnswerable } from './metric-question.ts';
import { sharedQuestions } from './shared-questions.ts';
import { askedUntil, type SourceQuestion, type SourceRow } from './source-queries.ts';
import { type NamedCustomer, readTold, type Told } from './told.ts';
import { namedAlike, type Window, windowOf } from './window.ts';

const mostCustomers = 1_000_000; // of one partner, far above what the directory is made for
// Numbers of a region, 8 bytes each and as much again around them: some 250 MB. Eight weeks of 5,000 customers are a third of a million.
const rememberedNumbers = 16_000_000;
const heavy = sharedQuestions<readonly (SourceRow | WorstRow | string)[]>({
  atATime: (store) => (store.isEmbedded ? 2 : 6),
  remembers: rememberedNumbers,
  weightOf: (rows) => rows.reduce((sum: number, row) => sum + numbersIn(row), 1),
});

function numbersIn(row: SourceRow | WorstRow | string): number {
  if (typeof row === 'string') return 8;
  if ('words' in row) return 16 + 4 * row.words.length;
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
  /** By organization, in which endpoint type and location most is poor, a word a bucket; only of what is asked for. */
  worst: Readonly<Record<WorstBy, ReadonlyMap<string, WorstRow['words']>>>;
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
      parts: [],
    },
  };
  const customers = await chosen(asking, prepared);
  // A customer that is not launched yet has no organization, and nothing is asked.
  const isNobody = question.customerId !== undefined && customers.size === 0;
  const [only] = customers.keys();
  const of = question.customerId === undefined ? undefined : only;
  const quality = question.policy ?? policy.qualityPolicy;
  const feeds = new Set(question.metrics.map((key) => metricOf(key).feed));
  if (wanted.has('licenses')) feeds.add('call_history'); // shares of users need both
  const ask = async (
    source: SourceName,
    how: Pick<SourceQuestion, 'by' | 'addedUp'>,
  ): Promise<readonly SourceRow[]> => {
    if (isNobody || (source === 'licenses' && !prepared.seesContracts)) return [];
    const parts = partsAsked(source, question.metrics);
    return shared(asking, source, { ...asking.question, ...how, parts, orgUuid: of });
  };
  const ofCustomers = (rows: readonly SourceRow[]): SourceRow[] => rows.filter(({ org }) => customers.has(org));
  const eachOf = async <Rows>(rowsOf: (source: SourceName) => Promise<Rows>): Promise<Map<SourceName, Rows>> =>
    new Map(await Promise.all([...wanted].map(async (source) => [source, await rowsOf(source)] as const)));
  const askAll = (by: Dimension): Promise<Map<SourceName, readonly SourceRow[]>> =>
    eachOf(async (source) => ofCustomers(await ask(source, { by })));
  const askByType = (everybody: ReadonlyMap<SourceName, readonly SourceRow[]>) =>
    eachOf(async (source) => {
      const addedUp = of === undefined ? overCustomers(customers, everybody.get(source) ?? []) : undefined;
      if (addedUp) return ask(source, { by: 'endpointType', addedUp });
      return ofCustomers(await ask(source, { by: 'endpointType' }));
    });
  const everybody = eachOf((source) => ask(source, { by: 'customer' }));
  const askByKey = async () => {
    if (question.by === undefined || question.by === 'customer') return undefined;
    return question.by === 'endpointType' ? askByType(await everybody) : askAll(question.by);
  };
  const kinds =
    question.by === 'customer' && !isNobody ? worstKinds.filter(([, key]) => question.metrics.includes(key)) : [];
  const [ofEverybody, byKey, worst] = await Promise.all([
    everybody,
    askByKey(),
    kinds.length === 0 ? [] : sharedWorst(asking, { orgUuid: of, policy: quality, kinds: kinds.map(([kind]) => kind) }),
  ]);
  const byCustomer = new Map([...ofEverybody].map(([source, rows]) => [source, ofCustomers(rows)]));
  const worstBy = (kind: WorstBy): ReadonlyMap<string, WorstRow['words']> =>
    new Map(worst.filter(({ by }) => by === kind).map(({ org, words }) => [org, words]));
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
    policy: quality,
    bands: policy.bands,
    customers,
    byCustomer,
    byKey: byKey ?? byCustomer,
    worst: { endpointType: worstBy('endpointType'), location: worstBy('location') },
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

const worstKinds = [
  ['endpointType', 'worstEndpointType'],
  ['location', 'worstLocation'],
] as const satisfies (readonly [WorstBy, MetricKey])[];

// Rows that have nothing in a window are in no answer of these; of the others a row of noughts is told too, or names hang on the window.
const canBeCut: ReadonlySet<SourceName> = new Set([
  'legs',
  'dailyUsers',
  'calls',
  'features',
  'media',
  'queues',
  'licenses',
]);
const askedBefore = new WeakMap<RegionalStore, AskedBefore>();

/** What a source counts, or counted of a longer window or with other parts before. */
async function shared(asking: Asking, source: SourceName, question: SourceQuestion): Promise<readonly SourceRow[]> {
  const { by, orgUuid, location, bands, parts, addedUp } = question;
  const window = namedAlike(question.window);
  const { store, left, partnerId, version } = asking;
  const { bucket, zone } = window;
  const name = JSON.stringify([version, source, by, orgUuid, location, bucket, zone, bands, addedUp]);
  const before = askedBefore.get(store) ?? new AskedBefore();
  askedBefore.set(store, before);
  const wanted = { window, parts, canBeCut: canBeCut.has(source) && by !== 'user' };
  const asked = before.join(name, wanted, (key) => heavy.knows(store, key));
  const rows = (await heavy.ask(store, {
    key: asked.key,
    partnerId,
    left,
    ask: (all) => {
      asked.hasBegun = true;
      const ofAll = { ...question, window: asked.window, parts: [...asked.parts].sort() };
      return sources[source]({ ...ofAll, store: askedUntil(store, all) });
    },
  })) as SourceRow[];
  const isWhole = asked.window.from === window.from && asked.window.to === window.to;
  // Who has media has a row, whatever is asked of it; who used a feature has one where that feature is asked for.
  if (isWhole && (source !== 'features' || asked.parts.size === parts.length)) return rows;
  const cut = { wider: asked.window, window };
  if (parts.length === 0) return withinWindow(rows, cut);
  return withinWindow(rows, { ...cut, parts, ...(source === 'media' ? { deciding: [mediaLegs] } : {}) });
}

async function sharedWorst(
  { store, version, partnerId, left, question }: Asking,
  { orgUuid, policy, kinds }: { orgUuid: string | undefined; policy: QualityPolicy; kinds: readonly WorstBy[] },
): Promise<readonly WorstRow[]> {
  const { window, location } = question;
  const { from, to, bucket, zone } = window;
  return (await heavy.ask(store, {
    key: JSON.stringify([version, 'worst', policy, kinds, orgUuid, location, from, to, bucket, zone]),
    partnerId,
    left,
    ask: (all) => askWorst({ ...question, orgUuid, store: askedUntil(store, all) }, { policy, kinds }),
  })) as WorstRow[];
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
