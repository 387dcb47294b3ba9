import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportBatch } from '@hub/contract/imports';
import { sentenceOf } from '@hub/contract/errors';
import { CalendarDate, OrgUuid } from '@hub/contract/ids';
import { RegionCode } from '@hub/contract/regions';
import { z } from 'zod';
import type { Ctx } from '../features/access/index.ts';
import { getImport, listPartsOf, spoolFile } from '../features/imports/index.ts';
import { HubError } from '../platform/hub-error.ts';
import { actingFor } from './acting-for.ts';
import { command, type CommandContext } from './command.ts';
import { Refusal } from './refusal.ts';

const lookMilliseconds = 300;
const number = new Intl.NumberFormat('en');

export const importCommand = command({
  args: z.object({
    /** Absolute paths. */
    files: z.array(z.string().min(1)).min(1),
    region: RegionCode,
    partner: z.string().optional(),
    waits: z.boolean(),
    /** For reports that say neither. */
    orgUuid: OrgUuid.optional(),
    from: CalendarDate.optional(),
    to: CalendarDate.optional(),
  }),
  runsImports: true,
  async run(context, { files, region, partner, waits, ...given }) {
    const ctx = await actingFor(context, partner);
    const queued: ImportBatch[] = [];
    let hasFailed = false;
    for (const path of files) {
      if (context.signal.aborted) return 'failed';
      try {
        context.tell.progress(`${basename(path)}: being copied to the spool`);
        const batch = await spoolFile(ctx, { region, path, source: 'command', ...given });
        context.hub.runner?.wake();
        queued.push(batch);
        if (!waits) context.tell.line(`${nameOf(batch)}: queued.`);
      } catch (error) {
        hasFailed = true;
        context.tell.line(`${basename(path)}: ${sentenceFor(error, path)}`);
      }
    }
    if (!waits) return hasFailed ? 'failed' : 'fine';
    // The files of a ZIP are followed as they come to light.
    for (let batch = queued.shift(); batch !== undefined; batch = queued.shift()) {
      const ended = await follow(context, ctx, batch);
      if (ended === undefined) return 'failed';
      tellEnd(context, ended);
      if (ended.state !== 'committed') hasFailed = true;
      if (ended.format === 'zip') queued.unshift(...(await listPartsOf(ctx, ended.id)));
    }
    return hasFailed ? 'failed' : 'fine';
  },
});

/** Until it has ended; undefined where nobody listens any more. */
async function follow(
  { tell, signal }: CommandContext,
  ctx: Ctx,
  { id }: ImportBatch,
): Promise<ImportBatch | undefined> {
  while (!signal.aborted) {
    const batch = await getImport(ctx, id);
    if (batch.state !== 'queued' && batch.state !== 'running') return batch;
    tell.progress(progressOf(batch));
    await sleep(lookMilliseconds, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

function progressOf(batch: ImportBatch): string {
  if (batch.state === 'queued') return `${nameOf(batch)}: waiting for its turn`;
  const { progress } = batch;
  const parts: string[] = [batch.stage ?? 'starting'];
  if (progress !== null) {
    parts.push(`${number.format(progress.rowsDone)} rows`);
    if (progress.bytesTotal > 0)
      parts.push(`${Math.floor((100 * Math.min(progress.bytesDone, progress.bytesTotal)) / progress.bytesTotal)} %`);
    if (progress.secondsLeft !== null) parts.push(`about ${Math.ceil(progress.secondsLeft)} s left`);
  }
  return `${nameOf(batch)}: ${parts.join(', ')}`;
}

function tellEnd({ hub, tell }: CommandContext, batch: ImportBatch): void {
  const { counts, failure } = batch;
  if (batch.state === 'canceled') return tell.line(`${nameOf(batch)}: canceled; nothing of it stays.`);
  if (failure !== null || counts === null) {
    const why = failure === null ? 'It ended without a result.' : sentenceOf(failure.code, failure.data);
    return tell.line(`${nameOf(batch)}: failed. ${why}`);
  }
  if (batch.format === 'zip')
    return tell.line(`${nameOf(batch)}: unpacked; each of its files is an import of its own.`);
  tell.line(`${nameOf(batch)}: imported.`);
  for (const [name, count] of Object.entries(counts))
    tell.line(`  ${name.padEnd(10)}${number.format(count).padStart(15)}`);
  const page =
    hub.address === undefined
      ? 'on the Imports page'
      : `at ${hub.address}/imports?region=${batch.region}&batch=${batch.id}`;
  const forgotten = rowsOf(batch, 'person_deleted');
  const again = rowsOf(batch, 'deleted_before');
  if (forgotten > 0)
    tell.line(
      `  ${number.format(forgotten)} of the rejected rows are of people whose data were deleted; nothing of them is kept.`,
    );
  if (again > 0)
    tell.line(
      `  ${number.format(again)} of the rows are of days for which the data of their customer were deleted on request: undo B-${batch.number} to take them out.`,
    );
  if (counts.rejected > forgotten) tell.line(`  The rejected rows can be seen and downloaded ${page}.`);
  if (counts.held > 0)
    tell.line(`  The held rows wait for a customer with their organization; they can be seen ${page}.`);
}

const rowsOf = ({ notes }: ImportBatch, note: ImportBatch['notes'][number]['code']): number =>
  Number(notes.find(({ code }) => code === note)?.data['rows'] ?? 0);

const nameOf = (batch: ImportBatch): string => `B-${batch.number} ${batch.fileName}`;

function sentenceFor(error: unknown, path: string): string {
  if (error instanceof HubError) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `there is no file ${path}.`;
  if (code === 'EACCES') return `the account that runs Partner Hub may not read ${path}.`;
  if (code === 'EISDIR') return `${path} is a folder; name the files in it.`;
  throw error instanceof Error ? error : new Refusal(String(error));
}
