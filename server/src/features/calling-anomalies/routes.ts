import * as api from '@hub/contract/calling-anomalies';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { getCallingAnomalies } from './get-calling-anomalies.ts';

export function callingAnomalyRoutes(serve: Serve<Ctx>): void {
  serve(api.getCallingAnomalies, (ctx, { params }) => getCallingAnomalies(ctx, params));
}
