import { CustomerId } from '@hub/contract/ids';
import { renewalWindows } from '@hub/contract/renewal-rules';
import type { RenewalRow } from '@hub/contract/renewals';
import { IconCalculator } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { daysUntil } from '../../lib/calendar.ts';
import type { Column } from '../../ui/table-columns.ts';
import { daysText, endText, moneyText, productsText, unpricedOf, type Words } from './renewal-words.ts';
import type { Save } from './use-work.ts';
import { WorkCell } from './work-cell.tsx';

interface ColumnsOf extends Words {
  today: string;
  save: Save | undefined;
  onOpen: (row: RenewalRow) => void;
}

/** Narrow enough for a screen of 1440 points, in two lines where words are long. What is not known is an empty cell. */
export function renewalColumns({ t, f, today, save, onOpen }: ColumnsOf): Column<RenewalRow>[] {
  const words = { t, f };
  return [
    {
      key: 'customer',
      head: t('renewals.customer'),
      width: 156,
      isSortable: true,
      cell: ({ customerId, customerName }) => (
        <Link
          to="/customers/$customerId"
          params={{ customerId: CustomerId.parse(customerId) }}
          className="name"
          preload={false}
          title={customerName}
        >
          {customerName}
        </Link>
      ),
    },
    {
      key: 'urgency',
      head: t('renewals.urgency'),
      width: 100,
      isSortable: true,
      cell: ({ urgency }) => (
        <span className={urgency === 'high' ? 'renewal-soon' : urgency === 'grace' ? 'quiet' : undefined}>
          {t(`renewals.urgency.${urgency}`)}
        </span>
      ),
    },
    {
      key: 'reference',
      head: t('renewals.reference'),
      width: 152,
      isSortable: true,
      cell: (row) => (
        <>
          <RenewalLink row={row} />
          <span className="help renewal-held" title={productsText(row.products, f)}>
            {productsText(row.products, f)}
          </span>
        </>
      ),
    },
    {
      key: 'endsOn',
      head: t('renewals.end'),
      headTitle: t('renewals.end.hint'),
      width: 108,
      isSortable: true,
      cell: (row) => <span title={endText(row, words)}>{daysText(row, t)}</span>,
    },
    {
      key: 'lastDayToReduce',
      head: t('renewals.lastDayToReduce'),
      headTitle: t('renewals.lastDayToReduce.hint'),
      width: 112,
      isSortable: true,
      cell: (row) =>
        row.lastDayToReduce === null ? null : (
          <WorkCell row={row} field="noticeDays" save={save} spoken={reduceText(row.lastDayToReduce, today, words)}>
            <ReduceDay row={row} today={today} words={words} />
          </WorkCell>
        ),
    },
    {
      key: 'forecast',
      head: t('renewals.forecast'),
      headTitle: t('renewals.forecast.hint'),
      width: 120,
      isNumber: true,
      cell: (row) => <Forecast row={row} words={words} />,
    },
    {
      key: 'owner',
      head: t('renewals.owner'),
      width: 104,
      isSortable: true,
      cell: (row) => <WorkCell row={row} field="owner" save={save} />,
    },
    {
      key: 'stage',
      head: t('renewals.stage'),
      width: 116,
      isSortable: true,
      cell: (row) => <WorkCell row={row} field="stage" save={save} />,
    },
    {
      key: 'note',
      head: t('renewals.note'),
      width: 132,
      cell: (row) => <WorkCell row={row} field="note" save={save} />,
    },
    {
      key: 'whatIf',
      head: t('renewals.whatIf'),
      isHeadUnseen: true,
      width: 64,
      cell: (row) => (
        <button
          type="button"
          className="work-cell what-if"
          aria-label={t('renewals.whatIf.of', { reference: row.reference })}
          title={t('renewals.whatIf')}
          onClick={() => onOpen(row)}
        >
          <IconCalculator size={16} stroke={1.6} aria-hidden="true" />
        </button>
      ),
    },
  ];
}

/** Leads to the subscription on its customer's page. */
export const RenewalLink = ({ row: { customerId, subscriptionId, reference } }: { row: RenewalRow }) => (
  <Link
    to="/customers/$customerId"
    params={{ customerId: CustomerId.parse(customerId) }}
    search={{ tab: 'subscriptions' }}
    hash={subscriptionId}
    preload={false}
    className="mono"
  >
    {reference}
  </Link>
);

function reduceText(date: string, today: string, { t, f }: Words): string {
  const days = daysUntil(today, date);
  if (days < 0) return t('renewals.passed', { date: f.day(date) });
  if (days > 1) return f.day(date);
  return t(days === 0 ? 'renewals.today' : 'renewals.tomorrow');
}

/** Past while the term has not ended: nothing can be reduced any more. */
export function ReduceDay({ row, today, words: { t, f } }: { row: RenewalRow; today: string; words: Words }) {
  if (row.lastDayToReduce === null) return null;
  const days = daysUntil(today, row.lastDayToReduce);
  const isSoon = days >= 0 && days <= renewalWindows.beforeReducing;
  return (
    <span className={days < 0 ? 'quiet' : isSoon ? 'renewal-soon' : undefined} title={f.date(row.lastDayToReduce)}>
      {reduceText(row.lastDayToReduce, today, { t, f })}
    </span>
  );
}

/** Each currency by itself. Nothing where nothing is known; a mark where a product is left out. */
export function Forecast({ row, words: { t, f } }: { row: RenewalRow; words: Words }) {
  if (row.forecast.length === 0) return null;
  const unpriced = unpricedOf(row.products);
  const text = moneyText(row.forecast, f);
  if (unpriced.length === 0)
    return <span title={t('renewals.forecast.of', { money: text, months: row.nextTermMonths })}>{text}</span>;
  const without = t('renewals.forecast.without', { products: f.list(unpriced) });
  return (
    <span title={`${text} ${without}`}>
      {text}
      <span aria-hidden="true"> *</span>
      <span className="unseen"> {without}</span>
    </span>
  );
}
