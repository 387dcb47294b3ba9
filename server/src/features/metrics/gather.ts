import type { CustomerId, OrgUuid } from '@hub/contract/ids';
import { type Dimension, type MetricFeed, metricOf } from '@hub/contract/metrics';
import type { QualityPolicy, UsageBands } from '@hub/contract/calling-policy';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant, regionalScope, requirePermission, seesContracts } from '../access/index.ts';
import { readCallingPolicy } from '../calling-policy/index.ts';
import { customerNames, findMatchingIds } from '../customers/index.ts';
import { areRollupsBuilt, readVisibility, type Visibility } from '../imports/index.ts';
import { needsOf, type SourceName, sources } from './formulas.ts';
import { findKnownOrganizations, findQueueOrganizations, type KnownQuestion } from './known-queries.ts';
import { findAssignedToday } from './assigned-queries.ts';
import { type MetricQuestion, requireAnswerable } from './metric-question.ts';
import { sharedQuestions } from './shared-questions.ts';
import type { SourceQuestion, SourceRow } from './source-queries.ts';
import { type Window, windowOf } from './window.ts';

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

export interface NamedCustomer {
  id: CustomerId;
  name: string;
  orgUuid: OrgUuid;
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
  /** By organization: licenses of Calling that are assigned today. Empty to who may not see contracts. */
  assignedToday: ReadonlyMap<string, number>;
}

/** Asks the directory whose numbers these are, and the region for the numbers. Throws what the contract names. */
export async function gather(
  ctx: Ctx,
  region: RegionCode,
  question: MetricQuestion,
  left?: AbortSignal,
): Promise<Gathered> {
  requirePermission(ctx, 'calling_usage.read');
  if (question.by === 'user') requirePermission(ctx, 'call_legs.read');
  const window = windowOf(question, ctx.clock.now());
  requireAnswerable(question, window);
  const { store, scope } = await regionalScope(ctx, region);
  const wanted = new Set(question.metrics.flatMap(needsOf));
  const told = await inTenant(ctx, async (tx) => ({
    visible: await readVisibility(tx, region),
    names: await customerNames(tx, region),
    policy: await readCallingPolicy(tx, ctx.actor.partnerId),
    matching:
      (question.filter ?? '').trim() === ''
        ? undefined
        : new Set(await findMatchingIds(tx, ctx, question.filter ?? '', mostCustomers)),
    assignedToday:
      wanted.has('licenses') && seesContracts(ctx.actor)
        ? await findAssignedToday(tx, { region, today: ctx.clock.today() })
        : new Map<string, number>(),
  }));
  const { visible, policy } = told;
  const hasRollups = await areRollupsBuilt(store, ctx.actor.partnerId);
  const asking: Asking = {
    store,
    left,
    partnerId: ctx.actor.partnerId,
    version: [
      ctx.actor.partnerId,
      scope.scopeKey,
      region,
      visible.newest,
      visible.version,
      visible.open,
      hasRollups,
    ].join('|'),
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
    },
  };
  const customers = await chosen(asking, question, told);
  // A customer that is not launched yet has no organization, and nothing is asked.
  const isNobody = question.customerId !== undefined && customers.size === 0;
  const [only] = customers.keys();
  const of = question.customerId === undefined ? undefined : only;
  const ask = async (source: SourceName, by: Dimension): Promise<readonly SourceRow[]> => {
    if (isNobody || (source === 'licenses' && !seesContracts(ctx.actor))) return [];
    const rows = await shared(asking, source, { ...asking.question, by, orgUuid: of });
    return rows.filter(({ org }) => customers.has(org));
  };
  const askAll = async (by: Dimension): Promise<Map<SourceName, readonly SourceRow[]>> =>
    new Map(await Promise.all([...wanted].map(async (source) => [source, await ask(source, by)] as const)));
  const feeds = new Set(question.metrics.map((key) => metricOf(key).feed));
  if (wanted.has('licenses')) feeds.add('call_history'); // shares of users need both
  const [byCustomer, byKey, endpointType, location, ...known] = await Promise.all([
    askAll('customer'),
    question.by === undefined || question.by === 'customer' ? undefined : askAll(question.by),
    question.metrics.includes('worstEndpointType') ? ask('media', 'endpointType') : [],
    question.metrics.includes('worstLocation') ? ask('media', 'location') : [],
    ...[...feeds].map((feed) => knownOf(asking, feed, customers)),
  ]);
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

async function shared(asking: Asking, source: SourceName, question: SourceQuestion): Promise<readonly SourceRow[]> {
  const { window, by, orgUuid, location, bands } = question;
  const { from, to, bucket, zone } = window;
  const key = JSON.stringify([asking.version, source, by, orgUuid, location, from, to, bucket, zone, bands]);
  const { store, left, partnerId } = asking;
  return (await heavy(store, { key, partnerId, left, ask: () => sources[source](question) })) as SourceRow[];
}

/** The customers that the question is about, by organization. Throws customer_not_found. */
async function chosen(
  asking: Asking,
  { customerId, hasQueues }: MetricQuestion,
  {
    names,
    matching,
  }: {
    names: readonly { id: CustomerId; name: string; orgUuid: OrgUuid | null }[];
    matching: ReadonlySet<string> | undefined;
  },
): Promise<Map<string, NamedCustomer>> {
  if (customerId !== undefined && !names.some(({ id }) => id === customerId)) throw new HubError('customer_not_found');
  const withQueues = hasQueues
    ? new Set(await sharedOrganizations(asking, 'with queues', () => findQueueOrganizations(asking.known)))
    : undefined;
  const customers = new Map<string, NamedCustomer>();
  for (const { id, name, orgUuid } of names) {
    if (orgUuid === null || (customerId !== undefined && id !== customerId)) continue;
    if (matching !== undefined && !matching.has(id)) continue;
    if (withQueues !== undefined && !withQueues.has(orgUuid)) continue;
    customers.set(orgUuid, { id, name, orgUuid });
  }
  return customers;
}

/** What licenses have no feed for, the directory knows. */
async function knownOf(
  asking: Asking,
  feed: MetricFeed,
  customers: ReadonlyMap<string, NamedCustomer>,
): Promise<readonly [MetricFeed, ReadonlySet<string>]> {
  if (feed === 'licenses') return [feed, new Set(customers.keys())];
  const found = await sharedOrganizations(asking, feed, () => findKnownOrganizations(asking.known, feed));
  return [feed, new Set(found.filter((org) => customers.has(org)))];
}

async function sharedOrganizations(
  { store, version, partnerId, left }: Asking,
  what: string,
  ask: () => Promise<string[]>,
): Promise<string[]> {
  return (await heavy(store, { key: `${version}|${what}`, partnerId, left, ask })) as string[];
}
