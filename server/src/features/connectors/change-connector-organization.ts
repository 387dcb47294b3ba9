import type { ConnectorOrganization } from '@hub/contract/connectors';
import type { ConnectorId, OrgUuid } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { getConnectorForUpdate } from './connector-queries.ts';
import { organizationView } from './connector-view.ts';
import { findOrganization, setLeftOut } from './organization-queries.ts';

/** Taken in again it goes on where it was left. Throws connector_not_found, connector_organization_not_found. */
export async function changeConnectorOrganization(
  ctx: Ctx,
  { connectorId, orgUuid, isLeftOut }: { connectorId: ConnectorId; orgUuid: OrgUuid; isLeftOut: boolean },
): Promise<ConnectorOrganization> {
  requirePermission(ctx, 'connectors.write');
  return inTenant(ctx, async (tx) => {
    const connector = await getConnectorForUpdate(tx, connectorId);
    const before = await findOrganization(tx, connectorId, orgUuid);
    if (before === undefined) throw new HubError('connector_organization_not_found');
    if (before.is_left_out === isLeftOut) return organizationView(ctx, before, connector);
    await setLeftOut(tx, { connectorId, orgUuid }, isLeftOut);
    await audit(tx, ctx, {
      action: isLeftOut ? 'connectors.leave_out' : 'connectors.take_in',
      target: { kind: 'connector', id: connectorId },
      ...(before.customer_id !== null && { customerId: before.customer_id }),
      after: { orgUuid },
    });
    return organizationView(ctx, { ...before, is_left_out: isLeftOut }, connector);
  });
}
