import type { Connector } from '@hub/contract/connectors';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findConnectors } from './connector-queries.ts';
import { connectorView } from './connector-view.ts';

/** By name. Counts and lag are over the organizations that the caller sees. */
export async function listConnectors(ctx: Ctx): Promise<{ items: Connector[] }> {
  requirePermission(ctx, 'imports.read');
  const rows = await inTenant(ctx, (tx) => findConnectors(tx));
  return { items: rows.map((row) => connectorView(ctx, row)) };
}
