import type {
  CustomerRow,
  CustomerSort,
  countCustomers as countEndpoint,
  listCustomers as endpoint,
} from '@hub/contract/customers';
import type { ReplyOf, RequestOf } from '@hub/contract/endpoint';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Ctx, inTenant, requirePermission, seesContracts } from '../access/index.ts';
import { dateIn } from '../statuses/index.ts';
import { cursorOf, positionOf } from './customer-cursor.ts';
import { countWhere, findPage } from './customer-page-queries.ts';
import { findRows } from './customer-row-queries.ts';
import { type Condition, findCondition } from './customers-filter-queries.ts';
import { readTimeZone } from './customers-queries.ts';
import { readFilter } from './read-filter.ts';
import { requireRights } from './require-rights.ts';
import { toldRows } from './told-rows.ts';

/** What a filter means today, in the partner's zone, to whoever asks. Throws filter_invalid, filter_too_long, and as requireRights. */
export async function meaningOf(
  tx: TenantTx,
  ctx: Ctx,
  filter: string,
  sort?: CustomerSort,
): Promise<{ condition: Condition; today: string }> {
  const query = readFilter(filter);
  requireRights(ctx, query, sort);
  const timeZone = await readTimeZone(tx, ctx.actor.partnerId);
  const today = dateIn(timeZone, ctx.clock.now());
  const findsReferences = seesContracts(ctx.actor);
  return { condition: await findCondition(tx, query, { today, timeZone, findsReferences }), today };
}

/** A page of what the filter leaves. Throws cursor_invalid, filter_invalid, filter_too_long, and as requireRights. */
export async function listCustomers(
  ctx: Ctx,
  { filter, sort, order, after, limit }: RequestOf<typeof endpoint>['query'],
): Promise<{ items: CustomerRow[]; next: string | null; today: string }> {
  requirePermission(ctx, 'customers.read');
  const position = after === undefined ? undefined : positionOf({ sort, order }, after);
  return inTenant(ctx, async (tx) => {
    const { condition, today } = await meaningOf(tx, ctx, filter, sort);
    // One more than asked for tells whether there is a next page.
    const found = await findPage(tx, { condition, sort, order, after: position, limit: limit + 1 });
    const page = found.slice(0, limit);
    const rows = await findRows(
      tx,
      page.map(({ id }) => id),
    );
    const items = toldRows(ctx.actor, rows);
    const last = page.at(-1);
    return { items, next: found.length > limit && last ? cursorOf({ sort, order }, last) : null, today };
  });
}

/** Throws filter_invalid, filter_too_long. */
export async function countCustomers(
  ctx: Ctx,
  { filter }: RequestOf<typeof countEndpoint>['query'],
): Promise<ReplyOf<typeof countEndpoint>> {
  requirePermission(ctx, 'customers.read');
  return inTenant(ctx, async (tx) => ({
    matching: await countMatching(tx, ctx, filter),
    all: await countMatching(tx, ctx, ''),
  }));
}

/** Of those in the actor's scope. Throws filter_invalid, filter_too_long. */
export async function countMatching(tx: TenantTx, ctx: Ctx, filter: string): Promise<number> {
  return countWhere(tx, (await meaningOf(tx, ctx, filter)).condition);
}

/** The ids of all that the filter leaves, of those in the actor's scope; at most `limit`. Throws filter_invalid, filter_too_long. */
export async function findMatchingIds(tx: TenantTx, ctx: Ctx, filter: string, limit: number): Promise<string[]> {
  const { condition } = await meaningOf(tx, ctx, filter);
  const found = await findPage(tx, { condition, sort: 'urgency', order: 'asc', limit });
  return found.map(({ id }) => id);
}
