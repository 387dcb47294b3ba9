import * as api from '@hub/contract/customer-groups';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { changeCustomerGroup } from './change-customer-group.ts';
import { createCustomerGroup } from './create-customer-group.ts';
import { listCustomerGroups } from './list-customer-groups.ts';
import { removeCustomerGroup } from './remove-customer-group.ts';
import { setGroupMembers } from './set-group-members.ts';

export function customerGroupRoutes(serve: Serve<Ctx>): void {
  serve(api.listCustomerGroups, (ctx) => listCustomerGroups(ctx));
  serve(api.createCustomerGroup, (ctx, { body }) => createCustomerGroup(ctx, body));
  serve(api.changeCustomerGroup, (ctx, { params, body }) => changeCustomerGroup(ctx, { ...params, ...body }));
  serve(api.removeCustomerGroup, (ctx, { params }) => removeCustomerGroup(ctx, params.groupId));
  serve(api.setGroupMembers, (ctx, { params, body }) => setGroupMembers(ctx, { ...params, ...body }));
}
