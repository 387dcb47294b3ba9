import type { FreshnessRow, FreshnessSort } from '@hub/contract/freshness';
import { Link } from '@tanstack/react-router';
import type { Format } from '../../lib/format.ts';
import { type Translate, useText } from '../../lib/i18n.ts';
import type { Column } from '../../ui/table-columns.ts';
import { State } from '../../ui/glyph.tsx';
import { cadenceName, isKnown } from './cadence-words.ts';

type Sortable = Column<FreshnessRow> & { key: FreshnessSort | 'feed' | 'cadence' };

export function freshnessColumns(t: Translate, f: Format): Sortable[] {
  return [
    {
      key: 'customerName',
      head: t('fresh.col.customerName'),
      width: 200,
      isSortable: true,
      cell: (row) => <CustomerLink row={row} />,
    },
    { key: 'feed', head: t('fresh.feed'), width: 170, cell: (row) => <CalendarLink row={row} /> },
    { key: 'late', head: t('fresh.col.late'), width: 180, isSortable: true, cell: (row) => <Lateness row={row} /> },
    {
      key: 'gaps',
      head: t('fresh.col.gaps'),
      width: 80,
      isNumber: true,
      isSortable: true,
      cell: (row) => expectedNumber(row, row.gaps, f),
    },
    {
      key: 'worst',
      head: t('fresh.col.worst'),
      width: 110,
      isNumber: true,
      isSortable: true,
      cell: (row) => expectedNumber(row, row.missingDays, f),
    },
    { key: 'cadence', head: t('fresh.col.cadence'), width: 190, cell: (row) => cadenceName(row.cadence, t, f) },
    {
      key: 'firstDay',
      head: t('fresh.col.firstDay'),
      width: 112,
      isSortable: true,
      cell: (row) => f.date(row.firstDay),
    },
    {
      key: 'lastDay',
      head: t('fresh.col.lastDay'),
      unit: t('common.utc'),
      width: 164,
      isSortable: true,
      cell: (row) => (row.lastRecordAt === null ? f.date(row.lastDay) : f.dateTime(row.lastRecordAt)),
    },
  ];
}

/** Of what nothing is expected nothing is missing, which is no 0. */
export const expectedNumber = ({ cadence }: FreshnessRow, value: number, f: Format): string =>
  isKnown(cadence) ? f.number(value) : '';

export function Lateness({ row: { late, cadence } }: { row: FreshnessRow }) {
  const { t, f } = useText();
  if (late !== null) return <State glyph="late" word={t('fresh.late', { days: late.days, day: f.day(late.from) })} />;
  return isKnown(cadence) ? <State glyph="done" word={t('fresh.late.none')} /> : null;
}

export function CustomerLink({ row }: { row: FreshnessRow }) {
  return (
    <Link
      to="/customers/$customerId"
      params={{ customerId: row.customerId }}
      search={{}}
      className="name cut"
      preload={false}
    >
      {row.customerName}
    </Link>
  );
}

/** The feed leads to its days. */
export function CalendarLink({ row }: { row: FreshnessRow }) {
  const { t } = useText();
  return (
    <Link
      to="/data-freshness/$customerId"
      params={{ customerId: row.customerId }}
      search={{ feed: row.feed }}
      className="cut"
      preload={false}
      aria-label={t('fresh.open', { feed: t(`feed.${row.feed}`), customer: row.customerName })}
    >
      {t(`feed.${row.feed}`)}
    </Link>
  );
}
