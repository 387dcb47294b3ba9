import type { FeedCode, ImportState, LedgerSource } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type ImportRow, selectImports } from './import-queries.ts';

export interface LedgerFilter {
  region?: RegionCode | undefined;
  feed?: FeedCode | undefined;
  state?: ImportState | undefined;
  source?: LedgerSource | undefined;
  archiveId?: string | undefined;
  /** Only what corrects rows of this import. */
  corrects?: string | undefined;
}

/** Newest first. `total`: all that match; `underway`: how many of the region wait or run, whatever else is asked for. */
export async function findImports(
  tx: TenantTx,
  { after, limit, ...filter }: LedgerFilter & { after?: number | undefined; limit: number },
): Promise<{ rows: ImportRow[]; total: number; underway: number }> {
  const { region, feed, state, source, archiveId, corrects } = filter;
  let query = selectImports(tx);
  if (region) query = query.where('import_batch.region', '=', region);
  if (feed) query = query.where('import_batch.feed', '=', feed);
  if (state) query = query.where('import_batch.state', '=', state);
  // Out of an archive comes what any of the other ways brought.
  if (source === 'archive') query = query.where('import_batch.archive_id', 'is not', null);
  else if (source) query = query.where('import_batch.source', '=', source);
  if (archiveId !== undefined) query = query.where('import_batch.archive_id', '=', archiveId);
  if (corrects !== undefined) query = query.where('import_batch.corrects_id', '=', corrects);
  const counted = await query
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  if (after !== undefined) query = query.where('import_batch.number', '<', after);
  const rows = await query.orderBy('import_batch.number', 'desc').limit(limit).execute();
  return { rows, total: counted.total, underway: await countUnderway(tx, filter) };
}

async function countUnderway(tx: TenantTx, { region, archiveId }: LedgerFilter): Promise<number> {
  let query = tx
    .selectFrom('import_batch')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', 'in', ['queued', 'running']);
  if (region) query = query.where('region', '=', region);
  if (archiveId !== undefined) query = query.where('archive_id', '=', archiveId);
  return (await query.executeTakeFirstOrThrow()).n;
}
