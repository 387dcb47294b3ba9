import * as api from '@hub/contract/subscriptions';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { changeSubscription } from './change-subscription.ts';
import { createSubscription } from './create-subscription.ts';
import { listSubscriptions } from './list-subscriptions.ts';
import { removeSubscription } from './remove-subscription.ts';

export function subscriptionRoutes(serve: Serve<Ctx>): void {
  serve(api.listSubscriptions, (ctx, { params }) => listSubscriptions(ctx, params));
  serve(api.createSubscription, (ctx, { params, body }) => createSubscription(ctx, { ...params, ...body }));
  serve(api.changeSubscription, (ctx, { params, body }) => changeSubscription(ctx, { ...params, ...body }));
  serve(api.removeSubscription, (ctx, { params }) => removeSubscription(ctx, params));
}
