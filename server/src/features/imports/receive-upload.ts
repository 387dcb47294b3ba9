import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { ImportBatch } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { isForm, readFormFile, refusedField } from '../../platform/http/index.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, holdActor, inTenant, requirePermission } from '../access/index.ts';
import { type GivenFacts, givenColumns } from './given-facts.ts';
import { findKeyedImport, giveKey, KeyTaken } from './import-key.ts';
import { insertSpooled, type SpooledImport } from './insert-spooled.ts';
import { importView } from './import-view.ts';
import { mayBeQueued } from './may-be-queued.ts';
import { dropSpoolFile, spoolFileCopy, spoolStream } from './spool.ts';

/** What is given counts for the file, and for each file of an archive. */
export interface ReceivedFile extends GivenFacts {
  region: RegionCode;
  /** Needed unless the body is a form, whose file names itself. */
  fileName?: string | undefined;
  body: Readable;
  bytes: number | undefined;
  contentType?: string;
  /** Who sends the same file with the same key again gets the same import. */
  idempotencyKey?: string | undefined;
}

/**
 * Keeps an uploaded file, or that of a form, in its region's spool and queues its import. When this returns, the file survives a crash.
 * Throws idempotency_key_reused, range_invalid and range_in_future.
 */
export async function receiveUpload(ctx: Ctx, input: ReceivedFile): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.write');
  const { region, body, bytes, idempotencyKey: key } = input;
  requireRegion(ctx, region);
  const given = givenColumns(input, ctx.clock.now());
  const form = isForm(input.contentType ?? '') ? await readFormFile(body, input.contentType ?? '') : undefined;
  const fileName = input.fileName ?? form?.fileName;
  if (fileName === undefined) {
    form?.content.destroy();
    throw refusedField('query', 'fileName', 'missing', 'say how the file is called');
  }
  const name = plainName(fileName);
  const id = ctx.clock.id();
  const spooled = await spoolStream(ctx.dataDir, region, id, form?.content ?? body, { fileName: name, bytes });
  try {
    await form?.ended;
  } catch (error) {
    await dropSpoolFile(ctx.dataDir, region, id);
    throw error;
  }
  return queueSpooled(ctx, { id, region, source: wayOf(ctx), fileName: name, spooled, given, key });
}

/** The same for what the hub itself found, under an id that says that it is one import, whatever happens in between. */
export async function receiveWatched(
  ctx: Ctx,
  input: { id: string; region: RegionCode; fileName: string; content: Readable; bytes: number },
): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.write');
  const { id, region, content, bytes } = input;
  requireRegion(ctx, region);
  const fileName = plainName(input.fileName);
  const spooled = await spoolStream(ctx.dataDir, region, id, content, { fileName, bytes });
  return queueSpooled(ctx, { id, region, source: 'watched', fileName, spooled });
}

/** The same for rejected rows that a person corrected: their header says what they correct. */
export async function receiveCorrected(
  ctx: Ctx,
  input: { region: RegionCode; fileName: string; body: Readable; bytes: number },
): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.write');
  const { region, fileName, body, bytes } = input;
  requireRegion(ctx, region);
  const id = ctx.clock.id();
  const spooled = await spoolStream(ctx.dataDir, region, id, body, { fileName, bytes });
  return queueSpooled(ctx, { id, region, source: wayOf(ctx), fileName, spooled });
}

/** The same for a file on this machine: the command line and the demo. */
export async function spoolFile(
  ctx: Ctx,
  input: GivenFacts & { region: RegionCode; path: string; source: 'command' | 'demo' },
): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.write');
  requireRegion(ctx, input.region);
  const given = givenColumns(input, ctx.clock.now());
  const id = ctx.clock.id();
  const fileName = plainName(basename(input.path));
  const spooled = await spoolFileCopy(ctx.dataDir, input.region, id, input.path, fileName);
  return queueSpooled(ctx, { id, region: input.region, source: input.source, fileName, spooled, given });
}

async function queueSpooled(
  ctx: Ctx,
  queued: Omit<SpooledImport, 'createdBy'> & { key?: string | undefined },
): Promise<ImportBatch> {
  const { id, region, source, fileName, spooled, given, key } = queued;
  requirePermission(ctx, 'imports.write');
  try {
    return await inTenant(ctx, async (tx) => {
      // An upload takes long: whoever sent it may have been removed meanwhile.
      await holdActor(tx, ctx.actor);
      const createdBy = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
      const row = await insertSpooled(tx, ctx, { id, region, source, fileName, spooled, given, createdBy });
      await giveKey(tx, ctx, key, { importId: id, region, fileName, ...spooled, given: given ?? {} });
      return importView(row);
    });
  } catch (error) {
    if (error instanceof HubError || error instanceof KeyTaken || !(await mayBeQueued(ctx, id)))
      await dropSpoolFile(ctx.dataDir, region, spooled.spoolName);
    if (!(error instanceof KeyTaken)) throw error;
    const first = await findKeyedImport(ctx, key, { region, fileName, ...spooled, given: given ?? {} });
    if (first === undefined) throw error;
    return first;
  }
}

/** A person at the page, or a program with a token of theirs. */
export const wayOf = ({ actor }: Ctx): 'upload' | 'api' =>
  actor.kind === 'person' && actor.scopes !== undefined ? 'api' : 'upload';

export function requireRegion(ctx: Ctx, region: RegionCode): void {
  if (!ctx.stores.has(region)) throw new HubError('region_not_served', { region });
}

/** A name to show: no folders, no control characters. It is never used as a path. */
export function plainName(fileName: string): string {
  const name = (fileName.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}]/gu, ' ').trim();
  return name === '' ? 'file' : name.slice(0, 255);
}
