import type { ReactNode } from 'react';
import { useText } from '../../lib/i18n.ts';
import { type Bucket, type Series, valueText } from './chart-data.ts';

/** What a number leads to: of which series and bucket it is, and how it reads. */
export type TableNumber = (series: string, bucket: Bucket, text: string, name: string) => ReactNode;

/** The numbers of a picture. */
export function SeriesTable({
  title,
  bucketHead,
  buckets,
  series,
  number,
}: {
  title: string;
  bucketHead: string;
  buckets: readonly Bucket[];
  series: readonly Series[];
  number: TableNumber | undefined;
}) {
  const { t } = useText();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key
    <section className="chart-table" tabIndex={0} aria-label={title}>
      <table className="plain-table">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{bucketHead}</th>
            {series.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {buckets.map((bucket, index) => (
            <tr key={bucket.key}>
              <th scope="row">
                {bucket.name}
                {bucket.isOpen ? <span className="quiet"> {t('chart.open')}</span> : null}
              </th>
              {series.map((one) => {
                const value = one.values[index] ?? null;
                const text = value === null ? '' : valueText(one, value);
                return <td key={one.key}>{number && value ? number(one.key, bucket, text, one.name) : text}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
