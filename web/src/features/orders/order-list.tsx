import type { CustomerId } from '@hub/contract/ids';
import type { OrderLine, OrderState } from '@hub/contract/orders';
import { productNames } from '@hub/contract/products';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { type GlyphName, State } from '../../ui/glyph.tsx';
import { type LineColumn, LineTable } from './line-table.tsx';
import { type LineOrder, ordersQuery } from './queries.ts';

const glyphs: Record<OrderState, GlyphName> = {
  submitted: 'late',
  processing: 'running',
  completed: 'done',
  failed: 'failed',
  canceled: 'struck',
};

/** What was ordered for the subscriptions of a customer, a line for each product. */
export function OrderList({ customerId }: { customerId: CustomerId }) {
  const { t, f } = useText();
  const [order, setOrder] = useState<LineOrder>('desc');
  const lines = useInfiniteQuery(ordersQuery(customerId, order));
  const columns: LineColumn<OrderLine>[] = [
    { head: t('orders.id'), cell: ({ reference }) => reference },
    { head: t('orders.orderedOn'), cell: ({ orderedOn }) => f.date(orderedOn), isDate: true },
    { head: t('subs.id'), cell: ({ subscriptionReference }) => subscriptionReference },
    { head: t('lines.product'), cell: ({ product }) => productNames[product] },
    { head: t('orders.quantity'), cell: ({ quantity }) => f.number(quantity), isNumber: true },
    { head: t('orders.kind'), cell: ({ kind }) => t(`orders.kind.${kind}`) },
    {
      head: t('orders.state'),
      cell: ({ state }) => <State glyph={glyphs[state]} word={t(`orders.state.${state}`)} />,
    },
  ];
  const total = lines.data?.pages[0]?.total ?? 0;
  return (
    <LineTable
      name="orders"
      title={total === 0 ? t('orders.title') : t('orders.count', { count: total })}
      empty={{ title: t('orders.empty'), hint: t('orders.empty.hint') }}
      lines={lines}
      columns={columns}
      order={order}
      onOrder={setOrder}
    />
  );
}
