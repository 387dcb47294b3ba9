import * as api from '@hub/contract/saved-views';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { changeSavedView } from './change-saved-view.ts';
import { countSavedViews } from './count-saved-views.ts';
import { createSavedView } from './create-saved-view.ts';
import { listSavedViews } from './list-saved-views.ts';
import { removeSavedView } from './remove-saved-view.ts';
import { restoreSavedView } from './restore-saved-view.ts';

export function savedViewRoutes(serve: Serve<Ctx>): void {
  serve(api.listSavedViews, (ctx) => listSavedViews(ctx));
  serve(api.countSavedViews, (ctx) => countSavedViews(ctx));
  serve(api.createSavedView, (ctx, { body }) => createSavedView(ctx, body));
  serve(api.changeSavedView, (ctx, { params, body }) => changeSavedView(ctx, { ...params, ...body }));
  serve(api.removeSavedView, (ctx, { params }) => removeSavedView(ctx, params.viewId));
  serve(api.restoreSavedView, (ctx, { params }) => restoreSavedView(ctx, params.viewId));
}
