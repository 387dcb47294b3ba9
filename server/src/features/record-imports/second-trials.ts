import { hasEnded } from '../subscriptions/index.ts';
import type { SettledContracts, StoredContract } from './settle-contracts.ts';

/** A trial that runs or is to come, with one of its products. */
export interface OpenTrial {
  customerId: string;
  reference: string;
  product: string;
}

/**
 * A customer tries a product once at a time (DOMAIN 3). By reference the trials of a file that would be a second one, with the reference of
 * the other: one of the same file where the days of the two meet, or any other that is open. What has ended is in nobody's way.
 */
export function findSecondTrials(
  { created, changed, unchanged }: Pick<SettledContracts, 'created' | 'changed' | 'unchanged'>,
  stored: readonly OpenTrial[],
  today: string,
): Map<string, string> {
  const given = [...created, ...changed].filter((trial) => !hasEnded(trial, today));
  const told = new Set([...created, ...changed, ...unchanged].map(({ reference }) => reference));
  const refused = new Map<string, string>();
  // Whoever is refused stays as it was, and may be in the way of another then.
  for (let before = -1; before < refused.size; ) {
    before = refused.size;
    const others = new Map<string, string>();
    for (const { customerId, product, reference } of stored)
      if (!told.has(reference) || refused.has(reference)) others.set(keyOf(customerId, product), reference);
    const taken = new TakenDays(unchanged.filter((trial) => !hasEnded(trial, today)));
    for (const trial of given) {
      if (refused.has(trial.reference)) continue;
      const [other] = [...trial.lines.keys()].flatMap((product) => others.get(keyOf(trial.customerId, product)) ?? []);
      const inTheWay = other ?? taken.meeting(trial);
      if (inTheWay === undefined) taken.add(trial);
      else refused.set(trial.reference, inTheWay);
    }
  }
  return refused;
}

const keyOf = (...parts: readonly string[]): string => parts.join('\n');

/** Trials by customer, product and month: of those that do not meet, a month holds few, however many a file has. */
class TakenDays {
  readonly #byMonth = new Map<string, StoredContract[]>();

  constructor(trials: readonly StoredContract[]) {
    for (const trial of trials) this.add(trial);
  }

  add(trial: StoredContract): void {
    for (const key of monthsOf(trial)) {
      const there = this.#byMonth.get(key);
      if (there) there.push(trial);
      else this.#byMonth.set(key, [trial]);
    }
  }

  /** The reference of one that runs on a day of this trial, too. */
  meeting(trial: StoredContract): string | undefined {
    for (const key of monthsOf(trial))
      for (const other of this.#byMonth.get(key) ?? [])
        if (other.startsOn <= (trial.endsOn ?? '') && trial.startsOn <= (other.endsOn ?? '')) return other.reference;
    return undefined;
  }
}

function monthsOf({ customerId, startsOn, endsOn, lines }: StoredContract): string[] {
  const months: string[] = [];
  const last = (endsOn ?? startsOn).slice(0, 7);
  for (const at = new Date(`${startsOn.slice(0, 7)}-01T00:00:00Z`); ; at.setUTCMonth(at.getUTCMonth() + 1)) {
    const month = at.toISOString().slice(0, 7);
    if (month > last) break;
    months.push(month);
  }
  return [...lines.keys()].flatMap((product) => months.map((month) => keyOf(customerId, product, month)));
}
