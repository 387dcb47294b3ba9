import type { Translate } from '../../lib/i18n.ts';
import { type Bucket, type Series, valueText } from './chart-data.ts';

/** One sentence: from what to what a series went. */
export function summaryOf(series: Series, buckets: readonly Bucket[], t: Translate): string {
  const { name, values } = series;
  const known = [...values.entries()].filter((entry): entry is [number, number] => entry[1] !== null);
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return t('chart.summary.nothing', { name });
  return t('chart.summary', {
    name,
    from: valueText(series, first[1]),
    to: valueText(series, last[1]),
    first: buckets[first[0]]?.name ?? '',
    last: buckets[last[0]]?.name ?? '',
  });
}
