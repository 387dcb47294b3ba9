import * as api from '@hub/contract/metrics';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { askMetrics } from './ask-metrics.ts';
import { exportMetrics } from './export-metrics.ts';
import { exportMetricsByRegion } from './export-metrics-by-region.ts';
import { askMetricsByRegion } from './metrics-by-region.ts';

export function metricRoutes(serve: Serve<Ctx>): void {
  serve(api.askMetrics, (ctx, { query }, { left }) => askMetrics(ctx, query, left));
  serve(api.exportMetrics, (ctx, { query }, { left }) => exportMetrics(ctx, query, left));
  serve(api.exportMetricsByRegion, (ctx, { query }, { left }) => exportMetricsByRegion(ctx, query, left));
  serve(api.askMetricsByRegion, (ctx, { query }, { left }) => askMetricsByRegion(ctx, query, left));
}
