import type { FeedRows } from '@hub/contract/deletions';
import type { FeedCode } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { feeds } from '../imports/index.ts';
import { findFeedsOf, findGivenImports } from './deletion-queries.ts';
import { countRejectedOf, countRowsOf, type OfOrganization } from './organization-rows-queries.ts';

// oxlint-disable-next-line hub/verb-asks -- whoever calls has asked
export async function ofOrganization(ctx: Ctx, region: RegionCode, orgUuid: string): Promise<OfOrganization> {
  const given = await inTenant(ctx, (tx) => findGivenImports(tx, region, orgUuid));
  return { partnerId: ctx.actor.partnerId, orgUuid, given };
}

/** Rows by feed, of feeds that have any. */
// oxlint-disable-next-line hub/verb-asks -- whoever calls has asked
export async function countByFeed(ctx: Ctx, store: RegionalStore, of: OfOrganization): Promise<FeedRows[]> {
  const [rows, rejected] = [await countRowsOf(store, of), await countRejectedOf(store, of)];
  const feedOfBatch = await inTenant(ctx, (tx) =>
    findFeedsOf(
      tx,
      rejected.map(({ batch }) => batch),
    ),
  );
  return feedRowsOf(
    rows,
    rejected.map((entry) => ({ code: feedOfBatch.get(entry.batch), rows: entry.rows })),
  );
}

interface RowsOfTable {
  code: FeedCode;
  kind: 'stored' | 'held';
  rows: number;
  first_day: string;
  last_day: string;
}

/** In the order of the feeds; those that have nothing are left out. */
export function feedRowsOf(
  rows: readonly RowsOfTable[],
  rejected: readonly { code: FeedCode | undefined; rows: number }[],
): FeedRows[] {
  return feeds.flatMap(({ code }): FeedRows[] => {
    const here = rows.filter((entry) => entry.code === code);
    const dated = here.filter((entry) => entry.rows > 0);
    const rowsOf = (kind: 'stored' | 'held'): number =>
      here.filter((entry) => entry.kind === kind).reduce((sum, entry) => sum + entry.rows, 0);
    const refused = rejected.filter((entry) => entry.code === code).reduce((sum, entry) => sum + entry.rows, 0);
    if (here.length === 0 && refused === 0) return [];
    return [
      {
        feed: code,
        stored: rowsOf('stored'),
        held: rowsOf('held'),
        rejected: refused,
        firstDay: dated.map(({ first_day }) => first_day).sort()[0] ?? null,
        lastDay:
          dated
            .map(({ last_day }) => last_day)
            .sort()
            .at(-1) ?? null,
      },
    ];
  });
}
