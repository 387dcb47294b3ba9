import type { Connector } from '@hub/contract/connectors';
import type { ConnectorId } from '@hub/contract/ids';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { getConnectorForUpdate, getConnectorRow, setPaused } from './connector-queries.ts';
import { connectorView } from './connector-view.ts';

/** A run in hand ends before its next request; one that is paused stays so. Throws connector_not_found. */
export async function pauseConnector(ctx: Ctx, connectorId: ConnectorId): Promise<Connector> {
  requirePermission(ctx, 'connectors.write');
  return inTenant(ctx, async (tx) => {
    const before = await getConnectorForUpdate(tx, connectorId);
    if (before.state === 'paused') return connectorView(ctx, before);
    await setPaused(tx, connectorId, null);
    await audit(tx, ctx, { action: 'connectors.pause', target: { kind: 'connector', id: connectorId } });
    return connectorView(ctx, await getConnectorRow(tx, connectorId));
  });
}
