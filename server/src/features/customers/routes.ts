import * as api from '@hub/contract/customers';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { createCustomer } from './create-customer.ts';
import { linkCustomer } from './link-customer.ts';
import { listCustomers } from './list-customers.ts';
import type { OnLinked } from './org-link.ts';

export function customerRoutes(serve: Serve<Ctx>, hooks: { onLinked: OnLinked }): void {
  serve(api.listCustomers, (ctx, { query }) => listCustomers(ctx, query));
  serve(api.createCustomer, (ctx, { body }) => createCustomer(ctx, body, hooks));
  serve(api.linkCustomer, (ctx, { params, body }) => linkCustomer(ctx, { ...params, ...body }, hooks));
}
