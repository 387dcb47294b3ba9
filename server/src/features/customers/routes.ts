import * as api from '@hub/contract/customers';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { changeCustomer } from './change-customer.ts';
import { createCustomer } from './create-customer.ts';
import { exportCustomersCsv, exportCustomersInSteps, exportCustomersXlsx } from './export-customers.ts';
import { linkCustomer } from './link-customer.ts';
import { countCustomers, listCustomers } from './list-customers.ts';
import { listCustomerFacet } from './list-facet.ts';
import { mergeCustomer } from './merge-customer.ts';
import type { OnLinked } from './org-link.ts';
import { previewMerge } from './preview-merge.ts';
import { recordSignIn } from './record-sign-in.ts';
import { showCustomer } from './show-customer.ts';

export function customerRoutes(serve: Serve<Ctx>, hooks: { onLinked: OnLinked }): void {
  serve(api.listCustomers, (ctx, { query }) => listCustomers(ctx, query));
  serve(api.countCustomers, (ctx, { query }) => countCustomers(ctx, query));
  serve(api.listCustomerFacet, (ctx, { params, query }) => listCustomerFacet(ctx, { ...params, ...query }));
  serve(api.exportCustomersCsv, (ctx, { query }) => exportCustomersCsv(ctx, query));
  serve(api.exportCustomersXlsx, (ctx, { query }) => exportCustomersXlsx(ctx, query));
  serve(api.exportChosenCustomersCsv, (ctx, { body }) => exportCustomersCsv(ctx, body));
  serve(api.exportChosenCustomersXlsx, (ctx, { body }) => exportCustomersXlsx(ctx, body));
  serve(api.exportCustomersInSteps, (ctx, { body }) => exportCustomersInSteps(ctx, body));
  serve(api.getCustomer, (ctx, { params }) => showCustomer(ctx, params));
  serve(api.createCustomer, (ctx, { body }) => createCustomer(ctx, body, hooks));
  serve(api.changeCustomer, (ctx, { params, body }) => changeCustomer(ctx, { ...params, ...body }));
  serve(api.recordSignIn, (ctx, { params, body }) => recordSignIn(ctx, { ...params, ...body }));
  serve(api.previewMerge, (ctx, { params, query }) => previewMerge(ctx, { ...params, ...query }));
  serve(api.mergeCustomer, (ctx, { params, body }) => mergeCustomer(ctx, { ...params, ...body }));
  serve(api.linkCustomer, (ctx, { params, body }) => linkCustomer(ctx, { ...params, ...body }, hooks));
}
