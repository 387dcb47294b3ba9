import { CustomerId } from '@hub/contract/ids';
import { productNames } from '@hub/contract/products';
import type { ReconciliationRow, ReconciliationSort } from '@hub/contract/reconciliation';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { Numbers } from '../../lib/numbers.ts';
import { Glyph, State } from '../../ui/glyph.tsx';
import type { Column } from '../../ui/table-columns.ts';
import { findingGlyphs, signedMoney } from './finding-words.ts';

export interface Words {
  t: Translate;
  f: Format;
  numbers: Numbers;
}

type Row = ReconciliationRow;

const widths: Record<ReconciliationSort, number> = {
  customer: 170,
  reference: 128,
  product: 134,
  finding: 220,
  bought: 102,
  assigned: 102,
  billed: 122,
  unitPrice: 104,
  billedLessBought: 122,
  assignedLessBought: 116,
  billedLessAssigned: 116,
  money: 116,
};
const texts: readonly ReconciliationSort[] = ['customer', 'reference', 'product', 'finding'];
export const columnKeys = Object.keys(widths) as ReconciliationSort[];

/** What can be worked out from its neighbours stays hidden at first. */
export const hiddenAtFirst: readonly string[] = ['unitPrice', 'assignedLessBought', 'billedLessAssigned'];

/** The columns of the table. What is not known is an empty cell. */
export function columnsOf(words: Words): Column<Row>[] {
  const { t } = words;
  return columnKeys.map(
    (key): Column<Row> => ({
      key,
      head: t(`reconciliation.col.${key}`),
      headTitle: t(`reconciliation.col.${key}.formula`),
      width: widths[key],
      ...(texts.includes(key) ? {} : { isNumber: true }),
      isSortable: true,
      cell: (row) => cellOf(key, row, words),
    }),
  );
}

function cellOf(key: ReconciliationSort, row: Row, words: Words): ReactNode {
  const { t, f, numbers } = words;
  const signed = (value: number | null): ReactNode =>
    value === null ? null : value === 0 ? <span className="quiet">0</span> : numbers.signed(value, 0);
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
        <SubscriptionLink row={row} hash={row.subscriptionId}>
          <span className="mono">{row.reference}</span>
        </SubscriptionLink>
      );
    case 'product':
      return productNames[row.product];
    case 'finding':
      return (
        <span title={findingText(row, words)}>
          <State glyph={findingGlyphs[row.finding]} word={t(`reconciliation.finding.${row.finding}`)} />
        </span>
      );
    case 'bought':
      return row.bought === null ? null : <span title={boughtText(row, words)}>{f.number(row.bought)}</span>;
    case 'assigned':
      return row.assigned === null ? null : (
        <span title={row.asOf === null ? undefined : t('reconciliation.snapshotOf', { date: f.date(row.asOf) })}>
          {f.number(row.assigned)}
        </span>
      );
    case 'billed':
      return <Billed row={row} words={words} />;
    case 'unitPrice':
      return row.unitPrice === null ? null : f.price(row.unitPrice.amount, row.unitPrice.currency);
    case 'billedLessBought':
    case 'assignedLessBought':
    case 'billedLessAssigned':
      return signed(row[key]);
    case 'money':
      return row.money === null ? null : row.money.amount === '0' ? (
        <span className="quiet">{f.money('0', row.money.currency)}</span>
      ) : (
        <span title={priceText(row, words)}>{signedMoney(row.money, f)}</span>
      );
  }
}

/** Leads to the subscription, or to the invoices, on the customer's page. */
export function SubscriptionLink({ row, hash, children }: { row: Row; hash: string; children: ReactNode }) {
  return (
    <Link
      to="/customers/$customerId"
      params={{ customerId: CustomerId.parse(row.customerId) }}
      search={{ tab: 'subscriptions' }}
      hash={hash}
      preload={false}
    >
      {children}
    </Link>
  );
}

function Billed({ row, words }: { row: Row; words: Words }) {
  if (row.billed === null) return null;
  const isOver = row.billing !== null && row.billing.standing !== 'current';
  return (
    <SubscriptionLink row={row} hash="invoices">
      <span title={billingText(row, words)}>
        {isOver ? <Glyph name="late" /> : null} {words.f.number(row.billed)}
      </span>
    </SubscriptionLink>
  );
}

const priceText = ({ unitPrice }: Row, { t, f }: Words): string | undefined =>
  unitPrice === null
    ? undefined
    : `${t('reconciliation.col.unitPrice')}: ${f.price(unitPrice.amount, unitPrice.currency)}`;

/** The finding with its reason. */
export function findingText({ finding, reason }: Row, { t }: Words): string {
  const name = t(`reconciliation.finding.${finding}`);
  return reason === null ? name : `${name}: ${t(`reconciliation.reason.${reason}`)}`;
}

const boughtText = ({ isBoughtFromSnapshot, asOf, reason }: Row, { t, f }: Words): string | undefined =>
  isBoughtFromSnapshot && asOf !== null
    ? t('reconciliation.snapshotOf', { date: f.date(asOf) })
    : reason === 'not_held' || reason === 'ended' || reason === 'not_begun'
      ? t(`reconciliation.reason.${reason}`)
      : t('reconciliation.asOrdered');

/** Of which period, and what it comes to in a month. */
export function billingText({ billing }: Row, { t, f }: Words): string {
  if (billing === null) return t('reconciliation.reason.never');
  const { standing, from, to, monthly } = billing;
  const money = f.list(monthly.map(({ amount, currency }) => f.money(amount, currency)));
  return t(`reconciliation.billing.${standing}`, { period: f.dateRange(from, to), money });
}
