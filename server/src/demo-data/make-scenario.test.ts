import { regionOfCountry } from '@hub/contract/regions';
import { expect, test } from 'vitest';
import type { CallHistoryRange } from './index.ts';
import { callHistoryDays, type DemoScenario, demoScenario } from './index.ts';

const busy = demoScenario('busy-reseller', 'test', { madeOn: '2026-11-22' });

function legsPerOrganization(scenario: DemoScenario, range: CallHistoryRange): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { calls } of callHistoryDays(scenario, range)) {
    for (const row of [...calls].flat()) counts.set(row[33]!, (counts.get(row[33]!) ?? 0) + 1);
  }
  return counts;
}

const orgOf = (name: string): string => busy.customers.find((customer) => customer.name === name)!.orgUuid!;
const sum = (counts: Map<string, number>): number => [...counts.values()].reduce((total, count) => total + count, 0);

test('the busy reseller has 300 customers over four regions, each with a name and an organization of its own', () => {
  const perRegion = Object.groupBy(busy.customers, (customer) => customer.region);
  expect(Object.fromEntries(Object.entries(perRegion).map(([region, list]) => [region, list.length]))).toEqual({
    us: 150,
    ca: 40,
    eu: 80,
    uae: 30,
  });
  expect(new Set(busy.customers.map((customer) => customer.name)).size).toBe(300);
  const linked = busy.customers.flatMap((customer) => customer.orgUuid ?? []);
  expect(new Set([...linked, ...busy.strangers.map((stranger) => stranger.orgUuid)]).size).toBe(
    linked.length + busy.strangers.length,
  );
  expect(linked).toHaveLength(299);
  for (const { country, region, users, locations, name } of busy.customers) {
    expect(regionOfCountry(country)).toBe(region);
    expect(name.length).toBeLessThanOrEqual(200);
    expect(users).toBeGreaterThanOrEqual(3);
    expect(users).toBeLessThanOrEqual(400);
    expect(locations.length).toBeLessThanOrEqual(6);
    expect(locations.reduce((total, location) => total + location.users, 0)).toBe(users);
    expect(Math.min(...locations.map((location) => location.users))).toBeGreaterThan(0);
    expect(new Set(locations.map((location) => location.name)).size).toBe(locations.length);
  }
  expect(busy.customers.filter((customer) => /\p{Script=Cyrillic}/u.test(customer.name)).length).toBe(10);
  expect(busy.customers.filter((customer) => /\p{Script=Hangul}/u.test(customer.name)).length).toBe(5);
  expect(new Set(busy.customers.map((customer) => customer.kind))).toEqual(new Set(['own', 'owned', 'external']));
});

test('nine weeks of the busy reseller are some 400,000 legs', () => {
  // One week without a holiday in these regions stands for nine.
  const week = { from: '2026-10-19', to: '2026-10-25' };
  const perRegion = (['us', 'ca', 'eu', 'uae'] as const).map(
    (region) => sum(legsPerOrganization(busy, { region, ...week })) * 9,
  );
  expect(perRegion.every((legs) => legs > 15_000)).toBe(true);
  const total = perRegion.reduce((all, legs) => all + legs, 0);
  expect(total).toBeGreaterThan(350_000);
  expect(total).toBeLessThan(530_000);
});

test('the stories are to be seen in the legs', () => {
  const before = legsPerOrganization(busy, { region: 'us', from: '2026-09-21', to: '2026-09-27' });
  const now = legsPerOrganization(busy, { region: 'us', from: '2026-11-16', to: '2026-11-21' });
  expect(now.get(orgOf('Corvane Analytics'))).toBeLessThan(before.get(orgOf('Corvane Analytics'))! / 3);
  expect(now.get(orgOf('Lanternby Bay Resort'))).toBeGreaterThan(before.get(orgOf('Lanternby Bay Resort'))! * 1.4);
  expect(before.get(orgOf('Dunmarrow Freight'))).toBeGreaterThan(50);
  expect(now.get(orgOf('Dunmarrow Freight'))).toBeUndefined();
  expect(before.get(orgOf('Umberfell Robotics'))).toBeUndefined();
  const stranger = busy.strangers.find((organization) => organization.region === 'us')!;
  expect(now.get(stranger.orgUuid)).toBeGreaterThan(20);
  expect(busy.customers.some((customer) => customer.orgUuid === stranger.orgUuid)).toBe(false);
});

test('names that a spreadsheet would take for formulas occur at one customer', () => {
  const users = new Map<string, string>();
  for (const { calls } of callHistoryDays(busy, { region: 'eu', from: '2026-11-02', to: '2026-11-06' })) {
    for (const row of [...calls].flat()) if (/^[=+@\-\t]/.test(row[5]!)) users.set(row[5]!, row[33]!);
  }
  expect(users.size).toBeGreaterThanOrEqual(4);
  expect(new Set(users.values())).toEqual(new Set([orgOf('Sheetwise Bookkeeping')]));
});

test('a public holiday is quiet where it is one', () => {
  const legsOn = (region: 'us' | 'eu', day: string): number =>
    sum(legsPerOrganization(busy, { region, from: day, to: day }));
  expect(legsOn('us', '2026-11-26')).toBeLessThan(legsOn('us', '2026-11-19') / 3); // Thanksgiving
  expect(legsOn('eu', '2026-11-26')).toBeGreaterThan(legsOn('eu', '2026-11-19') / 1.5);
});

test('million-legs makes as many legs as it was asked for', () => {
  const scenario = demoScenario('million-legs', 'test', { millionLegs: { legs: 100_000, days: 28, region: 'eu' } });
  expect(scenario.customers).toHaveLength(5000);
  expect(scenario.customers.every((customer) => customer.locations.length === 3 && customer.region === 'eu')).toBe(
    true,
  );
  const legs = sum(legsPerOrganization(scenario, { region: 'eu', from: '2026-10-05', to: '2026-10-11' })) * 4;
  expect(Math.abs(legs / 100_000 - 1)).toBeLessThan(0.05);
});
