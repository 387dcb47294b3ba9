import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, regionalScope, requirePermission, scopePersonOf } from '../access/index.ts';
import { findMatchingIds } from '../customers/index.ts';
import { areRollupsBuilt, readVisibility } from '../imports/index.ts';
import { AnswerMemory, sharedQuestions } from '../metrics/index.ts';
import { dateIn, readPolicy } from '../statuses/index.ts';
import { contractBook } from './contract-book.ts';
import type { Counted } from './kpi-parts.ts';
import { readLowAssignmentRule } from './low-assignment-queries.ts';
import { factsState } from './facts-state.ts';
import { keptStates } from './kept-states.ts';
import { findLicenseImports, type LicenseImports } from './license-import-queries.ts';
import { type DayLines, type DayQuestion, linesOfDay } from './lines-of-day.ts';

const mostCustomers = 1_000_000; // of one partner, far above what the directory is made for
// Lines and contracts of a region, some 300 bytes each: 200 MB.
const weightOf = ({ lines, contracts }: Counted): number => lines.length + contracts.length + 1;
const shared = sharedQuestions<DayLines>({
  atATime: (store) => (store.isEmbedded ? 2 : 6),
  remembers: 700_000,
  weightOf,
});
/** What was told last, to whom, and where: mostly the same lines as those that are remembered. */
const latest = new AnswerMemory<DayLines>(700_000);

export interface RegionLines extends Counted {
  timeZone: string;
  rule: LowAssignmentRule;
  question: DayQuestion & { imports: LicenseImports };
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
  const told = await inTenant(ctx, async (tx) => {
    const { timeZone } = await readPolicy(tx, partnerId);
    const day = dateIn(timeZone, ctx.clock.now());
    return {
      timeZone,
      day,
      imports: await findLicenseImports(tx, region, day),
      visible: await readVisibility(tx, region),
      rule: await readLowAssignmentRule(tx, partnerId),
      matching:
        (filter ?? '').trim() === '' ? undefined : new Set(await findMatchingIds(tx, ctx, filter ?? '', mostCustomers)),
    };
  });
  const { timeZone, day, imports, visible, rule, matching } = told;
  const hasRollups = await areRollupsBuilt(store, partnerId);
  const question = { store, scope, visible, hasRollups, region, day, rule, imports };
  const facts = factsState(ctx, question);
  const book = await contractBook(ctx, region, day);
  const whose = JSON.stringify([partnerId, scopePersonOf(ctx.actor), scope.scopeKey, region]);
  const counted = await shared.ask(store, {
    key: JSON.stringify([...facts, hasRollups, whose, book.version, rule]),
    partnerId,
    left,
    ask: async (everybody) => {
      const asked = { ...question, left: everybody };
      const states = await keptStates(ctx, asked, imports);
      const before = latest.find(whose);
      const lines = await linesOfDay(ctx, asked, { book, states, before: before?.day === day ? before : undefined });
      latest.keep(whose, lines, weightOf(lines));
      return lines;
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
    byCustomer: new Map([...counted.byCustomer].filter(([id]) => matching.has(id))),
  };
}
