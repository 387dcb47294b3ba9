import { headlineMetrics, sectionMetrics, subscriptionMetrics } from '@hub/contract/subscription-metrics';
import { expect, test } from 'vitest';

test('every card stands in the header or in one section', () => {
  const placed = [...headlineMetrics, ...Object.values(sectionMetrics).flat()];
  expect([...placed].sort()).toEqual(Object.keys(subscriptionMetrics).sort());
});
