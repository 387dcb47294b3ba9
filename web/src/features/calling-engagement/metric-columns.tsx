import { trendWeeks } from '@hub/contract/calling-engagement';
import { type MetricKey, metricOf, type MetricRow } from '@hub/contract/metrics';
import type { ReactNode } from 'react';
import type { Translate } from '../../lib/i18n.ts';
import { type Numbers } from '../../lib/numbers.ts';
import { TrendLine } from '../../ui/charts/trend-line.tsx';
import type { Column } from '../../ui/table-columns.ts';
import { MetricCell, nameOf, RowLink, type Ways } from './metric-cell.tsx';
import {
  cellText,
  changeOf,
  changeText,
  changeUnit,
  columnName,
  isWorse,
  metricUnit,
  numbersOf,
  type Told,
} from './metric-words.ts';

interface Drawn {
  t: Translate;
  numbers: Numbers;
  metrics: readonly MetricKey[];
  /** Whose change and trend stand there; null where there is only one bucket. */
  lead: MetricKey | null;
  /** After this column they stand, whatever the rows are sorted by. */
  place: MetricKey;
  totals: Told;
  /** The last bucket is not over: part of a week says nothing against a whole one. */
  isOpen: boolean;
  isChangeSortable: boolean;
}

/** Name, numbers, and after the leading number its change and its trend. */
export function metricColumns({
  t,
  numbers,
  metrics,
  lead,
  place,
  totals,
  isOpen,
  isChangeSortable,
  nameHead,
  totalsName,
  ways,
  hasLocation,
}: Drawn & { nameHead: string; totalsName: string; ways: Ways; hasLocation: boolean }): Column<MetricRow>[] {
  return [
    {
      key: 'name',
      head: nameHead,
      width: 260,
      isSortable: true,
      cell: (row) => (
        <RowLink row={row} ways={ways} className="name">
          {nameOf(row, t)}
        </RowLink>
      ),
      total: <span title={totalsName}>{totalsName}</span>,
    },
    ...(hasLocation
      ? [{ key: 'location', head: t('usage.col.location'), width: 180, cell: (row: MetricRow) => row.location }]
      : []),
    ...valueColumns<MetricRow>({
      t,
      numbers,
      metrics,
      lead,
      place,
      totals,
      isOpen,
      isChangeSortable,
      toldOf: (row) => row,
      cell: (row, key) => <MetricCell row={row} metric={key} ways={ways} />,
    }),
  ];
}

/** The columns of numbers, also of regions. */
export function valueColumns<Row>({
  t,
  numbers,
  metrics,
  lead,
  place,
  totals,
  isOpen,
  isChangeSortable,
  toldOf,
  cell,
}: Drawn & {
  toldOf: (row: Row) => Told;
  cell: (row: Row, key: MetricKey) => ReactNode;
}): Column<Row>[] {
  const columns = metrics.map((key): Column<Row> => {
    const isText = metricOf(key).unit === 'text';
    const unit = metricUnit(key, t);
    return {
      key,
      head: columnName(key, t),
      ...(unit === undefined ? {} : { unit }),
      width: isText ? 190 : widthOf(columnName(key, t), unit),
      ...(isText ? {} : { isNumber: true, isSortable: true }),
      cell: (row) => cell(row, key),
      total: isText ? null : cellText(key, totals.values[key]?.at(-1) ?? null, numbers, t),
    };
  });
  if (lead === null) return columns;
  const unit = changeUnit(lead, t);
  const name = columnName(lead, t);
  const changeIn = (told: Told) => (isOpen ? null : changeOf(told, lead));
  const change = (told: Told) => {
    const value = changeIn(told);
    if (value === null) return null;
    return <span className={isWorse(lead, value) ? 'bad' : 'quiet'}>{changeText(lead, value, numbers)}</span>;
  };
  const trend = (told: Told) => {
    const last = changeIn(told);
    return (
      <TrendLine
        values={numbersOf(told.values, lead).slice(-trendWeeks)}
        tone={last !== null && isWorse(lead, last) ? 'over' : 'accent'}
      />
    );
  };
  return columns.toSpliced(
    metrics.indexOf(place) + 1,
    0,
    {
      key: 'change',
      head: t('engagement.change'),
      headTitle: isOpen ? t('engagement.change.open') : t('engagement.change.of', { metric: name }),
      ...(unit === undefined ? {} : { unit }),
      width: 104,
      isNumber: true,
      isSortable: isChangeSortable,
      cell: (row) => change(toldOf(row)),
      total: change(totals),
    },
    {
      key: 'trend',
      head: t('engagement.trend'),
      headTitle: t('engagement.trend.of', { metric: name }),
      width: 108,
      cell: (row) => trend(toldOf(row)),
      total: trend(totals),
    },
  );
}

/** Wide enough for a head on two lines and for the longest of its words. */
export function widthOf(head: string, unit: string | undefined): number {
  const words = [head, unit ?? ''].join(' ').trim().split(' ');
  const lineOf = (some: string[]): number => [...some.join(' ')].reduce((sum, letter) => sum + letterWidth(letter), 0);
  const widths = words.map((_, at) => Math.max(lineOf(words.slice(0, at)), lineOf(words.slice(at))));
  return Math.max(92, Math.ceil(Math.min(...widths)) + 44); // beside the words: the padding and the arrow
}

// 12-px heads, on the wide side: Latin letters, Cyrillic ones, Korean ones.
const letterWidth = (letter: string): number => (letter < '\u0400' ? 6.8 : letter < '\u1100' ? 7.6 : 11.5);
