import {
  CallingUsageMeasure,
  type CallingUsageRow,
  type getCallingUsage,
  type MeasureCells,
} from '@hub/contract/calling-usage';
import type { ReplyOf } from '@hub/contract/endpoint';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { Link } from '@tanstack/react-router';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { Column } from '../../ui/table-columns.ts';
import { LegsLink } from './legs-link.tsx';
import { cellText, measureKeys, measureName, measureUnit } from './measure-words.ts';
import type { Range } from './range.ts';

export type UsagePageReply = ReplyOf<typeof getCallingUsage>;
type SortKey = CallingUsageMeasure | 'customerName' | 'orgUuid' | 'location';

const isMeasure = (key: string): key is CallingUsageMeasure => CallingUsageMeasure.safeParse(key).success;

export function isSortKey(key: string): key is SortKey {
  return key === 'customerName' || key === 'orgUuid' || key === 'location' || isMeasure(key);
}

/** Wide enough for the head on two lines, so that no head of any language makes the table's head taller. */
export function headWidth(key: CallingUsageMeasure, t: Translate): number {
  const words = [measureName(key, t), measureUnit(key, t) ?? ''].join(' ').trim().split(' ');
  const lineOf = (some: string[]): number => [...some.join(' ')].reduce((sum, letter) => sum + letterWidth(letter), 0);
  const widths = words.map((_, at) => Math.max(lineOf(words.slice(0, at)), lineOf(words.slice(at))));
  return Math.max(96, Math.ceil(Math.min(...widths)) + 44); // beside the words: the padding and the arrow
}

// 12-px heads, on the wide side: Latin letters, Cyrillic ones, Korean ones.
const letterWidth = (letter: string): number => (letter < '\u0400' ? 6.8 : letter < '\u1100' ? 7.6 : 11.5);

export function totalsName({
  t,
  first,
  region,
  isFiltered,
}: {
  t: Translate;
  first: UsagePageReply;
  region: RegionCode;
  isFiltered: boolean;
}): string {
  return isFiltered
    ? t('usage.totals.filtered', { count: first.customers })
    : t('usage.totals', { count: first.customers, region: regionLabels[region] });
}

export function usageColumns({
  t,
  f,
  region,
  range,
  first,
  isFiltered,
}: {
  t: Translate;
  f: Format;
  region: RegionCode;
  range: Range;
  first: UsagePageReply;
  isFiltered: boolean;
}): Column<CallingUsageRow>[] {
  const totals: MeasureCells = first.totals;
  const name = totalsName({ t, first, region, isFiltered });
  return [
    {
      key: 'customerName',
      head: t('usage.col.customerName'),
      width: 320,
      isSortable: true,
      cell: (row) => (
        <Link
          to="/customers/$customerId"
          params={{ customerId: row.customerId }}
          className="name"
          title={row.customerName}
          preload={false}
        >
          {row.customerName}
        </Link>
      ),
      total: <span title={name}>{name}</span>,
    },
    {
      key: 'orgUuid',
      head: t('usage.col.orgUuid'),
      width: 290,
      isSortable: true,
      cell: (row) => <span className="mono">{row.orgUuid}</span>,
    },
    {
      key: 'location',
      head: t('usage.col.location'),
      width: 184,
      isSortable: true,
      cell: (row) =>
        row.location === '' ? (
          <span className="quiet">{t('usage.noLocation')}</span>
        ) : (
          <span title={row.location}>{row.location}</span>
        ),
    },
    ...measureKeys.map((key): Column<CallingUsageRow> => {
      const unit = measureUnit(key, t);
      return {
        key,
        head: measureName(key, t),
        ...(unit === undefined ? {} : { unit }),
        width: headWidth(key, t),
        isNumber: true,
        isSortable: true,
        cell: (row) => <LegsLink row={row} measure={key} region={region} range={range} />,
        total: cellText(totals, key, f),
      };
    }),
  ];
}
