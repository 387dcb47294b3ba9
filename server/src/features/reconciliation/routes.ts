import * as api from '@hub/contract/reconciliation';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { exportReconciliationRows } from './export-reconciliation-rows.ts';
import { getReconciliation } from './get-reconciliation.ts';
import { listReconciliationRows } from './list-reconciliation-rows.ts';

export function reconciliationRoutes(serve: Serve<Ctx>): void {
  serve(api.getReconciliation, (ctx, { query }, { left }) => getReconciliation(ctx, query, left));
  serve(api.listReconciliationRows, (ctx, { query }, { left }) => listReconciliationRows(ctx, query, left));
  serve(api.exportReconciliationRows, (ctx, { query }, { left }) => exportReconciliationRows(ctx, query, left));
}
