import type { Comparison } from '@hub/contract/metrics';
import { dayNumber, dayOf, type RangeQuestion, sundayOf, type Window } from './window.ts';

export interface Compares {
  comparison?: Comparison | undefined;
  weeksBefore?: number | undefined;
  sortBy?: 'last' | 'change' | undefined;
}

export interface Span {
  from: string;
  to: string;
}

/** What the last bucket is set beside. */
export interface ComparedWith extends Span {
  /** Which of the question's own buckets it is; of days beyond them it is asked by itself. */
  at: number | undefined;
}

/** Pure planning: undefined where a question compares with nothing. */
export function comparedWith(
  { comparison = 'none', weeksBefore = 1, sortBy }: Compares,
  window: Pick<Window, 'from' | 'to' | 'bucket' | 'labels'>,
): ComparedWith | undefined {
  if (comparison === 'weeks_before') return sameDays(window, weeksBefore);
  return comparison === 'previous' || sortBy === 'change' ? bucketBefore(window) : undefined;
}

/** The question that asks for it alone: its last bucket is what is told. */
export const askedAlone = <Question extends RangeQuestion>(question: Question, { from, to }: Span): Question => ({
  ...question,
  from,
  to,
  bucket: question.bucket === 'hour' ? 'hour' : 'whole',
});

type Asked = Pick<Window, 'from' | 'to' | 'bucket' | 'labels'>;

function bucketBefore({ from, to, bucket, labels }: Asked): ComparedWith {
  const before = labels.length - 2;
  const at = before < 0 ? undefined : before;
  if (bucket === 'whole') {
    const length = daysOf({ from, to });
    return { from: addDays(from, -length), to: addDays(to, -length), at: undefined };
  }
  if (bucket === 'hour') return { from: to, to, at }; // a day has many
  if (bucket === 'day') return { from: addDays(to, -1), to: addDays(to, -1), at };
  const sunday = dayOf(sundayOf(to));
  const first = addDays(sunday, -7);
  return { from: at !== undefined && first < from ? from : first, to: addDays(sunday, -1), at };
}

/** Hours are those of the same clock: the last of a day is that of each day. */
function sameDays({ from, to, bucket, labels }: Asked, weeks: number): ComparedWith {
  const last = lastDays({ from, to, bucket });
  const span = { from: addDays(last.from, -7 * weeks), to: addDays(last.to, -7 * weeks) };
  const isOwn = span.from >= from && (bucket === 'day' || (bucket === 'week' && daysOf(last) === 7));
  return { ...span, at: isOwn ? labels.length - 1 - (bucket === 'day' ? 7 * weeks : weeks) : undefined };
}

function lastDays({ from, to, bucket }: Omit<RangeQuestion, 'zone'>): Span {
  if (bucket === 'whole') return { from, to };
  const first = bucket === 'week' ? dayOf(sundayOf(to)) : to;
  return { from: first < from ? from : first, to };
}

const daysOf = ({ from, to }: Span): number => dayNumber(to) - dayNumber(from) + 1;
const addDays = (day: string, days: number): string => dayOf(dayNumber(day) + days);
