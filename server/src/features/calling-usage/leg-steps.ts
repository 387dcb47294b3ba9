import { callingUsageMaximumDays } from '@hub/contract/calling-usage';
import type { UsageRange } from './usage-question.ts';

interface Step {
  from: string;
  to: string;
}

const firstStep = 7; // days: mostly a page is full then

/** UTC days in which legs of a range are looked for, the newest first and twice as many each time; of a short range all at once. `after`: the instant of the last leg that is known. */
export function stepsOf({ from, to }: UsageRange, after?: string): (Step | undefined)[] {
  if (dayOf(to) - dayOf(from) < callingUsageMaximumDays) return [undefined];
  const first = dayOf(from) - 1; // a zone's days begin and end up to a UTC day apart
  let last = Math.min(dayOf(to) + 1, after === undefined ? Infinity : dayOf(after.slice(0, 10)));
  const steps: Step[] = [];
  for (let days = firstStep; last >= first; days *= 2) {
    steps.push({ from: textOf(Math.max(first, last - days + 1)), to: textOf(last) });
    last -= days;
  }
  return steps;
}

const dayOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
const textOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
