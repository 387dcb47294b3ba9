import type { FeedCoverage, getCustomerFreshness as getting } from '@hub/contract/freshness';
import type { ReplyOf } from '@hub/contract/endpoint';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { getCustomer } from '../customers/index.ts';
import { feeds, readVisibility } from '../imports/index.ts';
import { knownCoverage, lastWeeks } from './coverage.ts';
import { findDayCounts, findKnownDays, type Facts, type DayRange } from './coverage-queries.ts';
import { requireRange } from './require-range.ts';

/** The calendar of one customer; feeds without a record in the range are left out. Throws customer_not_found, range_invalid, range_too_long. */
export async function getCustomerFreshness(
  ctx: Ctx,
  { customerId, from, to }: { customerId: string; from?: string | undefined; to?: string | undefined },
): Promise<ReplyOf<typeof getting>> {
  requirePermission(ctx, 'calling_usage.read');
  const weeks = lastWeeks(ctx.clock.today());
  const range = { from: from ?? weeks.from, to: to ?? weeks.to };
  requireRange(range);
  const customer = await inTenant(ctx, (tx) => getCustomer(tx, customerId));
  const { id, name, orgUuid, region } = customer;
  const { store, scope } = await regionalScope(ctx, region);
  const visible = await inTenant(ctx, (tx) => readVisibility(tx, region));
  const covered =
    orgUuid === null ? [] : await coveredFeeds({ store, scope, visible }, range, orgUuid, ctx.clock.today());
  return { customerId: id, customerName: name, region, ...range, feeds: covered };
}

async function coveredFeeds(facts: Facts, range: DayRange, orgUuid: string, today: string): Promise<FeedCoverage[]> {
  const [known, counts] = await Promise.all([
    findKnownDays(facts, range, feeds, orgUuid),
    findDayCounts(facts, range, feeds, orgUuid),
  ]);
  return feeds.flatMap(({ code }): FeedCoverage[] => {
    const entry = known.find(({ feed }) => feed === code);
    const coverage = entry && knownCoverage(entry, range.from, range.to, today);
    if (!entry || !coverage) return [];
    return [
      {
        feed: code,
        ...coverage,
        lastRecordAt: entry.last_record === '' ? null : entry.last_record,
        days: counts.filter(({ feed }) => feed === code).map(({ day, records }) => ({ day, records })),
      },
    ];
  });
}
