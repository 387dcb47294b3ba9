import { CustomerName } from '@hub/contract/customers';
import { visible } from '@hub/contract/given-names';
import { OrgUuid } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { createCustomer } from '../customers/index.ts';
import { requestRelease } from '../imports/index.ts';
import { uuidOf } from './answer-shapes.ts';
import type { ConnectorRow } from './connector-queries.ts';
import { findUnlinked, keepListed } from './organization-queries.ts';
import type { Provider } from './provider.ts';

/** Notes which organizations the provider lists; makes customers of new ones only where a person chose the country for that. */
// oxlint-disable-next-line hub/verb-audits -- a list kept beside the provider's; customers that come of it are audited by createCustomer
export async function pullOrganizations(ctx: Ctx, connector: ConnectorRow, provider: Provider): Promise<void> {
  requirePermission(ctx, 'connectors.write');
  const named = new Map<string, string>();
  for (const { id, displayName } of await provider.organizations()) {
    const orgUuid = uuidOf(id);
    if (orgUuid !== undefined) named.set(orgUuid, visible(displayName ?? '').slice(0, 200) || orgUuid);
  }
  const listed = [...named].map(([orgUuid, name]) => ({ orgUuid, name }));
  const key = { connectorId: connector.id, partnerId: connector.partner_id };
  await inTenant(ctx, (tx) => keepListed(tx, key, listed));
  if (connector.adds_in === null) return;
  for (const unlinked of await inTenant(ctx, (tx) => findUnlinked(tx, connector.id)))
    await addCustomer(ctx, unlinked, connector.adds_in);
}

async function addCustomer(
  ctx: Ctx,
  { orgUuid, name }: { orgUuid: string; name: string },
  country: string,
): Promise<void> {
  try {
    await createCustomer(
      ctx,
      { name: CustomerName.parse(name), country, orgUuid: OrgUuid.parse(orgUuid) },
      { onLinked: requestRelease },
    );
  } catch (error) {
    // Somebody made it in this moment.
    if (!(error instanceof HubError && error.code === 'customer_org_taken')) throw error;
  }
}
