import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import type { RegionCode } from '@hub/contract/regions';
import type { Ctx } from '../access/index.ts';
import { countUsersBack, findKnownOrganizations } from '../metrics/index.ts';
import type { ContractBook } from './contract-book.ts';
import type { Counted, CustomerCounted } from './kpi-parts.ts';
import { fewOf, type FactsQuestion, type LineState, type LineStates, snapshotDays } from './license-state-queries.ts';
import { type Line, lineOf, type LegUse } from './lines.ts';
import { judge, type Judgment } from './low-assignment-rules.ts';
import { type KnownContract, type RunningContract, runningOn } from './running-contracts.ts';

const atOnce = 5000; // then whoever else waits is served first

export interface DayQuestion extends FactsQuestion {
  region: RegionCode;
  rule: LowAssignmentRule;
  /** Rollups of call legs hold everything. */
  hasRollups: boolean;
}

/** The same, with what each customer's lines were told from: where that is the same the next time, so are they. */
export interface DayLines extends Counted {
  book: ContractBook['version'];
  states: LineStates;
  byCustomer: ReadonlyMap<string, CustomerLines>;
}

interface CustomerLines extends CustomerCounted {
  known: readonly KnownContract[];
  states: OwnStates | undefined;
  /** By line, the place of its state; -1: it has none. */
  places: readonly number[];
  /** Its organization, where people with a call leg may stand for use that no snapshot tells. */
  silent: string | undefined;
  legUse: LegUse | undefined;
  /** Others hold these lines: from then on none of them is changed. */
  isTold: boolean;
}

type OwnStates = NonNullable<ReturnType<LineStates['get']>>;

/**
 * Every line of these contracts that runs on a day, judged among its peers. A line is a product of a subscription or trial. `before`: what was told
 * of the same day with other contracts, or in another state of the facts.
 */
export async function linesOfDay(
  ctx: Ctx,
  question: DayQuestion,
  { book, states, before }: { book: ContractBook; states: LineStates; before?: DayLines | undefined },
): Promise<DayLines> {
  const { day, rule } = question;
  const byCustomer =
    before && before.states === states && book.since?.version === before.book
      ? changedLines(before, book, { day, changed: book.since.changed })
      : await comparedLines(before, book, { day, states });
  await addLegUse(ctx, question, byCustomer);
  await judgeAll(byCustomer, rule);
  const contracts: RunningContract[] = [];
  const lines: Line[] = [];
  for (const own of byCustomer.values()) {
    contracts.push(...own.contracts);
    lines.push(...own.lines);
  }
  return { day, contracts, lines, byCustomer, book: book.version, states };
}

/** The lines of these customers are told anew, and those of the others are as before. */
function changedLines(
  { byCustomer: before, states }: DayLines,
  book: ContractBook,
  { day, changed }: { day: string; changed: readonly string[] },
): Map<string, CustomerLines> {
  const byCustomer = new Map(before);
  for (const id of changed) {
    const known = book.byCustomer.get(id);
    if (known) byCustomer.set(id, linesOfCustomer(day, known, { states: statesOf(known, states), before: undefined }));
    else byCustomer.delete(id);
  }
  return byCustomer;
}

async function comparedLines(
  before: DayLines | undefined,
  book: ContractBook,
  { day, states }: { day: string; states: LineStates },
): Promise<Map<string, CustomerLines>> {
  const byCustomer = new Map<string, CustomerLines>();
  let turn = 0;
  for (const [id, known] of book.byCustomer) {
    if (turn++ % atOnce === 0) await nextTurn();
    const own = statesOf(known, states);
    const told = before?.byCustomer.get(id);
    const same = told?.known === known ? told : undefined;
    byCustomer.set(id, same && same.states === own ? same : linesOfCustomer(day, known, { states: own, before: same }));
  }
  return byCustomer;
}

const statesOf = ([first]: readonly KnownContract[], states: LineStates): OwnStates | undefined =>
  states.get(first?.customer.orgUuid ?? '');

async function judgeAll(byCustomer: Map<string, CustomerLines>, rule: LowAssignmentRule): Promise<void> {
  const all: Line[] = [];
  for (const { lines } of byCustomer.values()) all.push(...lines);
  await nextTurn();
  const judgments = judge(all, rule);
  await nextTurn();
  let from = 0;
  for (const [id, own] of byCustomer) {
    const { lines } = own;
    const first = from;
    from += lines.length;
    if (own.isTold) {
      if (lines.every(({ judgment }, at) => isSame(judgment, judgments[first + at]))) continue;
      const judged = lines.map((line, at) => ({ ...line, judgment: judgments[first + at] }));
      byCustomer.set(id, { ...own, lines: judged, counts: {} });
      continue;
    }
    for (const [at, line] of lines.entries()) line.judgment = judgments[first + at];
    own.isTold = true;
  }
}

const isSame = (one: Judgment | undefined, other: Judgment | undefined): boolean =>
  one === other ||
  (one !== undefined &&
    other !== undefined &&
    one.isLow === other.isLow &&
    one.median === other.median &&
    one.limit === other.limit &&
    one.peers === other.peers &&
    one.by === other.by &&
    one.band.from === other.band.from &&
    one.band.to === other.band.to);

/** `before`: the same contracts with other states. */
function linesOfCustomer(
  day: string,
  known: readonly KnownContract[],
  { states, before }: { states: OwnStates | undefined; before: CustomerLines | undefined },
): CustomerLines {
  const contracts = before?.contracts ?? known.flatMap((contract) => runningOn(day, contract) ?? []);
  const places =
    before && areAlike(before.states, states) ? before.places : contracts.flatMap((one) => placesOf(one, states));
  const lines = linesOf(contracts, { states, places, legUse: undefined });
  return {
    known,
    states,
    places,
    silent: silentOf(lines),
    legUse: undefined,
    contracts,
    lines,
    counts: {},
    isTold: false,
  };
}

/** By line of a contract, the place of its state; -1: it has none. */
const placesOf = ({ reference, held }: RunningContract, states: OwnStates | undefined): number[] =>
  held.map(
    (line) => states?.findIndex((state) => state.product === line.product && state.subscription === reference) ?? -1,
  );

/** Whether they are of the same lines, in the same places. */
const areAlike = (one: OwnStates | undefined, other: OwnStates | undefined): boolean =>
  one === other ||
  (one !== undefined &&
    one.length === other?.length &&
    one.every(
      ({ product, subscription }, at) => product === other[at]?.product && subscription === other[at].subscription,
    ));

function linesOf(
  contracts: readonly RunningContract[],
  { states, places, legUse }: { states: OwnStates | undefined; places: readonly number[]; legUse: LegUse | undefined },
): Line[] {
  const lines: Line[] = [];
  for (const contract of contracts)
    for (const line of contract.held) {
      const state: LineState | undefined = states?.[places[lines.length] ?? -1];
      lines.push(lineOf(contract, line, { state, legUse: line.product === 'calling' ? legUse : undefined }));
    }
  return lines;
}

/** A customer whose only line of Calling has a snapshot that does not tell its use. Legs do not say of which subscription they are: where there are several lines, use stays unknown. */
function silentOf(lines: readonly Line[]): string | undefined {
  const [only, another] = lines.filter(({ product }) => product === 'calling');
  const isSilent = another === undefined && only !== undefined && only.asOf !== null && only.used === null;
  return isSilent ? (only.contract.customer.orgUuid ?? undefined) : undefined;
}

/**
 * People with a call leg stand for the use of silent lines. Without any call history use is unknown, too, not 0.
 */
async function addLegUse(ctx: Ctx, question: DayQuestion, byCustomer: Map<string, CustomerLines>): Promise<void> {
  const silentOnes: string[] = [];
  let hasUse = false;
  for (const { silent, legUse } of byCustomer.values()) {
    if (silent !== undefined) silentOnes.push(silent);
    hasUse ||= legUse !== undefined;
  }
  if (silentOnes.length === 0 && !hasUse) return;
  const legUse = await findLegUse(ctx, question, silentOnes);
  for (const [id, own] of byCustomer) {
    const { silent, contracts, states, places } = own;
    const use = silent === undefined ? undefined : legUse.get(silent);
    if (own.legUse?.now === use?.now && own.legUse?.before === use?.before) continue;
    const lines = linesOf(contracts, { states, places, legUse: use });
    byCustomer.set(id, { ...own, legUse: use, lines, counts: {}, isTold: false });
  }
}

/** By organization. */
async function findLegUse(
  ctx: Ctx,
  question: DayQuestion,
  silent: readonly string[],
): Promise<ReadonlyMap<string, LegUse>> {
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
