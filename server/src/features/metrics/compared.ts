import type { MetricRow, MetricsBefore, MetricValues } from '@hub/contract/metrics';
import { type Answered, answerOf } from './answer.ts';
import { askedAlone, type ComparedWith, comparedWith, type Compares, type Span } from './comparison.ts';
import { type Gathered, gather, type Prepared } from './gather.ts';
import type { MetricQuestion } from './metric-question.ts';
import type { SourceRow } from './source-queries.ts';
import { windowOf } from './window.ts';

/** What a question is answered from, and what it is compared with. */
export interface Comparable {
  present: Gathered;
  compared: ComparedWith | undefined;
  /** Where that is none of the question's own buckets. */
  earlier: Gathered | undefined;
}

export interface Compared extends Answered {
  totalsBefore: MetricsBefore;
  comparedWith: Span | null;
}

/** Asks the region for the numbers, and for those that they are compared with where the question has not got them itself. */
export async function gatherCompared(
  prepared: Prepared,
  { partnerId, now, sortBy }: { partnerId: string; now: Date; sortBy?: Compares['sortBy'] },
  left?: AbortSignal,
): Promise<Comparable> {
  const { question, window } = prepared;
  const compared = comparedWith({ ...question, sortBy }, window);
  const alone = compared === undefined || compared.at !== undefined ? undefined : askedAlone(question, compared);
  const [present, earlier] = await Promise.all([
    gather(prepared, partnerId, left),
    alone && gather({ ...prepared, question: alone, window: windowOf(alone, now) }, partnerId, left),
  ]);
  return { present, compared, earlier };
}

/** Rows and totals with what they are compared with: pure. Who is in the present is told of the past as well. */
export function answerCompared(
  { present, compared, earlier }: Comparable,
  question: MetricQuestion,
  now: Date,
): Compared {
  const { rows, totals } = answerOf(present, question, now);
  if (compared === undefined) return { rows, totals, totalsBefore: null, comparedWith: null };
  const { from, to, at = -1 } = compared;
  const past = earlier && answerOf(withRows(earlier, question, rows), question, now);
  const pastRows = new Map(past?.rows.map((row) => [row.key, row]));
  return {
    totals,
    totalsBefore: valuesAt((past ?? { totals }).totals, at),
    rows: rows.map((row) => withBefore(row, past ? pastRows.get(row.key) : row, at)),
    comparedWith: { from, to },
  };
}

/** Told once somebody looks, as its values are. */
const withBefore = (row: MetricRow, past: MetricRow | undefined, at: number): MetricRow => ({
  key: row.key,
  name: row.name,
  customerId: row.customerId,
  orgUuid: row.orgUuid,
  endpointType: row.endpointType,
  userKey: row.userKey,
  location: row.location,
  get values() {
    return row.values;
  },
  get before() {
    return past === undefined ? null : valuesAt(past.values, at);
  },
});

const valuesAt = (values: MetricValues, at: number): MetricsBefore =>
  Object.fromEntries(Object.entries(values).map(([key, told]) => [key, told.at(at) ?? null]));

/** Rows without anything before: what their feeds have is 0 there, and not unknown. */
function withRows(earlier: Gathered, { by }: MetricQuestion, rows: readonly MetricRow[]): Gathered {
  const empty = rows.map(({ key, name, orgUuid, location }): SourceRow => {
    const org = by === 'endpointType' ? '' : (orgUuid ?? '');
    const own = by === 'endpointType' ? key : key.slice(org.length + 1);
    return { org, key: own, name: by === 'customer' ? '' : name, location: location ?? '', parts: {} };
  });
  const told = by === 'customer' ? earlier.byCustomer : earlier.byKey;
  const [source, found = []] = [...told][0] ?? [];
  if (by === undefined || source === undefined) return earlier;
  const added = new Map(told).set(source, [...empty, ...found]);
  return by === 'customer' ? { ...earlier, byCustomer: added, byKey: added } : { ...earlier, byKey: added };
}
