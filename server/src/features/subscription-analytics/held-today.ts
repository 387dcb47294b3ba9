import type { Product } from '@hub/contract/products';
import { countUsersBack, findKnownOrganizations } from '../metrics/index.ts';
import { fewOf, type FactsQuestion, type LineStates, type NamedState, snapshotDays } from './license-state-queries.ts';
import { toldOnce } from './told-once.ts';
import { type Held, type HeldPart, heldParts } from './trend-queries.ts';

type Sums = Record<HeldPart, number>;

interface HeldNow {
  byProduct: Map<Product, Sums>;
  /** By organization, its line of Calling where it is the only one, and does not tell its use. */
  silent: Map<string, NamedState>;
}

interface Question extends FactsQuestion {
  hasRollups: boolean;
}

/** What is held of a product as of the day of these states by all organizations but those left out: the last point of a trend. */
export async function heldNow(
  question: Question,
  { states, others, product, now }: { states: LineStates; others: readonly string[]; product: Product; now: Date },
): Promise<Held | undefined> {
  const { byProduct, silent } = toldOnce(states, `held without ${others.join()}`, () => addUp(states, new Set(others)));
  const sums = byProduct.get(product);
  if (sums === undefined || product !== 'calling' || silent.size === 0) return sums;
  return withPeople(question, sums, { silent, now });
}

function addUp(states: LineStates, others: ReadonlySet<string>): HeldNow {
  const byProduct: HeldNow['byProduct'] = new Map();
  const silent: HeldNow['silent'] = new Map();
  for (const [org, own] of states) {
    if (others.has(org)) continue;
    for (const state of own) {
      const sums = byProduct.get(state.product) ?? none();
      byProduct.set(state.product, sums);
      addLine(sums, state);
    }
    const [only, another] = own.filter(({ product }) => product === 'calling');
    if (only !== undefined && another === undefined && only.used === null) silent.set(org, only);
  }
  return { byProduct, silent };
}

const none = (): Sums => Object.fromEntries(heldParts.map((part) => [part, 0])) as Sums;

function addLine(sums: Sums, { total, assigned, used }: NamedState): void {
  sums.lines++;
  if (total !== null) {
    sums.ordered += total;
    sums.ordered_lines++;
  }
  if (assigned !== null) {
    sums.assigned += assigned;
    sums.assigned_lines++;
  }
  if (used !== null) {
    sums.used += used;
    sums.used_lines++;
  }
  if (total !== null && assigned !== null) {
    sums.available += Math.max(0, total - assigned);
    sums.over += Math.max(0, assigned - total);
    sums.compared_lines++;
    sums.ordered_of_assigned += total;
    sums.assigned_of_ordered += assigned;
  }
  if (total !== null && used !== null) {
    sums.ordered_of_used += total;
    sums.used_of_ordered += used;
  }
}

/** People with a call leg stand for the use that silent lines do not tell, where there is any call history. */
async function withPeople(
  question: Question,
  sums: Sums,
  { silent, now }: { silent: ReadonlyMap<string, NamedState>; now: Date },
): Promise<Held> {
  const known = new Set(await findKnownOrganizations(question, 'call_history'));
  const users = await countUsersBack(
    { ...question, days: snapshotDays, windows: 1, orgs: fewOf([...silent.keys()]) },
    now,
  );
  const all = { ...sums };
  for (const [org, { total }] of silent) {
    if (!known.has(org)) continue;
    const [people = 0] = users.get(org) ?? [];
    all.used += people;
    all.used_lines++;
    all.leg_lines++;
    if (total === null) continue;
    all.ordered_of_used += total;
    all.used_of_ordered += people;
  }
  return all;
}
