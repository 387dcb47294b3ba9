import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import type { RegionCode } from '@hub/contract/regions';
import type { Ctx } from '../access/index.ts';
import { countUsersBack, findKnownOrganizations } from '../metrics/index.ts';
import type { ContractBook } from './contract-book.ts';
import type { Counted } from './kpi-parts.ts';
import { fewOf, type FactsQuestion, type LineState, type LineStates, snapshotDays } from './license-state-queries.ts';
import { type Line, lineOf, type LegUse } from './lines.ts';
import { judge } from './low-assignment-rules.ts';
import { type RunningContract, runningOn } from './running-contracts.ts';

const atOnce = 5000; // then whoever else waits is served first

export interface DayQuestion extends FactsQuestion {
  region: RegionCode;
  rule: LowAssignmentRule;
  /** Rollups of call legs hold everything. */
  hasRollups: boolean;
}

/** Every line of these contracts that runs on a day, judged among its peers. A line is a product of a subscription or trial. */
export async function linesOfDay(
  ctx: Ctx,
  question: DayQuestion,
  { book, states }: { book: ContractBook; states: LineStates },
): Promise<Counted> {
  const { day, rule } = question;
  const contracts: RunningContract[] = [];
  const held: Held[] = [];
  for (const [at, known] of [...book.byCustomer.values()].entries()) {
    if (at % atOnce === 0) await nextTurn();
    for (const contract of known) {
      const running = runningOn(day, contract);
      if (running === undefined) continue;
      contracts.push(running);
      for (const line of running.held)
        held.push({ contract: running, line, state: stateOf(running, line.product, states) });
    }
  }
  const legUse = await findLegUse(ctx, question, held);
  const lines: Line[] = [];
  for (const [at, { contract, line, state }] of held.entries()) {
    if (at % atOnce === 0) await nextTurn();
    const { orgUuid } = contract.customer;
    const use = line.product === 'calling' && orgUuid !== null ? legUse.get(orgUuid) : undefined;
    lines.push(lineOf(contract, line, { day, state, legUse: use }));
  }
  await nextTurn();
  const judgments = judge(
    lines.map(({ product, total, assigned, daysSinceAdded }) => ({
      product,
      total,
      assigned,
      ageDays: daysSinceAdded,
    })),
    rule,
  );
  for (const [at, line] of lines.entries()) line.judgment = judgments[at];
  return { day, contracts, lines };
}

const stateOf = (
  { customer, reference }: RunningContract,
  product: Line['product'],
  states: LineStates,
): LineState | undefined =>
  states.get(customer.orgUuid ?? '')?.find((state) => state.product === product && state.subscription === reference);

interface Held {
  contract: RunningContract;
  line: RunningContract['held'][number];
  state: LineState | undefined;
}

/**
 * By organization, people with a call leg, of customers whose only line of Calling has a snapshot that does not tell its use. Legs do not say of
 * which subscription they are: where there are several lines, use stays unknown. Without any call history it is unknown, too, not 0.
 */
async function findLegUse(
  ctx: Ctx,
  question: DayQuestion,
  held: readonly Held[],
): Promise<ReadonlyMap<string, LegUse>> {
  const callingOf = Map.groupBy(
    held.filter(({ line }) => line.product === 'calling'),
    ({ contract }) => contract.customer.orgUuid,
  );
  const silent = [...callingOf].flatMap(([org, own]) =>
    org !== null && own.length === 1 && own[0]?.state !== undefined && own[0].state.used === null ? [org] : [],
  );
  if (silent.length === 0) return new Map();
  const known = new Set(await findKnownOrganizations(question, 'call_history'));
  const users = await countUsersBack(
    { ...question, days: snapshotDays, windows: 2, orgs: fewOf(silent) },
    ctx.clock.now(),
  );
  return new Map(
    silent
      .filter((org) => known.has(org))
      .map((org) => {
        const [now = 0, before = 0] = users.get(org) ?? [];
        return [org, { now, before }];
      }),
  );
}
