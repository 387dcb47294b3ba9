import type { Connector } from '@hub/contract/connectors';
import type { ConnectorId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { getConnectorForUpdate, getConnectorRow, setDue } from './connector-queries.ts';
import { connectorView } from './connector-view.ts';
import { forgetPauses } from './organization-queries.ts';
import { forgetSnapshotPauses } from './snapshot-queries.ts';

/** Due at once, organizations that failed included; one that runs already is left to it. Throws connector_not_found, connector_paused. */
export async function runConnector(ctx: Ctx, connectorId: ConnectorId): Promise<Connector> {
  requirePermission(ctx, 'connectors.write');
  return inTenant(ctx, async (tx) => {
    const { state } = await getConnectorForUpdate(tx, connectorId);
    if (state === 'paused') throw new HubError('connector_paused');
    await forgetPauses(tx, connectorId);
    await forgetSnapshotPauses(tx, connectorId);
    await setDue(tx, connectorId, ctx.clock.now());
    await audit(tx, ctx, { action: 'connectors.run', target: { kind: 'connector', id: connectorId } });
    return connectorView(ctx, await getConnectorRow(tx, connectorId));
  });
}
