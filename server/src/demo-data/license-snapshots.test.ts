import { productNames } from '@hub/contract/products';
import { expect, test } from 'vitest';
import type { RegionCode } from '@hub/contract/regions';
import { demoRecords, demoScenario } from './index.ts';
import { licenseReport } from './license-snapshots.ts';

const scenario = demoScenario('busy-reseller', 'test', { madeOn: '2026-11-22' });
const range = { region: 'uae', from: '2026-09-20', to: '2026-11-21' } as const;

function linesOf(region: RegionCode, from: string, to: string): string[] {
  const report = licenseReport(scenario, region);
  const lines: string[] = [];
  for (let day = from; day <= to; day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10))
    lines.push(...report.ofDay(day));
  return lines;
}

const number = (text: string | undefined): number | null => (text === '' || text === undefined ? null : Number(text));

/** Read back from the lines; no text of theirs needs quotes. */
const snapshots = (region: RegionCode) =>
  linesOf(region, range.from, range.to)
    .slice(1)
    .map((line) => {
      const [day = '', orgUuid = '', subscription = '', product = '', ordered, assigned, used7d, used90d] =
        line.split(',');
      return {
        day,
        orgUuid,
        subscription,
        product,
        ordered: Number(ordered),
        assigned: number(assigned),
        used7d: number(used7d),
        used90d: number(used90d),
      };
    });
const all = snapshots(range.region);
const customers = [...demoRecords(scenario)].filter(
  ([{ region, orgUuid }]) => region === range.region && orgUuid !== null,
);

test('the last day says of every line what its subscription says, and nothing of what has ended', () => {
  const yesterday = all.filter(({ day }) => day === range.to);
  const told = new Map(yesterday.map((one) => [`${one.subscription} ${one.product}`, one]));
  expect(told.size).toBe(yesterday.length);
  const lines = customers.flatMap(([{ orgUuid }, { subscriptions, trials }]) =>
    [...subscriptions, ...trials]
      .filter(({ startsOn, endsOn }) => startsOn <= -1 && (endsOn === null || endsOn >= -1))
      .flatMap(({ reference, lines: own }) => own.map((line) => ({ ...line, reference, orgUuid }))),
  );
  expect(yesterday).toHaveLength(lines.length);
  for (const { reference, product, ordered, assigned, orgUuid } of lines)
    expect(told.get(`${reference} ${productNames[product]}`)).toMatchObject({ ordered, assigned, orgUuid });
});

test('figures are such as a feed could have: used ≤ used in 90 days ≤ assigned, over the limit only since the day that the line says', () => {
  const since = new Map(
    customers.flatMap(([, { subscriptions }]) =>
      subscriptions.flatMap(({ reference, lines }) =>
        lines.map(({ product, overSince }) => [`${reference} ${productNames[product]}`, overSince] as const),
      ),
    ),
  );
  let over = 0;
  for (const { day, subscription, product, ordered, assigned, used7d, used90d } of all) {
    expect(used7d === null).toBe(used90d === null);
    expect(used7d ?? 0).toBeLessThanOrEqual(used90d ?? 0);
    expect(used90d ?? 0).toBeLessThanOrEqual(assigned ?? 0);
    const overSince = since.get(`${subscription} ${product}`) ?? null;
    const daysSince = (Date.parse(day) - Date.parse(scenario.madeOn)) / 86_400_000;
    const isOver = assigned !== null && assigned > ordered;
    expect(isOver).toBe(overSince !== null && daysSince >= overSince);
    over += Number(isOver);
  }
  expect(over).toBeGreaterThan(0);
});

test('each region has customers without use figures, one with a gap, one over its limit and one that assigned little', () => {
  for (const region of ['us', 'ca', 'eu', 'uae'] as const) {
    const rows = snapshots(region);
    const byOrg = Map.groupBy(rows, ({ orgUuid }) => orgUuid);
    const silent = [...byOrg.values()].filter((own) => own.every(({ used7d }) => used7d === null));
    expect(silent.length).toBeGreaterThan(1);
    expect(silent.length).toBeLessThan(byOrg.size / 2);
    const days = [...byOrg.values()].map((own) => new Set(own.map(({ day }) => day)));
    const gaps = days.filter((own) => own.has('2026-10-28') && !own.has('2026-10-30') && own.has('2026-11-10'));
    expect(gaps).toHaveLength(1);
    const last = rows.filter(({ day }) => day === range.to);
    expect(last.some(({ assigned, ordered }) => assigned !== null && assigned > ordered)).toBe(true);
    const low = last.filter(({ assigned, ordered }) => assigned !== null && assigned / ordered < 0.5);
    expect(low.map(({ product }) => product)).toContain('Webex Calling');
    // Some assign more from week to week.
    const assignedOn = (asked: string): number =>
      rows.filter(({ day }) => day === asked).reduce((sum, { assigned }) => sum + (assigned ?? 0), 0);
    expect(assignedOn('2026-11-08')).toBeGreaterThan(assignedOn('2026-10-18') * 1.02);
  }
});

test('the same scenario gives the same lines, whatever else is asked', () => {
  const again = linesOf(range.region, '2026-10-16', range.to);
  expect(linesOf(range.region, range.from, range.to).slice(-again.length + 1)).toEqual(again.slice(1));
});
