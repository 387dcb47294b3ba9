import { getCallPath as pathEndpoint } from '@hub/contract/call-path';
import * as api from '@hub/contract/calling-usage';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { getCallLeg, listCallLegs } from './call-legs.ts';
import { getCallPath } from './get-call-path.ts';
import { exportCallingUsage } from './export-calling-usage.ts';
import { getCallingUsage, getCallingUsageByRegion } from './get-calling-usage.ts';

export function callingUsageRoutes(serve: Serve<Ctx>): void {
  serve(api.getCallingUsage, (ctx, { query }) => getCallingUsage(ctx, query));
  serve(api.exportCallingUsage, (ctx, { query }) => exportCallingUsage(ctx, query));
  serve(api.getCallingUsageByRegion, (ctx, { query }) => getCallingUsageByRegion(ctx, query));
  serve(api.listCallLegs, (ctx, { query }, { left }) => listCallLegs(ctx, query, left));
  serve(pathEndpoint, (ctx, { params, query }) => getCallPath(ctx, { ...params, ...query }));
  serve(api.getCallLeg, (ctx, { params, query }) => getCallLeg(ctx, { ...params, ...query }));
}
