import * as api from '@hub/contract/demo';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { removeDemo } from './remove-demo.ts';

export function demoRoutes(serve: Serve<Ctx>): void {
  serve(api.removeDemo, async (ctx) => {
    await removeDemo(ctx);
    return undefined;
  });
}
