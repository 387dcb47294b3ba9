import type { Connector } from '@hub/contract/connectors';
import type { ConnectorId } from '@hub/contract/ids';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { getConnectorForUpdate, getConnectorRow, setEnabled } from './connector-queries.ts';
import { connectorView } from './connector-view.ts';

/** Due at once, where it was left. One that fetches already goes on. Throws connector_not_found. */
export async function resumeConnector(ctx: Ctx, connectorId: ConnectorId): Promise<Connector> {
  requirePermission(ctx, 'connectors.write');
  return inTenant(ctx, async (tx) => {
    const before = await getConnectorForUpdate(tx, connectorId);
    if (before.state === 'enabled') return connectorView(ctx, before);
    await setEnabled(tx, { id: connectorId, partnerId: ctx.actor.partnerId }, ctx.clock.now());
    await audit(tx, ctx, { action: 'connectors.resume', target: { kind: 'connector', id: connectorId } });
    return connectorView(ctx, await getConnectorRow(tx, connectorId));
  });
}
