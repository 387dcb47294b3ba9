import { type Connector, connectorLimit, type createConnector as endpoint } from '@hub/contract/connectors';
import type { RequestOf } from '@hub/contract/endpoint';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, holdActor, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import {
  countConnectors,
  findNamed,
  getConnectorRow,
  insertConnector,
  lockConnectors,
  setEnabled,
} from './connector-queries.ts';
import { auditedChoices, connectorView } from './connector-view.ts';
import { givenChoices } from './given-choices.ts';
import { putSecret } from './secret-queries.ts';
import { boundTo } from './token-source.ts';

/** Enabled, and due at once. Throws connector_name_taken, connector_limit, region_not_served, connector_address_*. */
export async function createConnector(
  ctx: Ctx,
  { credential, ...given }: RequestOf<typeof endpoint>['body'],
): Promise<Connector> {
  requirePermission(ctx, 'connectors.write');
  const choices = givenChoices(ctx, given);
  const { partnerId } = ctx.actor;
  return inTenant(ctx, async (tx) => {
    await holdActor(tx, ctx.actor);
    await lockConnectors(tx, partnerId);
    const taken = await findNamed(tx, choices.nameKey);
    if (taken) throw new HubError('connector_name_taken', { name: taken.name });
    if ((await countConnectors(tx)) >= connectorLimit) throw new HubError('connector_limit', { limit: connectorLimit });
    const [id, at] = [ctx.clock.id(), ctx.clock.now()];
    await insertConnector(tx, { id, partnerId, at, choices });
    const box = ctx.vault.seal(JSON.stringify(credential), boundTo(ctx, id));
    await putSecret(tx, { connectorId: id, partnerId, kind: credential.kind, box, at });
    await setEnabled(tx, { id, partnerId }, at);
    const row = await getConnectorRow(tx, id);
    await audit(tx, ctx, {
      action: 'connectors.create',
      target: { kind: 'connector', id },
      after: { ...auditedChoices(row), credential: credential.kind },
    });
    return connectorView(ctx, row);
  });
}
