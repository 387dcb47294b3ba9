import * as api from '@hub/contract/imports';
import { expect, test } from 'vitest';
import { sampleReport } from '../../demo-data/index.ts';
import { feeds } from './feeds/all-feeds.ts';
import { counted, type Desk, expectSum, importDesk } from './test-support.ts';

const sampleOf = async ({ admin }: Desk, feed: api.FeedCode): Promise<string> =>
  (await admin.download(api.getSampleFile, { query: { region: 'eu', feed } })).text;

test.each(feeds.map(({ code }) => code))('the example of %s enters whole, and once', async (feed) => {
  const own = await importDesk();
  const file = await sampleOf(own, feed);
  expect(await sampleOf(own, feed)).toBe(file);
  const first = await own.import(file);
  expectSum(first);
  const read = first.counts?.read ?? 0;
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThanOrEqual(40);
  expect(first).toMatchObject({ state: 'committed', feed, emptied: [], counts: counted({ read, new: read }) });
  expect(first.notes.filter(({ code }) => code !== 'columns_absent')).toEqual([]);
  expect((await own.import(file)).counts).toEqual(counted({ read, duplicate: read }));
});

test('every organization has rows in every example', () => {
  for (let place = 0; place < 50; place++) {
    const orgUuid = `5a3f1c9e-0d4b-4c1a-9b57-2f6d8e7a1b${String(10 + place)}`;
    for (const { code } of feeds) {
      const { csv } = sampleReport(code, { orgUuid, customerName: 'Sample customer', day: '2026-11-22' });
      expect([code, csv.trimEnd().split('\n').length > 1]).toEqual([code, true]);
    }
  }
});

test('without a customer the rows of an example are held', async () => {
  const own = await importDesk({ orgs: [] });
  const batch = await own.import(await sampleOf(own, 'license_snapshots'));
  expect(batch.counts).toEqual(counted({ read: 24, held: 24 }));
});
