import * as api from '@hub/contract/retention';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { changeRetention } from './change-retention.ts';
import { getRetention } from './get-retention.ts';
import { previewRetention } from './preview-retention.ts';

export function retentionRoutes(serve: Serve<Ctx>): void {
  serve(api.getRetention, (ctx) => getRetention(ctx));
  serve(api.previewRetention, (ctx, { body }) => previewRetention(ctx, body.rules));
  serve(api.changeRetention, (ctx, { body }) => changeRetention(ctx, body.rules));
}
