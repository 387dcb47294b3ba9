import * as api from '@hub/contract/trials';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { changeTrial } from './change-trial.ts';
import { listTrials } from './list-trials.ts';
import { removeTrial } from './remove-trial.ts';
import { startTrial } from './start-trial.ts';

export function trialRoutes(serve: Serve<Ctx>): void {
  serve(api.listTrials, (ctx, { params }) => listTrials(ctx, params));
  serve(api.startTrial, (ctx, { params, body }) => startTrial(ctx, { ...params, ...body }));
  serve(api.changeTrial, (ctx, { params, body }) => changeTrial(ctx, { ...params, ...body }));
  serve(api.removeTrial, (ctx, { params }) => removeTrial(ctx, params));
}
