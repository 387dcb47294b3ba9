import * as api from '@hub/contract/calling-policy';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { changeCallingPolicy } from './change-calling-policy.ts';
import { getCallingPolicy } from './get-calling-policy.ts';

export function callingPolicyRoutes(serve: Serve<Ctx>): void {
  serve(api.getCallingPolicy, (ctx) => getCallingPolicy(ctx));
  serve(api.changeCallingPolicy, (ctx, { body }) => changeCallingPolicy(ctx, body));
}
