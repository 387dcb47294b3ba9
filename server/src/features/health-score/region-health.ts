import type { QualityPolicy } from '@hub/contract/calling-policy';
import { type HealthFacts, healthFactors } from '@hub/contract/health-rules';
import type { HealthPolicy } from '@hub/contract/health-score';
import type { RegionCode } from '@hub/contract/regions';
import { readMoment } from '../../platform/directory/moment-queries.ts';
import { type Ctx, inTenant, requirePermission, scopePersonOf, seesCalling } from '../access/index.ts';
import { findCallingSums } from '../calling-anomalies/index.ts';
import { readCallingPolicy } from '../calling-policy/index.ts';
import { sharedQuestions } from '../metrics/index.ts';
import { readPolicy } from '../statuses/index.ts';
import { findLineStates, type LineStates, type RegionLines, regionLines } from '../subscription-analytics/index.ts';
import { countOrganizations, findHealthCustomers, type HealthCustomer } from './health-facts-queries.ts';
import { readHealthPolicy } from './health-policy-queries.ts';

export interface CustomerFacts {
  id: string;
  name: string;
  facts: HealthFacts;
}

export interface RegionHealth {
  day: string;
  policy: HealthPolicy;
  /** Of everybody in scope. */
  customers: readonly CustomerFacts[];
  /** Who may not see calling has no factor of quality. */
  factors: readonly (typeof healthFactors)[number][];
}

/** Weeks whose calls are judged, the last of which is over. */
const qualityWeeks = 4;
const organizationsAtOnce = 10_000;
const questionSeconds = 30;

// Some 500 bytes for each customer: 100 MB.
const shared = sharedQuestions<readonly CustomerFacts[]>({
  atATime: (store) => (store.isEmbedded ? 1 : 4),
  remembers: 200_000,
  weightOf: (customers) => customers.length + 1,
});

/** What imports alone decide: it outlives what is written in the directory. */
interface RegionalFacts {
  before: LineStates;
  /** By organization. */
  quality: ReadonlyMap<string, Sums>;
}
const sharedRegional = sharedQuestions<RegionalFacts>({
  atATime: (store) => (store.isEmbedded ? 1 : 4),
  remembers: 400_000,
  weightOf: ({ before, quality }) => before.size + quality.size + 1,
});

/** The facts behind every score of a region as of today, told set by set and kept until anything is written. */
export async function regionHealth(
  ctx: Ctx,
  region: RegionCode,
  { trendWeeks, left }: { trendWeeks?: HealthPolicy['trendWeeks'] | undefined; left?: AbortSignal | undefined } = {},
): Promise<RegionHealth> {
  requirePermission(ctx, 'subscriptions.read');
  const basis = await basisOf(ctx, region, { trendWeeks, left });
  const { answer, of, moment, told } = basis;
  const customers = await shared.ask(answer.question.store, {
    key: JSON.stringify([...of, scopePersonOf(ctx.actor), moment]),
    partnerId: ctx.actor.partnerId,
    left,
    ask: async (everybody) => tellFacts(ctx, answer, { regional: await regionalFacts(ctx, basis, everybody) }),
  });
  return { ...told, customers };
}

/** The same of one customer, read anew in place of the whole region; nobody is told who is not part of the partner's organization. */
export async function customerHealth(
  ctx: Ctx,
  { region, customerId }: { region: RegionCode; customerId: string },
  left: AbortSignal | undefined,
): Promise<RegionHealth> {
  requirePermission(ctx, 'subscriptions.read');
  const basis = await basisOf(ctx, region, { left });
  const regional = await regionalFacts(ctx, basis, left);
  return { ...basis.told, customers: await tellFacts(ctx, basis.answer, { regional, customerId }) };
}

/** What is known before the facts are asked for. */
interface Basis {
  answer: RegionLines;
  weeks: number;
  /** Null: the actor may not see calling. */
  seen: QualityPolicy | null;
  /** Names what imports alone decide. */
  of: readonly unknown[];
  /** Names what is written in the directory. */
  moment: string;
  told: Omit<RegionHealth, 'customers'>;
}

async function basisOf(
  ctx: Ctx,
  region: RegionCode,
  { trendWeeks, left }: { trendWeeks?: HealthPolicy['trendWeeks'] | undefined; left: AbortSignal | undefined },
): Promise<Basis> {
  const { partnerId } = ctx.actor;
  const known = await inTenant(ctx, async (tx) => ({
    moment: await readMoment(tx),
    policy: await readHealthPolicy(tx, partnerId),
    quality: (await readCallingPolicy(tx, partnerId)).qualityPolicy,
  }));
  const answer = await regionLines(ctx, region, undefined, left);
  const { day, question } = answer;
  const { visible, scope } = question;
  const weeks = trendWeeks ?? known.policy.trendWeeks;
  const seen = seesCalling(ctx.actor) ? known.quality : null;
  const facts = [partnerId, scope.scopeKey, visible.newest, visible.version, visible.open, question.hasRollups, day];
  const of = [...facts, ctx.clock.today(), weeks, seen];
  const factors = seen === null ? healthFactors.filter((factor) => factor !== 'quality') : healthFactors;
  return { answer, weeks, seen, of, moment: known.moment, told: { day, policy: known.policy, factors } };
}

async function regionalFacts(
  ctx: Ctx,
  { answer, weeks, seen, of }: Basis,
  left: AbortSignal | undefined,
): Promise<RegionalFacts> {
  const { question, day } = answer;
  return sharedRegional.ask(question.store, {
    key: JSON.stringify(of),
    partnerId: ctx.actor.partnerId,
    left,
    ask: async (all) => ({
      before: await findLineStates({ ...question, day: plusDays(day, -7 * weeks), left: all }),
      quality: seen === null ? new Map<string, Sums>() : await findQuality(ctx, answer, seen),
    }),
  });
}

/** Of every customer, or of one. */
async function tellFacts(
  ctx: Ctx,
  answer: RegionLines,
  { regional, customerId }: { regional: RegionalFacts; customerId?: string },
): Promise<CustomerFacts[]> {
  const { day, timeZone, question } = answer;
  const { before, quality } = regional;
  const { found, inactiveDays } = await inTenant(ctx, async (tx) => ({
    found: await findHealthCustomers(tx, { region: question.region, day, timeZone, customerId }),
    inactiveDays: (await readPolicy(tx, ctx.actor.partnerId)).inactiveDays,
  }));
  const lines =
    customerId === undefined
      ? answer.lines
      : answer.lines.filter(({ contract }) => contract.customer.id === customerId);
  const held = heldOf(lines, before);
  return found.map((customer) => {
    const calls = customer.orgUuid === null ? undefined : quality.get(customer.orgUuid);
    return {
      id: customer.id,
      name: customer.name,
      facts: {
        ...held.get(customer.id),
        ...(calls ? { quality: calls } : {}),
        ...paymentOf(customer),
        ...activityOf(customer, day, inactiveDays),
      },
    };
  });
}

type Held = Pick<HealthFacts, 'use' | 'trend' | 'overage'>;
interface Sums {
  poor: number;
  known: number;
}

/** By customer, sums over the lines of today that tell it. Use that is counted from call legs is not that of a line weeks ago. */
function heldOf(lines: RegionLines['lines'], before: LineStates): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const { contract, product, assigned, used, usedFrom, total } of lines) {
    const { customer, reference } = contract;
    const own = held.get(customer.id) ?? {};
    held.set(customer.id, own);
    if (assigned !== null) {
      own.overage = {
        over: (own.overage?.over ?? 0) + Math.max(0, assigned - total),
        total: (own.overage?.total ?? 0) + total,
      };
      if (used !== null) own.use = { used: (own.use?.used ?? 0) + used, assigned: (own.use?.assigned ?? 0) + assigned };
    }
    const then = before
      .get(customer.orgUuid ?? '')
      ?.find((state) => state.product === product && state.subscription === reference)?.used;
    if (used !== null && usedFrom === 'feed' && then !== null && then !== undefined)
      own.trend = { now: (own.trend?.now ?? 0) + used, before: (own.trend?.before ?? 0) + then };
  }
  return held;
}

/** By organization, its legs of known quality in the last whole weeks, Sunday to Saturday in UTC. */
async function findQuality(ctx: Ctx, { question }: RegionLines, policy: QualityPolicy): Promise<Map<string, Sums>> {
  const today = ctx.clock.today();
  const sunday = plusDays(today, -new Date(`${today}T00:00:00Z`).getUTCDay());
  const weeks = { from: plusDays(sunday, -7 * qualityWeeks), to: plusDays(sunday, -1), days: 7 * qualityWeeks };
  // Not by contracts: of an organization without a recorded one there are calls as well.
  const organizations = await inTenant(ctx, (tx) => countOrganizations(tx, question.region));
  const slices = Math.max(1, Math.ceil(organizations / organizationsAtOnce));
  const found = new Map<string, Sums>();
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  for (let slice = 0; slice < slices; slice += 1) {
    const sums = await findCallingSums({ ...question, weeks, policy, of: { slice, slices }, seconds: questionSeconds });
    for (const [org, { good, poor }] of sums) found.set(org, { poor: sum(poor), known: sum(good) + sum(poor) });
  }
  return found;
}

/** Who has neither a subscription that runs nor an invoice owes nothing that could be known. */
const paymentOf = ({ running, invoiced, suspended, pastDue, overdue }: HealthCustomer): Pick<HealthFacts, 'payment'> =>
  running + invoiced === 0 ? {} : { payment: { suspended, pastDue, overdue } };

function activityOf(
  { hasSignIns, lastSignInOn, createdOn }: HealthCustomer,
  day: string,
  inactiveDays: number,
): Pick<HealthFacts, 'activity'> {
  if (!hasSignIns) return {};
  const ageDays = daysBetween(createdOn, day);
  const days = lastSignInOn === null ? null : Math.max(0, daysBetween(lastSignInOn, day));
  return { activity: { days, ageDays, inactiveDays } };
}

const dayMilliseconds = 86_400_000;
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMilliseconds;
const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMilliseconds).toISOString().slice(0, 10);
