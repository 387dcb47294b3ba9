import * as api from '@hub/contract/region-states';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { listRegions } from './list-regions.ts';

export function regionRoutes(serve: Serve<Ctx>): void {
  serve(api.listRegions, (ctx) => listRegions(ctx));
}
