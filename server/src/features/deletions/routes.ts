import * as api from '@hub/contract/deletions';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { deleteCustomerData } from './delete-customer-data.ts';
import { deletePersonData } from './delete-person-data.ts';
import { downloadReceipt } from './download-receipt.ts';
import { findPersonData } from './find-person-data.ts';
import { getCustomerData } from './get-customer-data.ts';
import { letInAgain } from './let-in-again.ts';
import { listDeletions } from './list-deletions.ts';

export function deletionRoutes(serve: Serve<Ctx>): void {
  serve(api.getCustomerData, (ctx, { params }) => getCustomerData(ctx, params.customerId));
  serve(api.deleteCustomerData, (ctx, { params, body }) => deleteCustomerData(ctx, { ...params, ...body }));
  serve(api.findPersonData, (ctx, { params, body }) => findPersonData(ctx, { ...params, ...body }));
  serve(api.deletePersonData, (ctx, { params, body }) => deletePersonData(ctx, { ...params, ...body }));
  serve(api.listDeletions, (ctx, { query }) => listDeletions(ctx, query));
  serve(api.letInAgain, (ctx, { params }) => letInAgain(ctx, params.deletionId));
  serve(api.downloadReceipt, (ctx, { params }) => downloadReceipt(ctx, params.deletionId));
}
