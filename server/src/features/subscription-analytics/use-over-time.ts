import { hash } from 'node:crypto';
import { sectionDays } from '@hub/contract/subscription-metrics';
import type { Ctx } from '../access/index.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { type Asked, countUsersBack, sharedQuestions } from '../metrics/index.ts';
import { factsState } from './facts-state.ts';
import { fewOf, findHighestUse, findUseByWeek, lineKey, snapshotDays } from './license-state-queries.ts';
import type { Line } from './lines.ts';
import type { DayQuestion } from './lines-of-day.ts';
import { plusDays } from './running-contracts.ts';

export const sparklineWeeks = 13;

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
const sharedWeeks = sharedQuestions<ReadonlyMap<string, (number | null)[]>>({
  atATime,
  remembers: 50_000,
  weightOf: (weeks) => weeks.size + 1,
});

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
  question: DayQuestion,
  lines: readonly Line[],
): Promise<Map<string, (number | null)[]>> {
  const silent = lines.filter(({ usedFrom }) => usedFrom === 'call_legs');
  const orgs = orgsOf(lines);
  const [weeks, users] = await Promise.all([
    orgs.length === 0
      ? undefined
      : sharedWeeks.ask(
          question.store,
          asked(ctx, question, orgs, () => findUseByWeek(question, { weeks: sparklineWeeks, orgs })),
        ),
    usersOf(ctx, question, silent, { days: snapshotDays, windows: sparklineWeeks }),
  ]);
  return new Map(
    lines.map((line) => {
      const told = weeks?.get(keyOf(line) ?? '') ?? new Array<null>(sparklineWeeks).fill(null);
      const people = users.get(line.contract.customer.orgUuid ?? '');
      if (line.usedFrom !== 'call_legs') return [line.key, told];
      return [line.key, told.map((used, at) => used ?? people?.[sparklineWeeks - 1 - at] ?? 0)];
    }),
  );
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
