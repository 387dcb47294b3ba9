import { type Ctx, inTenant, scopePersonOf } from '../access/index.ts';
import { findRemovals } from '../imports/index.ts';
import { AnswerMemory, sharedQuestions } from '../metrics/index.ts';
import { countBrought, type LicenseImports } from './license-import-queries.ts';
import {
  eachBrought,
  type FactsQuestion,
  findBrought,
  findLineStates,
  findOrganizationsOf,
  known,
  type LineStates,
  type NamedState,
  snapshotDays,
} from './license-state-queries.ts';
import { dayText, daysBetween, plusDays } from './running-contracts.ts';

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

const mostBrought = 1_000_000; // records; then asking anew takes less
const mostAnew = 2000; // organizations

/**
 * The states of lines as of a day, which hang on imports of licenses alone. What an import brings is added to what was told before, also as of one of the
 * days before; asked anew are the organizations of which that does not tell everything.
 */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- who asks it has asked, or is the hub itself; it only reads
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
      const added = before ? await goOn(ctx, asked, before, imports) : undefined;
      const states = added ?? (await findLineStates(asked));
      latest.keep(whose, { day, imports, states }, weightOf(states));
      return states;
    },
  });
}

/** Undefined: everything is to be asked anew. */
async function goOn(
  ctx: Ctx,
  question: FactsQuestion,
  before: Kept,
  imports: LicenseImports,
): Promise<LineStates | undefined> {
  const days = daysBetween(before.day, question.day);
  const isNear = days === 0 || (days > 0 && days < snapshotDays && !question.visible.hasOwn);
  const batches = isNear ? broughtSince(before.imports, imports, days > 0) : undefined;
  const gone = batches && (await goneSince(ctx, question, before.imports, imports));
  if (batches === undefined || gone === undefined) return undefined;
  const isSame = days === 0 && batches.length === 0;
  const brought = isSame ? [] : await findBrought(question, { batches, since: before.day, most: mostBrought });
  if (brought === undefined) return undefined;
  const start = days === 0 ? { states: before.states, unsure: [] } : laterOn(before.states, question.day);
  const { states, unsure } = withBrought(start.states, brought, question);
  const anew = [...new Set([...gone, ...start.unsure, ...unsure])];
  if (anew.length > mostAnew) return undefined;
  if (anew.length === 0) return states;
  const told = await findLineStates(question, anew);
  for (const org of anew) {
    const own = told.get(org);
    if (own) states.set(org, own);
    else states.delete(org);
  }
  return states;
}

/**
 * The imports that came since; undefined: something else happened than that they came, were undone, or were left behind as the days went on. Of one
 * day, the import with the higher number tells.
 */
function broughtSince(before: LicenseImports, now: LicenseImports, isLater: boolean): number[] | undefined {
  const known = new Set([...before.committed, ...before.undone]);
  const newest = Math.max(0, ...known);
  const here = new Set([...now.committed, ...now.undone]);
  const batches = now.committed.filter((number) => !known.has(number));
  const isAsBefore = isLater || [...known].every((number) => here.has(number));
  const isAgain = before.undone.some((number) => now.committed.includes(number));
  return isAsBefore && !isAgain && batches.every((number) => number > newest) ? batches : undefined;
}

/** The organizations of which records went since, with an import that was undone, or beside the imports; undefined: not known. */
async function goneSince(
  ctx: Ctx,
  question: FactsQuestion,
  before: LicenseImports,
  now: LicenseImports,
): Promise<string[] | undefined> {
  const { store, day } = question;
  const region = store.region;
  const undone = now.undone.filter((number) => !before.undone.includes(number));
  const removals = { after: before.removals, until: now.removals };
  if (undone.length === 0 && removals.after === removals.until) return [];
  const { gone, rows } = await inTenant(ctx, async (tx) => ({
    gone: await findRemovals(tx, region, removals),
    rows: await countBrought(tx, region, undone),
  }));
  const first = plusDays(day, 1 - 2 * snapshotDays);
  const isKnown = gone.every(
    ({ orgUuid, licensesBefore }) => orgUuid !== undefined || (licensesBefore !== undefined && licensesBefore <= first),
  );
  if (!isKnown || gone.length !== removals.until - removals.after || rows === undefined) return undefined;
  const ofUndone =
    undone.length === 0 ? [] : await findOrganizationsOf(question, { batches: undone, rows, most: mostAnew });
  return ofUndone && [...ofUndone, ...gone.flatMap(({ orgUuid }) => orgUuid ?? [])];
}

/**
 * What is told on a later day of what was told before, where no record comes in between: a snapshot that is too old by then tells nothing. Unsure are
 * organizations with a line of which there is no other, or that is told by several.
 */
function laterOn(before: LineStates, day: string): { states: LineStates; unsure: string[] } {
  const lastBefore = plusDays(day, -snapshotDays);
  const tooOld = plusDays(day, -2 * snapshotDays);
  const states = new Map<string, readonly NamedState[]>();
  const unsure: string[] = [];
  for (const [org, own] of before) {
    if (own.some(({ record, asOf }) => record === undefined || asOf <= lastBefore)) unsure.push(org);
    const isAnyTooOld = own.some((state) => state.before !== undefined && state.before.asOf <= tooOld);
    states.set(org, isAnyTooOld ? own.map((state) => withoutOld(state, tooOld)) : own);
  }
  return { states, unsure };
}

const withoutOld = (state: NamedState, tooOld: string): NamedState =>
  state.before !== undefined && state.before.asOf <= tooOld ? { ...state, before: undefined } : state;

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
