import { importBytesLimit } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { archiveKindOf } from './archive-kind.ts';
import { enterStage, NoLongerOurs } from './enter-stage.ts';
import { type ArchivePart, insertParts, setImportName, setUnpacked } from './archive-queries.ts';
import type { ImportRow } from './import-queries.ts';
import { openZip, type ZippedFile } from './read-zip.ts';
import { dropSpoolFile, requireRoom, spoolContent, spoolPath } from './spool.ts';
import { deleteTask } from './task-queries.ts';
import { unpackingOf } from './unpack-file.ts';
import { type Unpacking, withinLimits } from './unpack-limits.ts';

/**
 * Looks whether the spooled file is a ZIP. One with several files becomes an import for each of them, and ends: 'expanded'. One with a
 * single file stays one import, under that file's name. Anything else is what it was.
 */
// oxlint-disable-next-line hub/verb-asks -- a step of a queued import: whoever queued it was asked
export async function openArchive(ctx: Ctx, row: ImportRow): Promise<ImportRow | 'expanded'> {
  const source = spoolPath(ctx.dataDir, row.region as RegionCode, row.spool_name ?? row.id);
  // A ZIP in a ZIP is refused by whoever recognizes it; a file that is not there is told of by whoever reads it.
  if (row.archive_id !== null || (await archiveKindOf(source).catch(() => undefined)) !== 'zip') return row;
  await enterStage(ctx, row, 'unpacking');
  const zip = await openZip(source, row.file_name);
  try {
    const [only] = zip.files;
    if (only !== undefined && zip.files.length === 1) {
      await inTenant(ctx, (tx) => setImportName(tx, row, only.fileName));
      return { ...row, file_name: only.fileName };
    }
    const bytes = zip.files.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes > importBytesLimit)
      throw new HubError('import_archive_too_large', { fileName: row.file_name, limit: importBytesLimit });
    await requireRoom(ctx.dataDir, bytes);
    await expand(ctx, row, zip.files, await unpackingOf(ctx, row, source));
    return 'expanded';
  } finally {
    zip.close();
  }
}

/** Every file into the spool first; then one transaction ends the archive's import and queues theirs, so that a stop in between begins anew. */
async function expand(ctx: Ctx, row: ImportRow, files: readonly ZippedFile[], archive: Unpacking): Promise<void> {
  const parts: ArchivePart[] = [];
  try {
    for (const file of files) {
      await enterStage(ctx, row, 'unpacking');
      parts.push(await unpackPart(ctx, row, file, archive));
    }
    const isOurs = await inTenant(ctx, async (tx) => {
      if (!(await setUnpacked(tx, row, parts.length, ctx.clock.now()))) return false;
      await insertParts(tx, row, parts, ctx.clock.now());
      await deleteTask(tx, row.id);
      await audit(tx, ctx, {
        action: 'imports.unpack',
        target: { kind: 'import', id: row.id },
        after: { files: parts.length, failed: parts.filter(({ failure }) => failure !== null).length },
      });
      return true;
    });
    if (!isOurs) throw new NoLongerOurs();
  } catch (error) {
    // A commit's answer can be lost on its way: then these files may be wanted, and a sweep finds out.
    if (!isDirectoryAway(error))
      for (const { id } of parts) await dropSpoolFile(ctx.dataDir, row.region as RegionCode, id);
    throw error;
  }
}

/** A file that cannot be unpacked ends as a failed import of its own, and holds up none of the others. */
async function unpackPart(ctx: Ctx, row: ImportRow, file: ZippedFile, archive: Unpacking): Promise<ArchivePart> {
  const part = { id: ctx.clock.id(), fileName: file.fileName, bytes: file.bytes };
  const content = withinLimits(file.read(), archive);
  try {
    const spooled = await spoolContent(ctx.dataDir, row.region as RegionCode, part.id, content);
    if (spooled.bytes > 0) return { ...part, ...spooled, failure: null };
    await dropSpoolFile(ctx.dataDir, row.region as RegionCode, part.id);
    return { ...part, failure: { code: 'import_empty', data: { fileName: file.fileName } } };
  } catch (error) {
    if (!(error instanceof HubError) || error.data['fileName'] !== file.fileName) throw error;
    return { ...part, failure: { code: error.code, data: error.data } };
  }
}
