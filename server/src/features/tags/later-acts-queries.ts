import type { TagKind } from '@hub/contract/customer-tags';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';

/** What an act changed of one holder: a tag, which is the same by its id or, where it was made anew, by its name. */
export interface Touched {
  holderId: string;
  tagId: string;
  name: string | null;
  /** In the order of acts; null of acts of earlier releases, which nothing is known of. */
  actNumber: number | null;
}

/** The last of the acts that touched any of this later and can still be taken back; removals and merges of before `since` cannot. */
export async function findLaterAct(
  tx: TenantTx,
  { kind, touched, since }: { kind: TagKind; touched: readonly Touched[]; since: Date },
): Promise<{ act: 'tag' | 'job'; name: string | null } | undefined> {
  const { rows } = await sql<{ act: 'tag' | 'job'; name: string | null }>`
    with mine as materialized (select * from jsonb_to_recordset(${JSON.stringify(touched)}::jsonb)
      as given ("holderId" uuid, "tagId" uuid, name text, "actNumber" bigint) where "actNumber" is not null)
    select later.act, later.act_name as name
    from tag_touches((select min("actNumber") from mine), array(select distinct "holderId" from mine)) as later
      join mine on mine."holderId" = later.holder_id and later.act_number > mine."actNumber"
        and (later.tag_id = mine."tagId" or lower(later.tag_name) = lower(mine.name))
    where later.kind = ${kind} and (later.removed_at is null or later.removed_at > ${since})
    order by later.act_number desc limit 1`.execute(tx);
  return rows[0];
}
