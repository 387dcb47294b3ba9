import type { ErrorCode } from '@hub/contract/errors';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { type ImportRow, setOwnState } from './import-queries.ts';
import { roomFor } from './spool.ts';
import { deleteTask } from './task-queries.ts';

/** What is the file's own fault ends the import; what is ours keeps the file for another try. */
// oxlint-disable-next-line hub/verb-asks -- a step of a queued import: whoever queued it was asked
export async function failImport(ctx: Ctx, row: ImportRow, error: unknown): Promise<void> {
  try {
    const failure = await failureOf(ctx, row, error);
    if (failure.code === 'import_engine_failed')
      ctx.log.error({ err: error, trackingId: ctx.trackingId, importId: row.id }, 'an import failed');
    await setFailed(ctx, row, failure);
  } catch (cause) {
    // An import that cannot say why it failed must still end: the whole region waits behind it.
    ctx.log.error(
      { err: cause, trackingId: ctx.trackingId, importId: row.id },
      'the failure of an import was not written',
    );
    await setFailed(ctx, row, { code: 'import_engine_failed', data: { reason: 'an unexpected fault' } });
  }
}

interface Failure {
  code: ErrorCode;
  data: Record<string, string | number>;
}

async function setFailed(ctx: Ctx, row: ImportRow, failure: Failure): Promise<void> {
  const keepsFile = keepingFile.has(failure.code);
  await inTenant(ctx, async (tx) => {
    const done = await setOwnState(tx, row, {
      state: 'failed',
      stage: null,
      ended_at: ctx.clock.now(),
      failure,
      ...(keepsFile ? {} : { spool_name: null }),
    });
    if (!done) return;
    await deleteTask(tx, row.id);
    await audit(tx, ctx, {
      action: 'imports.fail',
      target: { kind: 'import', id: row.id },
      after: { code: failure.code },
    });
  });
}

/** Not the file's own fault, or only a question away from going on: it may be tried again. */
const keepingFile: ReadonlySet<ErrorCode> = new Set([
  'import_engine_failed',
  'import_disk_full',
  'import_file_missing',
  'import_unknown_columns',
  'import_is_records',
  'import_columns_missing',
  'import_needs_customer',
  'import_needs_period',
  'import_needs_customer_and_period',
  'vault_key_missing',
]);

/** What people read of a fault of the engine; its own words go to the log. */
const engineReasons: Partial<Record<StoreFault['kind'], string>> = {
  out_of_memory: 'the engine ran out of memory',
  too_slow: 'the engine took too long',
  disk_full: 'the disk of the region’s store is full',
  read_only: 'the region’s store takes no writes (it is read-only)',
  unavailable: 'the connection to the region’s store broke again and again',
};

async function failureOf(ctx: Ctx, row: ImportRow, error: unknown): Promise<Failure> {
  if (error instanceof HubError) return { code: error.code, data: error.data };
  // Of a store on a server the free space here says nothing.
  const isStoreHere = ctx.stores.get(row.region as RegionCode)?.isEmbedded ?? true;
  const isFull =
    (isStoreHere && error instanceof StoreFault && error.kind === 'disk_full') ||
    (error as NodeJS.ErrnoException).code === 'ENOSPC';
  if (isFull) return { code: 'import_disk_full', data: await roomFor(ctx.dataDir, row.file_bytes) };
  const reason = (error instanceof StoreFault && engineReasons[error.kind]) || 'an unexpected fault';
  return { code: 'import_engine_failed', data: { reason } };
}
