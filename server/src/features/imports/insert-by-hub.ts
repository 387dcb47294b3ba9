import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { insertImport, type NewImport } from './import-queries.ts';
import type { Spooled } from './spool.ts';

/** Queues, with its audit entry, the import of a spooled file that the hub itself brings, and no person. */
export async function insertByHub(
  tx: TenantTx,
  ctx: Ctx,
  {
    id,
    region,
    source,
    fileName,
    spooled,
  }: { id: string; region: RegionCode; source: NewImport['source']; fileName: string; spooled: Spooled },
): Promise<void> {
  await insertImport(tx, {
    id,
    partner_id: ctx.actor.partnerId,
    region,
    source,
    file_name: fileName,
    file_bytes: spooled.bytes,
    sha256: spooled.sha256,
    spool_name: spooled.spoolName,
    release_org_uuid: null,
    created_by: null,
    created_at: ctx.clock.now(),
  });
  await audit(tx, ctx, {
    action: 'imports.queue',
    target: { kind: 'import', id },
    after: { region, source, bytes: spooled.bytes },
  });
}
