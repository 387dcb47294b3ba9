export type Unit = 'seconds' | 'rows per second' | 'ratio' | 'bytes' | 'rows';

export type Budget = { atMost: number } | { atLeast: number };

/** One measured number. */
export interface Figure {
  what: string;
  value: number;
  unit: Unit;
  /** What the number has to keep. Absent: told for comparison. */
  budget?: Budget;
  /** How it came about: all runs, the parts, what was compared. */
  detail?: string;
}

/** A limit is met when the number is below it; a floor when the number reaches it. */
export function isMet(value: number, budget: Budget): boolean {
  return 'atMost' in budget ? value < budget.atMost : value >= budget.atLeast;
}

const english = new Intl.NumberFormat('en-US');

export function inWords(value: number, unit: Unit): string {
  switch (unit) {
    case 'seconds':
      return value < 10 ? `${value.toFixed(value < 1 ? 3 : 2)} s` : `${value.toFixed(1)} s`;
    case 'rows per second':
      return `${english.format(Math.round(value))} rows/s`;
    case 'ratio':
      return value.toFixed(2);
    case 'bytes':
      return value >= 1e9
        ? `${(value / 1e9).toFixed(2)} GB`
        : value >= 1e6
          ? `${(value / 1e6).toFixed(1)} MB`
          : `${(value / 1e3).toFixed(1)} kB`;
    case 'rows':
      return english.format(value);
  }
}

export function budgetInWords(budget: Budget, unit: Unit): string {
  return 'atMost' in budget ? `< ${inWords(budget.atMost, unit)}` : `≥ ${inWords(budget.atLeast, unit)}`;
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('Nothing was measured.');
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** All runs in the order they were made. */
export const runsInWords = (seconds: readonly number[]): string =>
  seconds.map((value) => value.toFixed(value < 1 ? 3 : 2)).join(' / ');
