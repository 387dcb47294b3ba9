import { hash } from 'node:crypto';
import { sectionDays } from '@hub/contract/subscription-metrics';
import { type Ctx, scopePersonOf } from '../access/index.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { AnswerMemory, type Asked, countUsersBack, sharedQuestions } from '../metrics/index.ts';
import { factsState } from './facts-state.ts';
import { sparklineWeeks } from './license-import-queries.ts';
import { fewOf, findHighestUse, findUseByWeek, lineKey, snapshotDays } from './license-state-queries.ts';
import type { Line } from './lines.ts';
import type { DayQuestion } from './lines-of-day.ts';
import type { RegionLines } from './region-lines.ts';
import { plusDays } from './running-contracts.ts';

export interface ThreeMonths {
  used: number;
  from: 'feed' | 'weeks' | 'call_legs';
}

const atATime = (store: RegionalStore): number => (store.isEmbedded ? 2 : 6);
const sharedHighest = sharedQuestions<ReadonlyMap<string, number>>({
  atATime,
  remembers: 500_000,
  weightOf: (highest) => highest.size + 1,
});
/** By organization, its lines week by week; each is a line of a page now and then. */
const knownWeeks = new AnswerMemory<ReadonlyMap<string, Weeks>>(50_000);
type Weeks = (number | null)[];

/** The question as it is remembered: of these organizations, in this state of the facts. */
function asked<Answer>(
  ctx: Ctx,
  question: DayQuestion,
  orgs: readonly string[] | undefined,
  ask: () => Promise<Answer>,
): Asked<Answer> {
  const { partnerId } = ctx.actor;
  const key = hash('sha256', JSON.stringify([...factsState(ctx, question), orgs?.toSorted()]));
  return { key, partnerId, left: undefined, ask };
}

/** The days of a sparkline, a week apart, the last one as of which everything is told. */
export const weekDaysOf = (day: string): string[] =>
  Array.from({ length: sparklineWeeks }, (_, at) => plusDays(day, -7 * (sparklineWeeks - 1 - at)));

const keyOf = ({ contract, product }: Line): string | undefined =>
  contract.customer.orgUuid === null ? undefined : lineKey(contract.customer.orgUuid, contract.reference, product);
const orgsOf = (lines: readonly Line[]): string[] => [
  ...new Set(lines.flatMap(({ contract }) => (contract.customer.orgUuid === null ? [] : [contract.customer.orgUuid]))),
];

/**
 * By line, what was used in the last three months: the feed's own figure of 90 days, or else the highest one of 7 days within them, or else, where
 * use is counted from call legs, people with a leg in them.
 */
export async function lastThreeMonths(
  ctx: Ctx,
  question: DayQuestion,
  lines: readonly Line[],
): Promise<Map<string, ThreeMonths>> {
  const untold = lines.filter(({ usedIn90Days }) => usedIn90Days === null);
  const orgs = orgsOf(untold);
  const silent = untold.filter(({ usedFrom }) => usedFrom === 'call_legs');
  const named = fewOf(orgs);
  const [highest, users] = await Promise.all([
    untold.length === 0
      ? undefined
      : sharedHighest.ask(
          question.store,
          asked(ctx, question, named, () => findHighestUse(question, named)),
        ),
    usersOf(ctx, question, silent, { days: sectionDays, windows: 1 }),
  ]);
  const told = new Map<string, ThreeMonths>();
  for (const line of lines) {
    const ofWeeks = highest?.get(keyOf(line) ?? '');
    if (line.usedIn90Days !== null) told.set(line.key, { used: line.usedIn90Days, from: 'feed' });
    else if (ofWeeks !== undefined) told.set(line.key, { used: ofWeeks, from: 'weeks' });
    else if (line.usedFrom === 'call_legs')
      told.set(line.key, { used: users.get(line.contract.customer.orgUuid ?? '')?.[0] ?? 0, from: 'call_legs' });
  }
  return told;
}

/** By line, what was used in 7 days as of each day of the sparkline: of the few lines of a page. */
export async function weeklyUse(
  ctx: Ctx,
  question: RegionLines['question'],
  lines: readonly Line[],
): Promise<Map<string, Weeks>> {
  const silent = lines.filter(({ usedFrom }) => usedFrom === 'call_legs');
  const [weeks, users] = await Promise.all([
    findWeeks(ctx, question, lines),
    usersOf(ctx, question, silent, { days: snapshotDays, windows: sparklineWeeks }),
  ]);
  return new Map(
    lines.map((line) => {
      const told = weeks.get(keyOf(line) ?? '') ?? new Array<null>(sparklineWeeks).fill(null);
      const people = users.get(line.contract.customer.orgUuid ?? '');
      if (line.usedFrom !== 'call_legs') return [line.key, told];
      return [line.key, told.map((used, at) => used ?? people?.[sparklineWeeks - 1 - at] ?? 0)];
    }),
  );
}

/** What imports tell of the last week changes every day, and stands in the lines themselves; the weeks before are remembered. */
async function findWeeks(
  ctx: Ctx,
  question: RegionLines['question'],
  lines: readonly Line[],
): Promise<Map<string, Weeks>> {
  const { scope, visible, imports, day, region } = question;
  const { partnerId } = ctx.actor;
  // Where the product's own assignments are told, too, a line is not what providers say of it.
  const isLastInLine = !visible.hasOwn;
  const state = JSON.stringify([
    partnerId,
    scopePersonOf(ctx.actor),
    scope.scopeKey,
    region,
    day,
    imports.older,
    imports.otherRemovals,
  ]);
  const more = isLastInLine ? '' : JSON.stringify([imports.committed, imports.undone]);
  const keyOfOrg = (org: string): string => `${state} ${more} ${org} ${imports.lastRemovals[org] ?? 0}`;
  const orgs = orgsOf(lines);
  const weeks = new Map<string, Weeks>();
  const missing = orgs.filter((org) => {
    const known = knownWeeks.find(keyOfOrg(org));
    for (const [key, own] of known ?? []) weeks.set(key, own);
    return known === undefined;
  });
  if (missing.length > 0) {
    const found = await findUseByWeek(question, { weeks: sparklineWeeks, orgs: missing });
    const byOrg = Map.groupBy(found, ([key]) => key.slice(0, key.indexOf(' ')));
    for (const org of missing)
      knownWeeks.keep(keyOfOrg(org), new Map(byOrg.get(org) ?? []), 1 + (byOrg.get(org)?.length ?? 0));
    for (const [key, own] of found) weeks.set(key, own);
  }
  if (!isLastInLine) return weeks;
  for (const line of lines) {
    const key = keyOf(line);
    const last = line.usedFrom === 'feed' ? line.used : null;
    const own = key === undefined ? undefined : weeks.get(key);
    if (key !== undefined && (own !== undefined || last !== null))
      weeks.set(key, [...(own ?? new Array<null>(sparklineWeeks).fill(null)).slice(0, -1), last]);
  }
  return weeks;
}

async function usersOf(
  ctx: Ctx,
  question: DayQuestion,
  silent: readonly Line[],
  windows: { days: number; windows: number },
): Promise<Map<string, number[]>> {
  if (silent.length === 0) return new Map();
  return countUsersBack({ ...question, ...windows, orgs: fewOf(orgsOf(silent)) }, ctx.clock.now());
}
