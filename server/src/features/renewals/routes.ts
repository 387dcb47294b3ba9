import * as api from '@hub/contract/renewals';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { changeRenewal } from './change-renewal.ts';
import { exportRenewals } from './export-renewals.ts';
import { getRenewal } from './get-renewal.ts';
import { getRenewalTotals } from './get-renewal-totals.ts';
import { listRenewalOwners } from './list-renewal-owners.ts';
import { listRenewals } from './list-renewals.ts';
import { tryRenewals } from './try-renewals.ts';

export function renewalRoutes(serve: Serve<Ctx>): void {
  serve(api.listRenewals, (ctx, { query }, { left }) => listRenewals(ctx, query, left));
  serve(api.exportRenewals, (ctx, { query }, { left }) => exportRenewals(ctx, query, left));
  serve(api.getRenewalTotals, (ctx, { query }) => getRenewalTotals(ctx, query));
  serve(api.listRenewalOwners, (ctx, { query }) => listRenewalOwners(ctx, query));
  serve(api.tryRenewals, (ctx, { query }, { left }) => tryRenewals(ctx, query, left));
  serve(api.getRenewal, (ctx, { params }) => getRenewal(ctx, params));
  serve(api.changeRenewal, (ctx, { params, body }) => changeRenewal(ctx, { ...params, ...body }));
}
