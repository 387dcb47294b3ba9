import * as api from '@hub/contract/audit';
import type { Serve } from '../../platform/http/index.ts';
import type { Ctx } from '../access/index.ts';
import { exportAuditEvents } from './export-audit-events.ts';
import { listAuditEvents } from './list-audit-events.ts';

export function auditRoutes(serve: Serve<Ctx>): void {
  serve(api.listAuditEvents, (ctx, { query }) => listAuditEvents(ctx, query));
  serve(api.exportAuditEvents, (ctx, { query }) => exportAuditEvents(ctx, query));
}
