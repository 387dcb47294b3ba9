import { listStatusHistory as history } from '@hub/contract/customers';
import * as api from '@hub/contract/status-policy';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { changeStatusPolicy } from './change-status-policy.ts';
import { getStatusPolicy } from './get-status-policy.ts';
import { listStatusHistory } from './list-status-history.ts';

export function statusRoutes(serve: Serve<Ctx>): void {
  serve(api.getStatusPolicy, (ctx) => getStatusPolicy(ctx));
  serve(api.changeStatusPolicy, (ctx, { body }) => changeStatusPolicy(ctx, body));
  serve(history, (ctx, { params }) => listStatusHistory(ctx, params));
}
