import * as api from '@hub/contract/orders';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { listInvoices } from './list-invoices.ts';
import { listOrders } from './list-orders.ts';

export function orderRoutes(serve: Serve<Ctx>): void {
  serve(api.listOrders, (ctx, { params, query }) => listOrders(ctx, { ...params, ...query }));
  serve(api.listInvoices, (ctx, { params, query }) => listInvoices(ctx, { ...params, ...query }));
}
