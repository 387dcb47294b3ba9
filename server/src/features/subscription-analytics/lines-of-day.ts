import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant } from '../access/index.ts';
import { countUsersBack, findKnownOrganizations } from '../metrics/index.ts';
import { findContracts, findOwnedCustomers } from './contract-queries.ts';
import type { Counted } from './kpi-parts.ts';
import {
  fewOf,
  type FactsQuestion,
  findLineStates,
  type LineState,
  type LineStates,
  snapshotDays,
} from './license-state-queries.ts';
import { type Line, lineOf, type LegUse } from './lines.ts';
import { judge } from './low-assignment-rules.ts';
import { type RunningContract, runningOn } from './running-contracts.ts';

export interface DayQuestion extends FactsQuestion {
  region: RegionCode;
  rule: LowAssignmentRule;
  /** Rollups of call legs hold everything. */
  hasRollups: boolean;
}

/** Every line that runs on a day, in scope, judged among its peers. A line is a product of a subscription or trial. */
// oxlint-disable-next-line hub/verb-asks -- who asks it has asked, or is the hub itself; it only reads
export async function linesOfDay(ctx: Ctx, question: DayQuestion): Promise<Counted> {
  const { region, day, rule } = question;
  const [contracts, states] = await Promise.all([readRunning(ctx, region, day), findLineStates(question)]);
  const held = contracts.flatMap((contract) =>
    contract.held.map((line) => ({ contract, line, state: stateOf(contract, line.product, states) })),
  );
  const legUse = await findLegUse(ctx, question, held);
  const lines = held.map(({ contract, line, state }): Line => {
    const { orgUuid } = contract.customer;
    const use = line.product === 'calling' && orgUuid !== null ? legUse.get(orgUuid) : undefined;
    return lineOf(contract, line, { day, state, legUse: use });
  });
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

async function readRunning(ctx: Ctx, region: RegionCode, day: string): Promise<RunningContract[]> {
  return inTenant(ctx, async (tx) => {
    const customers = new Map((await findOwnedCustomers(tx, region)).map((customer) => [customer.id, customer]));
    const contracts = await findContracts(tx, region, day);
    return contracts.flatMap((facts) => {
      const customer = customers.get(facts.customerId);
      const running = customer && runningOn(day, facts, customer);
      return running ? [running] : [];
    });
  });
}

const stateOf = (
  { customer, reference }: RunningContract,
  product: Line['product'],
  states: LineStates,
): LineState | undefined =>
  states.get(customer.orgUuid ?? '')?.find((state) => state.product === product && state.subscription === reference);

interface Held {
  contract: RunningContract;
  line: { product: Line['product'] };
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
