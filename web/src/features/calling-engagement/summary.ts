import type { Translate } from '../../lib/i18n.ts';
import type { Bucket, Series } from '../../ui/charts/chart-data.ts';

/** One sentence: from what to what a series went. */
export function summaryOf({ name, values, text }: Series, buckets: readonly Bucket[], t: Translate): string {
  const known = [...values.entries()].filter((entry): entry is [number, number] => entry[1] !== null);
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return t('chart.summary.nothing', { name });
  return t('chart.summary', {
    name,
    from: text(first[1]),
    to: text(last[1]),
    first: buckets[first[0]]?.name ?? '',
    last: buckets[last[0]]?.name ?? '',
  });
}
