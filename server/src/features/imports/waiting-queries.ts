import type { FeedCode } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { type SqlBool, sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { ImportRow } from './import-queries.ts';

type Failed = Pick<ImportRow, 'id' | 'number' | 'file_name' | 'spool_name'>;

/**
 * What may still bring records of a feed to a region: how many imports wait or run, and the newest one that failed and whose file is kept, or
 * after which nothing was committed. A file whose feed is not known yet counts for every feed, and what was given for another organization for none but that.
 */
export async function findWaiting(
  tx: TenantTx,
  region: RegionCode,
  feed: FeedCode,
  orgUuid?: string,
): Promise<{ underway: number; failed: Failed | undefined }> {
  const ofFeed = tx
    .selectFrom('import_batch')
    .where('region', '=', region)
    .where((eb) => eb.or([eb('feed', 'is', null), eb('feed', '=', feed)]))
    .$if(orgUuid !== undefined, (query) =>
      query.where((eb) => eb.or([eb('org_uuid', 'is', null), eb('org_uuid', '=', orgUuid as string)])),
    );
  const { underway } = await ofFeed
    .where('state', 'in', ['queued', 'running'])
    .select((eb) => eb.fn.countAll<number>().as('underway'))
    .executeTakeFirstOrThrow();
  const failed = await ofFeed
    .where('state', '=', 'failed')
    .where(
      sql<SqlBool>`(spool_name is not null or number > coalesce(
        (select max(done.number) from import_batch as done where done.region = ${region} and done.feed = ${feed} and done.state = 'committed'), 0))`,
    )
    .select(['id', 'number', 'file_name', 'spool_name'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { underway, failed };
}
