import * as api from '@hub/contract/health-score';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { changeHealthPolicy } from './change-health-policy.ts';
import { getCustomerHealth } from './get-customer-health.ts';
import { getHealthPolicy } from './get-health-policy.ts';
import { getHealthTotals } from './get-health-totals.ts';
import { listHealthScores } from './list-health-scores.ts';
import { previewHealthScores } from './preview-health-scores.ts';

export function healthScoreRoutes(serve: Serve<Ctx>): void {
  serve(api.getCustomerHealth, (ctx, { params }, { left }) => getCustomerHealth(ctx, params, left));
  serve(api.listHealthScores, (ctx, { query }, { left }) => listHealthScores(ctx, query, left));
  serve(api.previewHealthScores, (ctx, { query }, { left }) => previewHealthScores(ctx, query, left));
  serve(api.getHealthTotals, (ctx, { query }, { left }) => getHealthTotals(ctx, query, left));
  serve(api.getHealthPolicy, (ctx) => getHealthPolicy(ctx));
  serve(api.changeHealthPolicy, (ctx, { body }) => changeHealthPolicy(ctx, body));
}
