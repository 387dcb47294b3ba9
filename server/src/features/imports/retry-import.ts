import type { ImportBatch } from '@hub/contract/imports';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { type GivenFacts, givenColumns } from './given-facts.ts';
import { getImportForUpdate, getImportRow, setImportState } from './import-queries.ts';
import { insertTask } from './task-queries.ts';
import { importView } from './import-view.ts';

/** Queues a failed import whose file was kept, with what is given now in place of what was before. Throws import_not_retryable, range_invalid and range_in_future. */
export async function retryImport(ctx: Ctx, importId: string, facts: GivenFacts = {}): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.write');
  const given = givenColumns(facts, ctx.clock.now());
  return inTenant(ctx, async (tx) => {
    const before = await getImportForUpdate(tx, importId);
    if (before.state !== 'failed' || (before.spool_name === null && before.source !== 'release'))
      throw new HubError('import_not_retryable');
    await setImportState(tx, importId, ['failed'], { ...given, state: 'queued', failure: null, ended_at: null });
    await insertTask(tx, before);
    await audit(tx, ctx, {
      action: 'imports.retry',
      target: { kind: 'import', id: importId },
      before: { code: codeOf(before.failure) },
      after: { state: 'queued', ...given },
    });
    return importView(await getImportRow(tx, importId));
  });
}

/** What a failure tells beside its code may be of the file's own rows, which the log does not keep. */
const codeOf = (failure: unknown): string | null =>
  typeof failure === 'object' && failure !== null && 'code' in failure ? String(failure.code) : null;
