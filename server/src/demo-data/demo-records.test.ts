import { expect, test } from 'vitest';
import { demoRecords, demoScenario, demoTags } from './index.ts';

const scenario = demoScenario('busy-reseller', 'test', { madeOn: '2026-11-22' });
const records = [...demoRecords(scenario)];

test('the same scenario has the same records, and each reference and domain once', () => {
  expect([...demoRecords(scenario)]).toEqual(records);
  const references = records.flatMap(([, { subscriptions, trials }]) =>
    [...subscriptions, ...trials].map(({ reference }) => reference),
  );
  expect(new Set(references).size).toBe(references.length);
  const domains = records.map(([, { domain }]) => domain);
  expect(new Set(domains).size).toBe(domains.length);
  for (const domain of domains) expect(domain).toMatch(/^[a-z0-9][a-z0-9-]*[a-z0-9]\.example$/);
});

test('records are such as could be recorded: ends behind starts, lines over their limit since a day, known tags', () => {
  const known = demoTags.map(({ name }) => name);
  for (const [, { subscriptions, trials, tags }] of records) {
    expect(known).toEqual(expect.arrayContaining([...tags, ...subscriptions.flatMap((one) => one.tags)]));
    expect(tags.length).toBeLessThanOrEqual(5);
    for (const { startsOn, endsOn } of [...subscriptions, ...trials])
      expect(endsOn ?? startsOn).toBeGreaterThanOrEqual(startsOn);
    for (const { startsOn, endsOn } of trials) expect(endsOn - startsOn).toBeLessThanOrEqual(180);
    for (const { lines } of [...subscriptions, ...trials]) {
      expect(new Set(lines.map(({ product }) => product)).size).toBe(lines.length);
      for (const { ordered, assigned, overSince } of lines)
        expect(overSince !== null).toBe(assigned !== null && assigned > ordered);
    }
  }
});
