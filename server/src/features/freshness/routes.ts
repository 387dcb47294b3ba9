import * as api from '@hub/contract/freshness';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { explainEmpty } from './explain-empty.ts';
import { exportFreshness } from './export-freshness.ts';
import { getCustomerFreshness } from './get-customer-freshness.ts';
import { listFreshness } from './list-freshness.ts';

export function freshnessRoutes(serve: Serve<Ctx>): void {
  serve(api.listFreshness, (ctx, { query }) => listFreshness(ctx, query));
  serve(api.exportFreshness, (ctx, { query }) => exportFreshness(ctx, query));
  serve(api.getCustomerFreshness, (ctx, { params, query }) => getCustomerFreshness(ctx, { ...params, ...query }));
  serve(api.explainEmpty, (ctx, { query }) => explainEmpty(ctx, query));
}
