import type { CustomerId } from '@hub/contract/ids';
import type { InvoiceLine, InvoiceState } from '@hub/contract/orders';
import { productNames } from '@hub/contract/products';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { type GlyphName, State } from '../../ui/glyph.tsx';
import { type LineColumn, LineTable } from './line-table.tsx';
import { invoicesQuery, type LineOrder } from './queries.ts';

const glyphs: Record<InvoiceState, GlyphName> = { open: 'late', paid: 'done', overdue: 'warning', void: 'struck' };

/** What was invoiced for the subscriptions of a customer, a line for each product. */
export function InvoiceList({ customerId }: { customerId: CustomerId }) {
  const { t, f } = useText();
  const [order, setOrder] = useState<LineOrder>('desc');
  const lines = useInfiniteQuery(invoicesQuery(customerId, order));
  const columns: LineColumn<InvoiceLine>[] = [
    { head: t('invoices.id'), cell: ({ reference }) => reference },
    { head: t('invoices.period'), cell: ({ periodFrom, periodTo }) => f.dateRange(periodFrom, periodTo), isDate: true },
    { head: t('subs.id'), cell: ({ subscriptionReference }) => subscriptionReference },
    { head: t('lines.product'), cell: ({ product }) => productNames[product] },
    { head: t('orders.quantity'), cell: ({ quantity }) => f.number(quantity), isNumber: true },
    { head: t('invoices.amount'), cell: ({ amount, currency }) => f.price(amount, currency), isNumber: true },
    { head: t('invoices.dueOn'), cell: ({ dueOn }) => (dueOn === null ? '' : f.date(dueOn)) },
    {
      head: t('invoices.state'),
      cell: ({ state }) => <State glyph={glyphs[state]} word={t(`invoices.state.${state}`)} />,
    },
  ];
  const total = lines.data?.pages[0]?.total ?? 0;
  return (
    <LineTable
      name="invoices"
      title={total === 0 ? t('invoices.title') : t('invoices.count', { count: total })}
      empty={{ title: t('invoices.empty'), hint: t('invoices.empty.hint') }}
      lines={lines}
      columns={columns}
      order={order}
      onOrder={setOrder}
    />
  );
}
