import { undoImport } from '@hub/contract/imports';
import { featureMetrics } from '@hub/contract/calling-engagement';
import { askMetrics, type MetricKey } from '@hub/contract/metrics';
import { expect, test } from 'vitest';
import { buildsRollups } from './features/imports/index.ts';
import { csvOf, type Desk, type Fields, importDesk, leg, orgOf, uuidOf } from './features/imports/test-support.ts';

const customers = ['known', 'other'];
const metrics: readonly MetricKey[] = [
  ...featureMetrics,
  'activeUsers',
  'callLegs',
  'callMinutes',
  'mediaLegs',
  'poorLegs',
  'usersAffected',
];

/** Whole weeks, weeks that are cut at both ends, none that is whole, and days. */
const windows = [
  { from: '2026-11-01', to: '2026-11-14', bucket: 'week' },
  { from: '2026-11-04', to: '2026-11-24', bucket: 'week' },
  { from: '2026-11-04', to: '2026-11-24', bucket: 'whole' },
  { from: '2026-11-10', to: '2026-11-12', bucket: 'whole' },
  { from: '2026-11-06', to: '2026-11-10', bucket: 'day' },
] as const;

const at = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`;

/** A leg of each customer on every third day; calls have two legs, at one place or two; `over` says what becomes of a leg. */
function legs(over: (index: number) => Fields = () => ({})): Fields[] {
  return Array.from({ length: 28 }, (_, index) => {
    const customer = customers[index % 2] ?? '';
    return leg(`r${index}`, {
      'Start time': at(2 + ((index * 3) % 24)),
      'Org UUID': orgOf(customer),
      'User UUID': uuidOf(`${customer} ${index % 3}`),
      Location: index % 4 === 0 ? 'Sofia' : 'Plovdiv',
      'Call ID': `call ${Math.floor(index / 4)} ${customer}`,
      'Related reason': index % 5 === 0 ? 'CallForwardAlways' : index % 5 === 1 ? 'ConsultativeTransfer' : '',
      'User type': index % 7 === 0 ? 'CallCenterStandard' : 'User',
      Direction: 'TERMINATING',
      ...over(index),
    });
  });
}

function media(jitterOf: (index: number) => string): string {
  const rows = Array.from({ length: 20 }, (_, index): Fields => {
    const customer = customers[index % 2] ?? '';
    return {
      'Start time': at(2 + ((index * 5) % 24)),
      'Org UUID': orgOf(customer),
      'User UUID': uuidOf(`${customer} ${index % 3}`),
      User: `User ${index % 3}`,
      Location: 'Sofia',
      'Call ID': `media ${index}`,
      'Audio jitter': jitterOf(index),
      'Audio latency': '100',
      'Audio packet loss': '0',
    };
  });
  return csvOf(rows, { columns: Object.keys(rows[0] ?? {}) });
}

const ofPlaces: ReadonlySet<MetricKey> = new Set([
  ...featureMetrics,
  'activeUsers',
  'callLegs',
  'mediaLegs',
  'poorLegs',
]);

async function ask(desk: Desk): Promise<unknown[]> {
  const told: unknown[] = [];
  for (const window of windows)
    for (const by of ['customer', 'location'] as const) {
      const asked = metrics.filter((key) => by === 'customer' || ofPlaces.has(key));
      const query = { region: desk.region, zone: 'UTC', ...window, by, metrics: asked.join(',') } as const;
      const { rows, totals } = await desk.admin.call(askMetrics, { query: { ...query, policy: 'any_threshold' } });
      told.push({ window, by, totals, rows: rows.map(({ key, values }) => ({ key, values })) });
    }
  return told;
}

/** Every answer about what counts now: from the facts, and from the rollups as the imports left them. */
async function answers(desk: Desk): Promise<{ fromFacts: unknown[]; fromRollups: unknown[] }> {
  const store = desk.hub.installation.stores.get(desk.region);
  const parameters = { partner: desk.partnerId };
  const ofPartner = '@region.rollup_state WHERE partner_id = {partner:UUID}';
  const states = await store?.ask<{ version: number }>(`SELECT version FROM ${ofPartner}`, { parameters });
  const [state] = states ?? [];
  if (!state) throw new Error('No rollups were built.');
  const fromRollups = await ask(desk);
  await store?.run(`DELETE FROM ${ofPartner}`, { parameters });
  const fromFacts = await ask(desk);
  await store?.run('INSERT INTO @region.rollup_state SELECT {partner:UUID}, {version:UInt16}', {
    parameters: { ...parameters, version: state.version },
  });
  return { fromFacts, fromRollups };
}

test('weeks, poor users and calls with a feature are told alike from rollups and facts, while versions replace each other and are undone', {
  timeout: 240_000,
}, async () => {
  const desk = await importDesk({ orgs: customers });
  await buildsRollups(desk.hub.installation)(desk.region, () => false);
  const seen: string[] = [];
  const look = async (): Promise<void> => {
    const { fromFacts, fromRollups } = await answers(desk);
    expect(fromRollups).toEqual(fromFacts);
    seen.push(JSON.stringify(fromFacts));
  };
  await desk.import(csvOf(legs()));
  await desk.import(
    media((index) => (index % 3 === 0 ? '180' : '10')),
    'media.csv',
  );
  await look();
  // Some lose their feature, some move to another day, place or call; others stay, of the same calls.
  const later = { 'Report time': '2026-11-28T09:00:00.000Z' };
  const changed = legs((index) => ({
    ...later,
    ...(index % 3 === 0 ? { 'Related reason': '', 'User type': 'User' } : {}),
    ...(index % 4 === 1 ? { 'Start time': at(2 + ((index * 5) % 24)) } : {}),
    ...(index % 6 === 2 ? { Location: 'Varna', 'Call ID': 'call of many' } : {}),
  })).filter((_, index) => index % 2 === 0 || index > 20);
  const second = await desk.import(csvOf(changed));
  expect(second.counts?.replaced).toBeGreaterThan(10);
  await desk.import(
    media((index) => (index % 4 === 0 ? '180' : '10')),
    'media.csv',
  );
  await look();
  await desk.admin.call(undoImport, { params: { importId: second.id } });
  await desk.drain();
  await look();
  expect(new Set(seen).size).toBe(3);
});
