import { readFileSync } from 'node:fs';
import { headlineMetrics, sectionMetrics, subscriptionMetrics } from '@hub/contract/subscription-metrics';
import { expect, test } from 'vitest';

test('every card is defined in docs/metrics.md, under its key', () => {
  const document = readFileSync(new URL('../../../../docs/metrics.md', import.meta.url), 'utf8');
  for (const [key, { label }] of Object.entries(subscriptionMetrics)) {
    const anchor = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(document).toContain(`<a id="${anchor}"></a>\n\n### ${label}\n`);
  }
});

test('every card stands in the header or in one section', () => {
  const placed = [...headlineMetrics, ...Object.values(sectionMetrics).flat()];
  expect([...placed].sort()).toEqual(Object.keys(subscriptionMetrics).sort());
});
