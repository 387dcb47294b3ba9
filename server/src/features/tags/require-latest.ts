import type { TagKind } from '@hub/contract/customer-tags';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { Ctx } from '../access/index.ts';
import { keptFor } from './removed-tag-queries.ts';

/** What an act changed of one holder: a tag, which is the same by its id or, where it was made anew, by its name. */
export interface Touched {
  holderId: string;
  tagId: string;
  name: string | null;
  /** In the order of acts; null of acts of earlier releases, which nothing is known of. */
  actNumber: number | null;
}

/**
 * Whatever is taken back out of order would leave more or less than there was: refused where a removal, a merge or a bulk job that can still
 * be taken back itself touched the same tags of the same holders later. Under lockTags. Throws undo_later_tag, undo_later_job.
 */
export async function requireLatest(
  tx: TenantTx,
  { clock }: Pick<Ctx, 'clock'>,
  kind: TagKind,
  touched: readonly Touched[],
): Promise<void> {
  const since = new Date(clock.now().getTime() - keptFor);
  const { rows } = await sql<{ act: 'tag' | 'job'; name: string | null }>`
    with mine as materialized (select * from jsonb_to_recordset(${JSON.stringify(touched)}::jsonb)
      as given ("holderId" uuid, "tagId" uuid, name text, "actNumber" bigint) where "actNumber" is not null)
    select later.act, later.act_name as name
    from tag_touches((select min("actNumber") from mine), array(select distinct "holderId" from mine)) as later
      join mine on mine."holderId" = later.holder_id and later.act_number > mine."actNumber"
        and (later.tag_id = mine."tagId" or lower(later.tag_name) = lower(mine.name))
    where later.kind = ${kind} and (later.removed_at is null or later.removed_at > ${since})
    order by later.act_number desc limit 1`.execute(tx);
  const [later] = rows;
  if (later?.act === 'tag') throw new HubError('undo_later_tag', { name: later.name ?? '' });
  if (later) throw new HubError('undo_later_job', { name: later.name ?? '' });
}
