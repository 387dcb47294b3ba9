import type { HealthPolicy, HealthRow } from '@hub/contract/health-score';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findMatchingIds } from '../customers/index.ts';
import { regionHealth } from './region-health.ts';
import { scoreCustomer } from './score-customer.ts';

const mostCustomers = 1_000_000; // of one partner, far above what the directory is made for

/** The customers of a region that a filter leaves, each with its score, in no order. Throws region_not_served, filter_invalid, filter_too_long. */
export async function scoredCustomers(
  ctx: Ctx,
  { region, filter = '', q = '' }: { region: RegionCode; filter?: string | undefined; q?: string | undefined },
  left?: AbortSignal,
): Promise<{ rows: HealthRow[]; policy: HealthPolicy; day: string }> {
  requirePermission(ctx, 'subscriptions.read');
  const { customers, policy, factors, day } = await regionHealth(ctx, region, { left });
  const matching =
    filter.trim() === ''
      ? undefined
      : await inTenant(ctx, async (tx) => new Set<string>(await findMatchingIds(tx, ctx, filter, mostCustomers)));
  const part = fold(q.trim());
  const rows = customers
    .filter(({ id, name }) => (matching?.has(id) ?? true) && (part === '' || fold(name).includes(part)))
    .map((customer) => scoreCustomer(customer, policy, factors));
  return { rows, policy, day };
}

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('und');
