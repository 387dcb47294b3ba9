import type { RowSums, SubscriptionRow } from '@hub/contract/subscription-analytics';
import { CustomerId } from '@hub/contract/ids';
import {
  type Section,
  type SubscriptionColumn,
  sectionColumns,
  subscriptionColumns,
} from '@hub/contract/subscription-metrics';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { Numbers } from '../../lib/numbers.ts';
import { TrendLine } from '../../ui/charts/trend-line.tsx';
import type { Column } from '../../ui/table-columns.ts';
import { HeldNumbers, LicensesCell } from './licenses-cell.tsx';
import { bandText, type Item } from './row-items.ts';
import { SubscriptionLink } from './subscription-link.tsx';

export interface Words {
  t: Translate;
  f: Format;
  numbers: Numbers;
}

const widths: Partial<Record<SubscriptionColumn, number>> = {
  customer: 220,
  reference: 124,
  daysSinceAdded: 120,
  daysUntilExpiration: 120,
  daysUntilRenewal: 128,
  total: 96,
  licenses: 284,
  assignedShare: 126,
  weeklyAssignmentChange: 126,
  weeklyUsageChange: 126,
  lastThreeMonthsUsage: 126,
  usageWeeks: 124,
};

/** The columns of a section's table. What is not known is an empty cell. */
export function rowColumns(section: Section, sums: RowSums, weekDays: readonly string[], words: Words): Column<Item>[] {
  const { t } = words;
  return sectionColumns[section].map((key): Column<Item> => {
    const { unit } = subscriptionColumns[key];
    const isNumber = !['text', 'licenses', 'weeks', 'flag'].includes(unit);
    return {
      key,
      head: t(`analytics.col.${key}`),
      headTitle: t(`analytics.col.${key}.formula`),
      width: widths[key] ?? 108,
      ...(isNumber ? { isNumber } : {}),
      isSortable: true,
      cell: (item) =>
        item.is === 'group'
          ? sumCell(key, item.sums, words, groupHead(item.name, item.sums, words))
          : rowCell(key, item.row, weekDays, words),
      total: sumCell(key, sums, words, sumsText(sums, t)),
    };
  });
}

const groupHead = (name: string, { rows }: RowSums, { f }: Words) => (
  <span title={name}>
    {name} <span className="quiet num">{f.number(rows)}</span>
  </span>
);

export const sumsText = ({ rows, customers }: RowSums, t: Translate): string =>
  t('analytics.sums', { rows, customers: t('count.customers', { count: customers }) });

/** Sums of rows: numbers that add up, and the shares of their sums. */
function sumCell(key: SubscriptionColumn, sums: RowSums, { f, numbers }: Words, head: ReactNode): ReactNode {
  if (key === 'customer') return head;
  if (key === 'total') return f.number(sums.total);
  if (key === 'licenses') return <HeldNumbers held={{ ...sums, usedFrom: null }} />;
  if (key === 'assignedShare' || key === 'usedShare') return shareText(sums[key], numbers);
  return null;
}

const shareText = (share: number | null, numbers: Numbers): string => (share === null ? '' : numbers.fixed(share, 1));

function rowCell(key: SubscriptionColumn, row: SubscriptionRow, weekDays: readonly string[], words: Words): ReactNode {
  const { t, f, numbers } = words;
  switch (key) {
    case 'customer':
      return (
        <Link
          to="/customers/$customerId"
          params={{ customerId: CustomerId.parse(row.customerId) }}
          className="name"
          preload={false}
          title={row.customerName}
        >
          {row.customerName}
        </Link>
      );
    case 'reference':
      return (
        <SubscriptionLink line={row} className="mono">
          {row.reference}
        </SubscriptionLink>
      );
    case 'daysSinceAdded':
    case 'monthsSinceAdded':
      return <span title={addedText(row, words)}>{f.number(row[key])}</span>;
    case 'daysUntilExpiration':
    case 'daysUntilRenewal':
      return dated(row.daysUntilEnd, row, words);
    case 'monthsRemaining':
      return dated(row.monthsRemaining, row, words);
    case 'autoRenews':
      return t(row.autoRenews ? 'analytics.yes' : 'analytics.no');
    case 'total':
      return (
        <span title={row.isTotalFromSnapshot ? undefined : t('analytics.held.asOrdered')}>{f.number(row.total)}</span>
      );
    case 'licenses':
      return <LicensesCell row={row} />;
    case 'assignedShare':
      return row.assignedShare === null ? null : (
        <>
          {row.assigned === null ? null : <span className="quiet">{f.number(row.assigned)} · </span>}
          <span className={(row.over ?? 0) > 0 ? 'over-number' : undefined}>{numbers.fixed(row.assignedShare, 1)}</span>
        </>
      );
    case 'usedShare':
      return shareText(row.usedShare, numbers);
    case 'weeklyAssignmentChange':
    case 'weeklyUsageChange':
      return changeCell(row[key], numbers);
    case 'lastThreeMonthsUsage':
      return row.lastThreeMonthsUsage === null ? null : (
        <span title={row.lastThreeMonthsFrom === null ? undefined : t(`analytics.months.${row.lastThreeMonthsFrom}`)}>
          {f.number(row.lastThreeMonthsUsage)}
        </span>
      );
    case 'usageWeeks':
      return <TrendLine values={row.usageWeeks} label={weeksText(row.usageWeeks, weekDays, words)} />;
    case 'peerMedian':
      return <PeerMedian row={row} words={words} />;
  }
}

export function addedText({ addedOn, isAddedByOrder }: SubscriptionRow, { t, f }: Words): string {
  return t(isAddedByOrder ? 'analytics.added.ordered' : 'analytics.added.starts', { date: f.date(addedOn) });
}

export function endText(
  { endsOn, autoRenews }: Pick<SubscriptionRow, 'endsOn' | 'autoRenews'>,
  { t, f }: Pick<Words, 't' | 'f'>,
): string {
  if (endsOn === null) return t('analytics.group.noEnd');
  return t(autoRenews ? 'analytics.renewsOn' : 'analytics.endsOn', { date: f.date(endsOn) });
}

const dated = (value: number | null, row: SubscriptionRow, words: Words): ReactNode =>
  value === null ? null : <span title={endText(row, words)}>{words.f.number(value)}</span>;

const changeCell = (change: number | null, numbers: Numbers): ReactNode =>
  change === null ? null : <span className={change < 0 ? 'bad' : undefined}>{numbers.signed(change, 0)}</span>;

function weeksText(values: readonly (number | null)[], days: readonly string[], { t, f }: Words): string {
  const told = values.flatMap((value, index) => {
    const day = days[index];
    return value === null || day === undefined ? [] : [`${f.day(day)}: ${f.number(value)}`];
  });
  return told.length === 0 ? t('analytics.held.unknown') : t('analytics.weeks', { values: told.join(', ') });
}

/** What the assignment is compared with; why it counts as low stands in its title. */
function PeerMedian({ row: { peers }, words: { t, numbers } }: { row: SubscriptionRow; words: Words }) {
  if (peers === null) return null;
  const { count, from, to, median, limit, by } = peers;
  const band = bandText(from, to, t);
  const why =
    by === 'peers' ? t('analytics.peers.limit', { limit: numbers.fixed(limit, 1) }) : t('analytics.peers.fallback');
  return <span title={`${t('analytics.peers', { count, band })} ${why}`}>{numbers.fixed(median, 1)}</span>;
}
