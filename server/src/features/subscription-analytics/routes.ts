import * as rules from '@hub/contract/low-assignment';
import * as api from '@hub/contract/subscription-analytics';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { changeLowAssignmentRule } from './change-low-assignment-rule.ts';
import { exportSubscriptionRows } from './export-subscription-rows.ts';
import { getLicenseTrend } from './get-license-trend.ts';
import { getLowAssignmentRule } from './get-low-assignment-rule.ts';
import { getSubscriptionAnalytics } from './get-subscription-analytics.ts';
import { listCountedCustomers } from './list-counted-customers.ts';
import { listSubscriptionRows } from './list-subscription-rows.ts';
import { listTrendMoves } from './list-trend-moves.ts';
import { previewLowAssignment } from './preview-low-assignment.ts';

export function subscriptionAnalyticsRoutes(serve: Serve<Ctx>): void {
  serve(api.getSubscriptionAnalytics, (ctx, { query }, { left }) => getSubscriptionAnalytics(ctx, query, left));
  serve(api.listSubscriptionRows, (ctx, { query }, { left }) => listSubscriptionRows(ctx, query, left));
  serve(api.exportSubscriptionRows, (ctx, { query }, { left }) => exportSubscriptionRows(ctx, query, left));
  serve(api.listCountedCustomers, (ctx, { query }, { left }) => listCountedCustomers(ctx, query, left));
  serve(api.getLicenseTrend, (ctx, { query }, { left }) => getLicenseTrend(ctx, query, left));
  serve(api.listTrendMoves, (ctx, { query }, { left }) => listTrendMoves(ctx, query, left));
  serve(api.previewLowAssignment, (ctx, { query }, { left }) => previewLowAssignment(ctx, query, left));
  serve(rules.getLowAssignmentRule, (ctx) => getLowAssignmentRule(ctx));
  serve(rules.changeLowAssignmentRule, (ctx, { body }) => changeLowAssignmentRule(ctx, body));
}
