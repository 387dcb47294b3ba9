import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { ImportBatch } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, holdActor, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { type GivenFacts, givenColumns } from './given-facts.ts';
import { insertImport } from './import-queries.ts';
import { importView } from './import-view.ts';
import { dropSpoolFile, type Spooled, spoolFileCopy, spoolStream } from './spool.ts';

/** Keeps an uploaded file in its region's spool and queues its import. When this returns, the file survives a crash. */
export async function receiveUpload(
  ctx: Ctx,
  input: GivenFacts & { region: RegionCode; fileName: string; body: Readable; bytes: number | undefined },
): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.write');
  requireRegion(ctx, input.region);
  const given = givenColumns(input);
  const id = ctx.clock.id();
  const fileName = plainName(input.fileName);
  const spooled = await spoolStream(ctx.dataDir, input.region, id, input.body, { fileName, bytes: input.bytes });
  return queueSpooled(ctx, { id, region: input.region, source: 'upload', fileName, spooled, given });
}

/** The same for a file on this machine: the command line and the demo. */
export async function spoolFile(
  ctx: Ctx,
  input: GivenFacts & { region: RegionCode; path: string; source: 'command' | 'demo' },
): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.write');
  requireRegion(ctx, input.region);
  const given = givenColumns(input);
  const id = ctx.clock.id();
  const fileName = plainName(basename(input.path));
  const spooled = await spoolFileCopy(ctx.dataDir, input.region, id, input.path, fileName);
  return queueSpooled(ctx, { id, region: input.region, source: input.source, fileName, spooled, given });
}

interface SpooledImport {
  id: string;
  region: RegionCode;
  source: 'upload' | 'command' | 'demo';
  fileName: string;
  spooled: Spooled;
  given: ReturnType<typeof givenColumns>;
}

async function queueSpooled(
  ctx: Ctx,
  { id, region, source, fileName, spooled, given }: SpooledImport,
): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.write');
  try {
    return await inTenant(ctx, async (tx) => {
      // An upload takes long: whoever sent it may have been removed meanwhile.
      await holdActor(tx, ctx.actor);
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
        created_by: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
        created_at: ctx.clock.now(),
      });
      await audit(tx, ctx, {
        action: 'imports.queue',
        target: { kind: 'import', id },
        after: { region, source, bytes: spooled.bytes, ...given },
      });
      return importView(row);
    });
  } catch (error) {
    await dropSpoolFile(ctx.dataDir, region, spooled.spoolName);
    throw error;
  }
}

function requireRegion(ctx: Ctx, region: RegionCode): void {
  if (!ctx.stores.has(region)) throw new HubError('region_not_served', { region });
}

/** A name to show: no folders, no control characters. It is never used as a path. */
function plainName(fileName: string): string {
  const name = (fileName.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}]/gu, ' ').trim();
  return name === '' ? 'file' : name.slice(0, 255);
}
