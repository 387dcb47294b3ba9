import type { CustomerId } from '@hub/contract/ids';
import { factorOf, scoreOf } from '@hub/contract/health-rules';
import type { HealthPolicy, HealthRow } from '@hub/contract/health-score';
import type { CustomerFacts, RegionHealth } from './region-health.ts';

/** The score of a customer with what made it. */
export function scoreCustomer(
  { id, name, facts }: CustomerFacts,
  policy: HealthPolicy,
  shown: RegionHealth['factors'],
): HealthRow {
  const factors = shown.map((factor) => ({ factor, ...factorOf(factor, facts) }));
  const counting = factors.filter(({ factor }) => policy[factor] > 0);
  return {
    customerId: id as CustomerId, // branded when it was written
    customerName: name,
    score: scoreOf(Object.fromEntries(factors.map(({ factor, points }) => [factor, points])), policy),
    known: counting.filter(({ points }) => points !== null).length,
    counted: counting.length,
    factors,
  };
}
