import * as api from '@hub/contract/customer-tags';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { changeTag } from './change-tag.ts';
import { listTags } from './list-tags.ts';
import { mergeTag } from './merge-tag.ts';
import { removeTag } from './remove-tag.ts';
import { restoreTag } from './restore-tag.ts';
import { changeCustomerTags, changeSubscriptionTags, setCustomerTags, setSubscriptionTags } from './set-tags.ts';

export function tagRoutes(serve: Serve<Ctx>): void {
  serve(api.listTags, (ctx, { query }) => listTags(ctx, query.kind));
  serve(api.setCustomerTags, (ctx, { params, body }) => setCustomerTags(ctx, { ...params, ...body }));
  serve(api.setSubscriptionTags, (ctx, { params, body }) => setSubscriptionTags(ctx, { ...params, ...body }));
  serve(api.changeCustomerTags, (ctx, { params, body }) => changeCustomerTags(ctx, { ...params, ...body }));
  serve(api.changeSubscriptionTags, (ctx, { params, body }) => changeSubscriptionTags(ctx, { ...params, ...body }));
  serve(api.changeTag, (ctx, { params, body }) => changeTag(ctx, { ...params, ...body }));
  serve(api.mergeTag, (ctx, { params, body }) => mergeTag(ctx, { ...params, ...body }));
  serve(api.removeTag, (ctx, { params }) => removeTag(ctx, params.tagId));
  serve(api.restoreTag, (ctx, { params }) => restoreTag(ctx, params.tagId));
}
