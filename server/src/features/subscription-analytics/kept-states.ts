import { type Ctx, scopePersonOf } from '../access/index.ts';
import { AnswerMemory, sharedQuestions } from '../metrics/index.ts';
import type { LicenseImports } from './license-import-queries.ts';
import {
  eachBrought,
  type FactsQuestion,
  findBrought,
  findLineStates,
  known,
  type LineStates,
  type NamedState,
  snapshotDays,
} from './license-state-queries.ts';
import { dayText, plusDays } from './running-contracts.ts';

// Some 200 bytes each, by line.
const remembered = 700_000;
const weightOf = (states: LineStates): number => 1 + 3 * states.size;
const shared = sharedQuestions<LineStates>({
  atATime: (store) => (store.isEmbedded ? 2 : 6),
  remembers: remembered,
  weightOf,
});

interface Kept {
  day: string;
  imports: LicenseImports;
  states: LineStates;
}
/** What was told last, to whom, and where: mostly the same states as those that are remembered. */
const latest = new AnswerMemory<Kept>(remembered);

const mostBrought = 500_000; // records; then asking anew takes less
const mostAnew = 2000; // organizations

/**
 * The states of lines as of a day, which hang on imports of licenses alone. What an import brings is added to what was told before; asked anew are the
 * organizations of which that does not tell everything.
 */
export async function keptStates(ctx: Ctx, question: FactsQuestion, imports: LicenseImports): Promise<LineStates> {
  const { store, scope, visible, day, left } = question;
  const { partnerId } = ctx.actor;
  const whose = JSON.stringify([partnerId, scopePersonOf(ctx.actor), scope.scopeKey, store.region]);
  const { committed, undone, removals } = imports;
  return shared.ask(store, {
    key: JSON.stringify([whose, day, committed, undone, removals, visible.hasOwn]),
    partnerId,
    left,
    ask: async (everybody) => {
      const asked = { ...question, left: everybody };
      const before = latest.find(whose);
      const added = before?.day === day ? await goOn(asked, before, imports) : undefined;
      const states = added ?? (await findLineStates(asked));
      latest.keep(whose, { day, imports, states }, weightOf(states));
      return states;
    },
  });
}

/** Undefined: everything is to be asked anew. */
async function goOn(question: FactsQuestion, before: Kept, imports: LicenseImports): Promise<LineStates | undefined> {
  const batches = broughtSince(before.imports, imports);
  if (batches === undefined) return undefined;
  const brought = batches.length === 0 ? [] : await findBrought(question, { batches, most: mostBrought });
  if (brought === undefined) return undefined;
  const { states, unsure } = withBrought(before.states, brought, question);
  if (unsure.size > mostAnew) return undefined;
  if (unsure.size === 0) return states;
  const anew = await findLineStates(question, [...unsure]);
  for (const org of unsure) {
    const own = anew.get(org);
    if (own) states.set(org, own);
    else states.delete(org);
  }
  return states;
}

/** The imports that came since; undefined: something else happened as well. Of one day, the import with the higher number tells. */
function broughtSince(before: LicenseImports, now: LicenseImports): number[] | undefined {
  const known = new Set(before.committed);
  const newest = Math.max(0, ...before.committed, ...before.undone);
  const batches = now.committed.filter((number) => !known.has(number));
  const isMore =
    before.removals === now.removals &&
    before.undone.join() === now.undone.join() &&
    now.committed.length === known.size + batches.length &&
    batches.every((number) => number > newest);
  return isMore ? batches : undefined;
}

/**
 * A record takes the place of an older one of its site and name. Unsure are organizations with a line that is not told by that record alone, and all of
 * them where snapshots of the product's own assignments count, too, which stand for those of providers.
 */
function withBrought(
  before: LineStates,
  brought: Brought,
  { day, visible }: FactsQuestion,
): { states: Map<string, readonly NamedState[]>; unsure: Set<string> } {
  const states = new Map(before);
  const unsure = new Set<string>();
  const lastBefore = plusDays(day, -snapshotDays);
  let [org, own]: [string, NamedState[]] = ['', []];
  const copied = new Set<string>();
  // Of two imports the one with the higher number tells, so that they are taken in turn.
  for (const batch of batchesOf(brought))
    eachBrought(brought, (of, told, at) => {
      if (told.batches[at] !== batch) return;
      if (of !== org) {
        org = of;
        const known = states.get(of) ?? [];
        own = copied.has(of) ? (known as NamedState[]) : [...known];
      }
      const [subscription, product] = [told.names[at], told.codes[at]];
      const place = own.findIndex((state) => state.product === product && state.subscription === subscription);
      const state = own[place];
      if (visible.hasOwn || state === undefined || state.record !== told.records[at]) {
        unsure.add(of);
        return;
      }
      const ofDay = dayText(told.days[at] ?? 0);
      own[place] = ofDay > lastBefore ? withNow(state, ofDay, { told, at }) : withBefore(state, ofDay, { told, at });
      if (copied.has(of)) return;
      copied.add(of);
      states.set(of, own);
    });
  return { states, unsure };
}

type Brought = NonNullable<Awaited<ReturnType<typeof findBrought>>>;
interface Place {
  told: Brought[number];
  at: number;
}

const batchesOf = (brought: Brought): number[] =>
  [...new Set(brought.flatMap(({ batches }) => [...new Set(batches)]))].sort((a, b) => a - b);

function withNow(state: NamedState, day: string, { told, at }: Place): NamedState {
  if (day < state.asOf) return state;
  return {
    subscription: state.subscription,
    product: state.product,
    total: known(told.totals[at]),
    assigned: known(told.assigned[at]),
    used: known(told.used[at]),
    usedIn90Days: known(told.used90[at]),
    asOf: day,
    before: state.before,
    record: state.record,
  };
}

const withBefore = (state: NamedState, day: string, { told, at }: Place): NamedState =>
  state.before !== undefined && day < state.before.asOf
    ? state
    : { ...state, before: { assigned: known(told.assigned[at]), used: known(told.used[at]), asOf: day } };
