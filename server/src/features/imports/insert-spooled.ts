import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import type { GivenColumns } from './given-facts.ts';
import { type ImportRow, insertImport, type NewImport } from './import-queries.ts';
import type { Spooled } from './spool.ts';

export interface SpooledImport {
  id: string;
  region: RegionCode;
  source: NewImport['source'];
  fileName: string;
  spooled: Spooled;
  given?: GivenColumns | undefined;
  /** Null: the hub itself brings it, and no person. */
  createdBy: string | null;
}

/** Queues, with its audit entry, the import of a file that lies in its region's spool. */
export async function insertSpooled(
  tx: TenantTx,
  ctx: Ctx,
  { id, region, source, fileName, spooled, given, createdBy }: SpooledImport,
): Promise<ImportRow> {
  const row = await insertImport(tx, {
    id,
    partner_id: ctx.actor.partnerId,
    region,
    source,
    file_name: fileName,
    file_bytes: spooled.bytes,
    sha256: spooled.sha256,
    spool_name: spooled.spoolName,
    release_org_uuid: null,
    ...given,
    created_by: createdBy,
    created_at: ctx.clock.now(),
  });
  await audit(tx, ctx, {
    action: 'imports.queue',
    target: { kind: 'import', id },
    after: { region, source, bytes: spooled.bytes, ...given },
  });
  return row;
}
