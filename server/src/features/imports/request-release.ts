import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { findCustomersByOrg } from '../customers/index.ts';
import { insertImport } from './import-queries.ts';
import { hasQueuedRelease } from './release-queries.ts';

/**
 * `isWhole`: also what those brought who may not write to the organization. `createdBy`: absent, whoever acts.
 * Queues the entering of an organization's held rows, in the transaction that links it to a customer. Queued even when nothing is held:
 * an import that runs right now may be about to hold rows. One that finds none removes itself from the list.
 */
export async function requestRelease(
  tx: TenantTx,
  ctx: Ctx,
  input: { region: RegionCode; orgUuid: string; isWhole?: boolean; createdBy?: string | null },
): Promise<void> {
  // A region that is not served keeps its rows; they enter at the first start that serves it again.
  if (!ctx.stores.has(input.region)) return;
  const { isWhole = false } = input;
  if (!isWhole && (await hasQueuedRelease(tx, input.region, input.orgUuid))) return;
  const [customer] = await findCustomersByOrg(tx, [input.orgUuid], input.region);
  const actingPerson = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
  await insertImport(tx, {
    id: ctx.clock.id(),
    partner_id: ctx.actor.partnerId,
    region: input.region,
    source: 'release',
    file_name: customer?.name ?? input.orgUuid,
    file_bytes: 0,
    sha256: null,
    spool_name: null,
    release_org_uuid: input.orgUuid,
    releases_all: isWhole,
    created_by: input.createdBy === undefined ? actingPerson : input.createdBy,
    created_at: ctx.clock.now(),
  });
}
