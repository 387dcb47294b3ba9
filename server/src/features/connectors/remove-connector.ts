import type { ConnectorId } from '@hub/contract/ids';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { deleteConnector, getConnectorForUpdate } from './connector-queries.ts';
import { auditedChoices } from './connector-view.ts';

/** With its credential; what it fetched stays. A run in hand ends. Throws connector_not_found. */
export async function removeConnector(ctx: Ctx, connectorId: ConnectorId): Promise<void> {
  requirePermission(ctx, 'connectors.write');
  await inTenant(ctx, async (tx) => {
    const row = await getConnectorForUpdate(tx, connectorId);
    await deleteConnector(tx, connectorId);
    await audit(tx, ctx, {
      action: 'connectors.remove',
      target: { kind: 'connector', id: connectorId },
      before: auditedChoices(row),
    });
  });
}
