import {
  CallingUsageMeasure,
  type CallingUsageRow,
  type getCallingUsage,
  type MeasureCells,
} from '@hub/contract/calling-usage';
import type { ReplyOf } from '@hub/contract/endpoint';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import type { Language } from '@hub/contract/sessions';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { Column } from '../../ui/data-table.tsx';
import { LegsLink } from './legs-link.tsx';
import { cellText, measureKeys, measureName, measureUnit } from './measure-words.ts';
import type { Range } from './range.ts';

export type UsagePageReply = ReplyOf<typeof getCallingUsage>;
type SortKey = CallingUsageMeasure | 'customerName' | 'orgUuid' | 'location';

const isMeasure = (key: string): key is CallingUsageMeasure => CallingUsageMeasure.safeParse(key).success;

export function isSortKey(key: string): key is SortKey {
  return key === 'customerName' || key === 'orgUuid' || key === 'location' || isMeasure(key);
}

/** Wide enough for the longest head of the language on three or four lines, narrow enough for 17 of them. */
export const measureWidths: Record<Language, number> = { en: 118, bg: 148, ko: 118 };

export function usageColumns({
  t,
  f,
  language,
  region,
  range,
  first,
  isFiltered,
}: {
  t: Translate;
  f: Format;
  language: Language;
  region: RegionCode;
  range: Range;
  first: UsagePageReply;
  isFiltered: boolean;
}): Column<CallingUsageRow>[] {
  const totals: MeasureCells = first.totals;
  const name = isFiltered
    ? t('usage.totals.filtered', { count: first.customers })
    : t('usage.totals', { count: first.customers, region: regionLabels[region] });
  return [
    {
      key: 'customerName',
      head: t('usage.col.customerName'),
      width: 240,
      isSortable: true,
      cell: (row) => (
        <span className="name" title={row.customerName}>
          {row.customerName}
        </span>
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
      width: 170,
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
        width: measureWidths[language],
        isNumber: true,
        isSortable: true,
        cell: (row) => <LegsLink row={row} measure={key} region={region} range={range} />,
        total: cellText(totals, key, f),
      };
    }),
  ];
}
