import type { SourceRow } from './source-queries.ts';
import { bucketsOfDays, dayNumber, type Window } from './window.ts';

const askedAtMost = 8;
const questionsAtMost = 500;

/** What somebody wants to know of a question: in which buckets, and which parts where a source counts only those that are asked. */
interface Wanted {
  window: Window;
  parts: readonly string[];
  /** Whether buckets may be cut out of a longer window's. */
  canBeCut: boolean;
}

/** A question as it is asked of the store. */
interface Asked {
  key: string;
  window: Window;
  parts: ReadonlySet<string>;
  /** It runs, or has run: until then it may become wider. */
  hasBegun: boolean;
}

/**
 * What was asked lately: what is counted in each bucket of a longer window need not be counted again for a shorter one, nor a part that is
 * counted beside others. A question that still waits is made wider, so that views which ask at once read the facts once.
 */
export class AskedBefore {
  readonly #asked = new Map<string, Asked[]>();
  #made = 0;

  /** The question to ask for it: one that `isKnown` and tells it, the shortest of them, or one that waits, or a new one. */
  join(question: string, wanted: Wanted, isKnown: (key: string) => boolean): Asked {
    const known = (this.#asked.get(question) ?? []).filter(({ key }) => isKnown(key));
    const [telling] = known
      .filter((asked) => tells(asked, wanted))
      .toSorted((a, b) => a.window.labels.length - b.window.labels.length || a.parts.size - b.parts.size);
    const asked = telling ?? widened(known, wanted) ?? this.#new(question, wanted);
    this.#asked.delete(question);
    this.#asked.set(question, [asked, ...known.filter((other) => other !== asked)].slice(0, askedAtMost));
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > questionsAtMost && oldest !== undefined) this.#asked.delete(oldest);
    return asked;
  }

  #new(question: string, { window, parts }: Wanted): Asked {
    this.#made++;
    return { key: `${question} ${this.#made}`, window, parts: new Set(parts), hasBegun: false };
  }
}

const tells = ({ window, parts }: Asked, wanted: Wanted): boolean =>
  covers(window, wanted) && wanted.parts.every((part) => parts.has(part));

const covers = (wider: Window, { window, canBeCut }: Wanted): boolean =>
  isSame(wider, window) || (canBeCut && holds(wider, window));

const isSame = (a: Window, b: Window): boolean =>
  a.from === b.from && a.to === b.to && a.bucket === b.bucket && a.zone === b.zone;

/** One that waits and tells the same days, or fewer, or more, of other parts. */
function widened(known: readonly Asked[], wanted: Wanted): Asked | undefined {
  const waiting = known.find(
    ({ hasBegun, window }) =>
      !hasBegun && (covers(window, wanted) || (wanted.canBeCut && holds(wanted.window, window))),
  );
  if (!waiting) return undefined;
  if (!covers(waiting.window, wanted)) waiting.window = wanted.window;
  waiting.parts = new Set([...waiting.parts, ...wanted.parts]);
  return waiting;
}

/** Days of a bucket that only one of the windows cuts off would be missing, or too many. */
function holds(wider: Window, { from, to, bucket, zone }: Window): boolean {
  if (bucket === 'whole' || bucket === 'hour' || wider.bucket !== bucket || wider.zone !== zone) return false;
  if (from < wider.from || to > wider.to || (from === wider.from && to === wider.to)) return false;
  if (bucket === 'day') return true;
  const isSunday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 0;
  const isSaturday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 6;
  return (isSunday(from) || from === wider.from) && (isSaturday(to) || to === wider.to);
}

/** What the shorter window's buckets have of some parts, of all without; rows that have nothing in them, or in the parts that decide, are left out. */
export function withinWindow(
  rows: readonly SourceRow[],
  {
    wider,
    window,
    parts,
    deciding,
  }: { wider: Window; window: Window; parts?: readonly string[]; deciding?: readonly string[] },
): SourceRow[] {
  const firstDay = dayNumber(window.from) - dayNumber(wider.from);
  const days = { begin: firstDay, end: firstDay + dayNumber(window.to) - dayNumber(window.from) + 1 };
  const first = bucketsOfDays(wider)[firstDay] ?? 0;
  const buckets = { begin: first, end: first + window.labels.length };
  const isWhole = isSame(wider, window);
  return rows.flatMap((row) => {
    let hasAny = false;
    const cut: Record<string, readonly number[]> = {};
    for (const name of parts ?? Object.keys(row.parts)) {
      const all = row.parts[name] ?? [];
      const { begin, end } = name.endsWith('ByDay') ? days : buckets;
      const values = isWhole ? all : all.slice(begin, end);
      cut[name] = values;
      if (!hasAny && (deciding?.includes(name) ?? true)) hasAny = values.some((value) => value !== 0);
    }
    return hasAny ? [{ ...row, parts: cut }] : [];
  });
}
