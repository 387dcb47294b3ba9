import type { Deletion } from '@hub/contract/deletions';
import type { CustomerId, DeletionId, OrgUuid } from '@hub/contract/ids';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { Ctx } from '../access/index.ts';
import { countAhead, type DeletionRow, findDeletion, findRegionsOf } from './deletion-queries.ts';

export async function deletionView(tx: TenantTx, ctx: Ctx, id: string): Promise<Deletion> {
  const row = await findDeletion(tx, id);
  if (!row) throw new HubError('deletion_not_found');
  const [view] = await deletionViews(tx, ctx, [row]);
  if (!view) throw new HubError('deletion_not_found');
  return view;
}

export async function deletionViews(tx: TenantTx, ctx: Ctx, rows: readonly DeletionRow[]): Promise<Deletion[]> {
  const regions = await findRegionsOf(
    tx,
    rows.map(({ id }) => id),
  );
  const views: Deletion[] = [];
  for (const row of rows) {
    const ofRow: Deletion['regions'] = [];
    for (const { region, found, endedAt } of regions.filter(({ deletionId }) => deletionId === row.id))
      ofRow.push({
        region,
        endedAt: endedAt?.toISOString() ?? null,
        isAway: endedAt === null && ctx.stores.get(region)?.isAvailable() !== true,
        waitsForImports: endedAt === null ? await countAhead(tx, { deletionId: row.id, region }) : 0,
        feeds: found?.feeds ?? [],
      });
    views.push({
      id: row.id as DeletionId,
      customerId: row.customer_id as CustomerId,
      orgUuid: row.org_uuid as OrgUuid | null,
      subject: row.subject,
      takesRecord: row.takes_record,
      askedBy: row.asked_by_name,
      askedAt: row.asked_at.toISOString(),
      begunAt: row.begun_at?.toISOString() ?? null,
      endedAt: row.ended_at?.toISOString() ?? null,
      letInAt: row.let_in_at?.toISOString() ?? null,
      regions: ofRow,
      sha256: row.sha256,
    });
  }
  return views;
}
