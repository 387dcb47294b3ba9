import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, regionalScope, requirePermission, scopePersonOf } from '../access/index.ts';
import { findMatchingIds } from '../customers/index.ts';
import { areRollupsBuilt, readVisibility } from '../imports/index.ts';
import { sharedQuestions } from '../metrics/index.ts';
import { dateIn, readPolicy } from '../statuses/index.ts';
import { contractBook } from './contract-book.ts';
import type { Counted } from './kpi-parts.ts';
import { readLowAssignmentRule } from './low-assignment-queries.ts';
import { factsState } from './facts-state.ts';
import { findLineStates, type LineStates } from './license-state-queries.ts';
import { type DayQuestion, linesOfDay } from './lines-of-day.ts';

const mostCustomers = 1_000_000; // of one partner, far above what the directory is made for
// Lines and contracts of a region, some 300 bytes each: 200 MB.
const shared = sharedQuestions<Counted>({
  atATime: (store) => (store.isEmbedded ? 2 : 6),
  remembers: 700_000,
  weightOf: ({ lines, contracts }) => lines.length + contracts.length + 1,
});

// Apart from the lines, which change with every contract: some 200 bytes each.
const sharedStates = sharedQuestions<LineStates>({
  atATime: (store) => (store.isEmbedded ? 2 : 6),
  remembers: 700_000,
  weightOf: (states) => states.size + 1,
});

export interface RegionLines extends Counted {
  timeZone: string;
  rule: LowAssignmentRule;
  question: DayQuestion;
  /** Undefined: of everybody in scope. */
  matching: ReadonlySet<string> | undefined;
}

/** The lines of a region as of today, in the partner's zone, as the actor may see them. Throws region_not_served, filter_invalid, filter_too_long. */
export async function regionLines(
  ctx: Ctx,
  region: RegionCode,
  filter: string | undefined,
  left?: AbortSignal,
): Promise<RegionLines> {
  requirePermission(ctx, 'subscriptions.read');
  const { partnerId } = ctx.actor;
  const { store, scope } = await regionalScope(ctx, region);
  const told = await inTenant(ctx, async (tx) => ({
    visible: await readVisibility(tx, region),
    policy: await readPolicy(tx, partnerId),
    rule: await readLowAssignmentRule(tx, partnerId),
    matching:
      (filter ?? '').trim() === '' ? undefined : new Set(await findMatchingIds(tx, ctx, filter ?? '', mostCustomers)),
  }));
  const { visible, rule, matching } = told;
  const { timeZone } = told.policy;
  const day = dateIn(timeZone, ctx.clock.now());
  const hasRollups = await areRollupsBuilt(store, partnerId);
  const question: DayQuestion = { store, scope, visible, hasRollups, region, day, rule };
  const facts = factsState(ctx, question);
  const book = await contractBook(ctx, region, day);
  const counted = await shared.ask(store, {
    key: JSON.stringify([...facts, hasRollups, scopePersonOf(ctx.actor), book.version, rule]),
    partnerId,
    left,
    ask: async (everybody) => {
      const asked = { ...question, left: everybody };
      const states = await sharedStates.ask(store, {
        key: JSON.stringify(facts),
        partnerId,
        left: everybody,
        ask: (all) => findLineStates({ ...question, left: all }),
      });
      return linesOfDay(ctx, asked, { book, states });
    },
  });
  return { ...onlyOf(counted, matching), timeZone, rule, question, matching };
}

function onlyOf(counted: Counted, matching: ReadonlySet<string> | undefined): Counted {
  if (matching === undefined) return counted;
  return {
    day: counted.day,
    contracts: counted.contracts.filter(({ customer }) => matching.has(customer.id)),
    lines: counted.lines.filter(({ contract }) => matching.has(contract.customer.id)),
  };
}
