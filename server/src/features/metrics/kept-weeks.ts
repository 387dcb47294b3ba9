import type { UsageBands } from '@hub/contract/calling-policy';
import type { Dimension } from '@hub/contract/metrics';
import { featureParts } from './feature-legs.ts';
import { feedOf, type SourceName, sources } from './formulas.ts';
import { findKeptRows, type KeptRow } from './kept-week-queries.ts';
import { callParts, legParts } from './leg-queries.ts';
import { affectedParts, mediaParts, qualityParts } from './media-queries.ts';
import type { SourceQuestion, SourceRow } from './source-queries.ts';
import { dayOf, dayNumber, type Window } from './window.ts';

/** Counts changes of what the sources count; what another release kept is counted again. */
const keptVersion = 1;

export const keptParts = {
  legs: legParts,
  calls: callParts,
  features: featureParts,
  quality: qualityParts,
  media: mediaParts,
  affected: affectedParts,
} as const satisfies Partial<Record<SourceName, readonly string[]>>;
type KeptSource = keyof typeof keptParts;

/** What is kept by the week: each source by customer, and quality also by what the worst of a customer is found among. */
export const keptKinds: readonly { source: KeptSource; by: Dimension }[] = [
  ...(Object.keys(keptParts) as KeptSource[]).map((source) => ({ source, by: 'customer' as const })),
  { source: 'quality', by: 'endpointType' },
  { source: 'quality', by: 'location' },
];

/** Whether what a source counts in whole weeks, of everybody, may have been kept. */
export function mayBeKept(source: SourceName, { by, window, orgUuid, location, scope }: SourceQuestion): boolean {
  return (
    keptKinds.some((kind) => kind.source === source && kind.by === by) &&
    window.bucket === 'week' &&
    window.isOfUtcDays &&
    orgUuid === undefined &&
    location === undefined &&
    scope.scopeKey === undefined &&
    wholeWeeks(window).length > 0
  );
}

/** Under what the rows of a week are kept: all that decides what is counted in it. */
export function markOf(
  source: SourceName,
  { stamp, removals, bands }: { stamp: string; removals: number; bands: UsageBands },
): string {
  const ofSource = source === 'legs' ? [bands.regularFrom, bands.heavyFrom] : [];
  return [keptVersion, feedOf[source], stamp, removals, ...ofSource].join('.');
}

/** The buckets of a window of weeks that it does not cut, by their first days. */
function wholeWeeks({ labels, from, to }: Window): string[] {
  return labels.filter((week) => week >= from && dayOf(dayNumber(week) + 6) <= to);
}

/** What the source counts: of whole weeks what is kept of them under their marks, and of the others what it is asked. Weeks without a mark have nothing. */
export async function askKeptWeeks(
  source: SourceName,
  question: SourceQuestion,
  { partnerId, marks }: { partnerId: string; marks: ReadonlyMap<string, string> },
): Promise<SourceRow[]> {
  const { store, window, by } = question;
  const whole = wholeWeeks(window);
  const wanted = new Map(whole.flatMap((week) => (marks.has(week) ? [[week, marks.get(week) ?? '']] : [])));
  const kept = await findKeptRows(store, { source, by }, { partnerId, marks: wanted });
  const isTold = (week: string): boolean => whole.includes(week) && (kept.weeks.has(week) || !wanted.has(week));
  const missing = window.labels.flatMap((week, at) => (isTold(week) ? [] : [at]));
  const [first] = missing;
  if (first === undefined) return joined(question, source, { kept: kept.rows, asked: [], first: 0, end: 0 });
  const end = (missing.at(-1) ?? first) + 1;
  if (end - first === window.labels.length) return sources[source](question);
  const asked = await sources[source]({ ...question, window: partOf(window, first, end) });
  return joined(question, source, { kept: kept.rows, asked, first, end });
}

/** The buckets of a window from one until before another, as a window. */
function partOf(window: Window, first: number, end: number): Window {
  const { labels, areOpen, untils, begun } = window;
  const next = labels[end];
  return {
    ...window,
    from: first === 0 ? window.from : (labels[first] ?? window.from),
    to: next === undefined ? window.to : dayOf(dayNumber(next) - 1),
    labels: labels.slice(first, end),
    areOpen: areOpen.slice(first, end),
    untils: untils.slice(first, end),
    begins: untils[first - 1] ?? window.begins,
    ends: untils[end - 1] ?? window.ends,
    begun: Math.max(0, Math.min(begun, end) - first),
  };
}

/** Kept weeks and the buckets that were asked, from `first` until before `end`, as rows of the whole window. */
function joined(
  { window, features, by }: SourceQuestion,
  source: SourceName,
  { kept, asked, first, end }: { kept: readonly KeptRow[]; asked: readonly SourceRow[]; first: number; end: number },
): SourceRow[] {
  const parts: readonly string[] = source === 'features' ? features : keptParts[source as KeptSource];
  const all: readonly string[] = keptParts[source as KeptSource];
  const rows = new Map<string, SourceRow & { parts: Record<string, number[]> }>();
  const rowOf = ({ org, key, name }: Pick<SourceRow, 'org' | 'key' | 'name'>) => {
    const id = `${org} ${key}`;
    const known = rows.get(id);
    if (known) return known;
    const counts = Object.fromEntries(parts.map((part) => [part, new Array<number>(window.labels.length).fill(0)]));
    const row = { org, key, name, location: '', parts: counts };
    rows.set(id, row);
    return row;
  };
  const placeOf = new Map(parts.map((part) => [part, all.indexOf(part)]));
  const bucketOf = new Map(window.labels.map((week, at) => [week, at]));
  for (const found of kept) {
    const weeks = found.weeks.map((week) => bucketOf.get(week) ?? -1);
    const own = rowOf({ ...found, name: by === 'location' ? found.name : '' });
    for (const [at, bucket] of weeks.entries())
      if (bucket >= 0 && (bucket < first || bucket >= end))
        for (const [part, place] of placeOf) {
          const counts = own.parts[part];
          if (counts) counts[bucket] = found.counts[at]?.[place] ?? 0;
        }
  }
  for (const found of asked) {
    const own = rowOf(found);
    for (const part of parts)
      for (const [at, count] of (found.parts[part] ?? []).entries()) {
        const counts = own.parts[part];
        if (counts) counts[first + at] = count;
      }
  }
  // What was asked of other features only is nothing of these.
  return source === 'features'
    ? [...rows.values()].filter((row) => parts.some((part) => row.parts[part]?.some((count) => count !== 0)))
    : [...rows.values()];
}
