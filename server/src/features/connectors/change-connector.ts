import type { changeConnector as endpoint, Connector } from '@hub/contract/connectors';
import type { RequestOf } from '@hub/contract/endpoint';
import type { ConnectorId } from '@hub/contract/ids';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, holdActor, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import {
  type Choices,
  type ConnectorRow,
  findNamed,
  getConnectorForUpdate,
  getConnectorRow,
  lockConnectors,
  setDue,
  updateConnector,
} from './connector-queries.ts';
import { auditedChoices, connectorView } from './connector-view.ts';
import { givenChoices } from './given-choices.ts';
import { forgetOrigins, forgetPauses, wantHistory } from './organization-queries.ts';
import { forgetSnapshotPauses } from './snapshot-queries.ts';
import { historyOf } from './plan-windows.ts';
import { putSecret } from './secret-queries.ts';
import { boundTo } from './token-source.ts';

/**
 * A run in hand ends and begins anew under the new choices. Throws connector_not_found, connector_name_taken, changed_meanwhile,
 * connector_credential_needed, region_not_served, connector_address_*.
 */
export async function changeConnector(
  ctx: Ctx,
  {
    connectorId,
    version,
    credential,
    snapshots,
    ...given
  }: RequestOf<typeof endpoint>['body'] & { connectorId: ConnectorId },
): Promise<Connector> {
  requirePermission(ctx, 'connectors.write');
  const judged = givenChoices(ctx, { ...given, snapshots: snapshots ?? [] });
  const { partnerId } = ctx.actor;
  return inTenant(ctx, async (tx) => {
    await holdActor(tx, ctx.actor);
    await lockConnectors(tx, partnerId);
    const before = await getConnectorForUpdate(tx, connectorId);
    const choices = snapshots === undefined ? { ...judged, snapshots: before.snapshots } : judged;
    if (before.version !== version) throw new HubError('changed_meanwhile');
    const taken = await findNamed(tx, choices.nameKey);
    if (taken && taken.id !== connectorId) throw new HubError('connector_name_taken', { name: taken.name });
    // Else whoever may change a connector could have its token sent to themselves.
    if (credential === undefined && reachesFurther(before, choices)) throw new HubError('connector_credential_needed');
    await updateConnector(tx, connectorId, choices);
    await adapt(tx, ctx, before, choices);
    if (credential !== undefined) {
      const box = ctx.vault.seal(JSON.stringify(credential), boundTo(ctx, connectorId));
      await putSecret(tx, { connectorId, partnerId, kind: credential.kind, box, at: ctx.clock.now() });
    }
    await setDue(tx, connectorId, ctx.clock.now());
    const row = await getConnectorRow(tx, connectorId);
    await audit(tx, ctx, {
      action: 'connectors.change',
      target: { kind: 'connector', id: connectorId },
      before: auditedChoices(before),
      after: { ...auditedChoices(row), ...(credential === undefined ? {} : { credential: credential.kind }) },
    });
    return connectorView(ctx, row);
  });
}

const reachesFurther = (before: ConnectorRow, after: Choices): boolean =>
  before.base_url !== after.baseUrl ||
  before.calls_url !== after.callsUrl ||
  after.otherDomains.some((domain) => !before.other_domains.includes(domain));

async function adapt(tx: TenantTx, ctx: Ctx, before: ConnectorRow, after: Choices): Promise<void> {
  if (before.calls_url !== after.callsUrl) await forgetOrigins(tx, before.id);
  await forgetPauses(tx, before.id);
  await forgetSnapshotPauses(tx, before.id);
  if (after.backDays > before.back_days)
    await wantHistory(tx, before.id, historyOf(ctx.clock.now(), { backDays: after.backDays }));
}
