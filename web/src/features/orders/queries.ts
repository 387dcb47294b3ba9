import type { CustomerId } from '@hub/contract/ids';
import { listInvoices, listOrders } from '@hub/contract/orders';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

/** By date, the latest or the earliest first. */
export type LineOrder = 'asc' | 'desc';

export function ordersQuery(customerId: CustomerId, order: LineOrder) {
  return infiniteQueryOptions({
    queryKey: ['customer', customerId, 'orders', order],
    queryFn: ({ signal, pageParam }) =>
      call(listOrders, { params: { customerId }, query: { order, ...pageParam } }, signal),
    initialPageParam: {},
    getNextPageParam: ({ next }) => (next === null ? null : { cursor: next }),
    placeholderData: keepPreviousData,
  });
}

export function invoicesQuery(customerId: CustomerId, order: LineOrder) {
  return infiniteQueryOptions({
    queryKey: ['customer', customerId, 'invoices', order],
    queryFn: ({ signal, pageParam }) =>
      call(listInvoices, { params: { customerId }, query: { order, ...pageParam } }, signal),
    initialPageParam: {},
    getNextPageParam: ({ next }) => (next === null ? null : { cursor: next }),
    placeholderData: keepPreviousData,
  });
}
