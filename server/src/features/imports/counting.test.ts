import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
  cleanNow,
  countCallsOf,
  counted,
  csvLine,
  csvOf,
  type Desk,
  expectSum,
  type Fields,
  importDesk,
  leg,
  orgOf,
  uuidOf,
} from './test-support.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await importDesk();
});

test('the same file twice changes nothing, and the second says so', async () => {
  const body = csvOf([leg('twice 1'), leg('twice 2')]);
  const first = await desk.import(body);
  const before = await desk.facts();
  const second = await desk.import(body, 'other name.csv');
  expect(second).toMatchObject({
    counts: counted({ read: 2, duplicate: 2 }),
    notes: [expect.anything(), { code: 'same_file', data: { number: first.number } }].slice(-1),
  });
  expect(await desk.facts()).toEqual(before);
});

test('the same file twice at once counts once', async () => {
  const body = csvOf([leg('at once')]);
  const [first, second] = await Promise.all([desk.queue(body), desk.queue(body)]);
  await desk.drain();
  const counts = [await desk.get(first), await desk.get(second)]
    .sort((a, b) => a.number - b.number)
    .map((batch) => batch.counts);
  expect(counts).toEqual([counted({ read: 1, new: 1 }), counted({ read: 1, duplicate: 1 })]);
});

test('of versions in one file the latest stays, wherever it stands; the order of equal ones does not matter', async () => {
  const at = (time: string, User: string): Fields =>
    leg('versions', { 'Report time': `2026-11-21T0${time}:00:00.000Z`, User });
  const batch = await desk.import(
    csvOf([at('2', 'two'), at('3', 'three'), at('1', 'one'), leg('versions', { 'Report time': '' })]),
  );
  expect(batch.counts).toEqual(counted({ read: 4, new: 1, duplicate: 3 }));
  expect((await desk.fields('versions')).get('User')?.value).toBe('three');
  // Not answered: a NULL in the row.
  const equal = ['a', 'b', 'c', 'd'].map((User) => leg('equal', { User, 'Answer time': '', 'Ring duration': '' }));
  const users = new Set<string | undefined>();
  for (const order of [equal, equal.toReversed(), [equal[2], equal[0], equal[3], equal[1]] as Fields[]]) {
    const own = await importDesk({ hub: desk.hub });
    await own.import(csvOf(order));
    users.add((await own.fields('equal')).get('User')?.value);
  }
  expect(users.size).toBe(1);
});

test('a later version replaces an older one, also in another month; it counts once before the clean-up and after it', async () => {
  const own = await importDesk();
  await own.import(csvOf([leg('moves', { User: 'old' }), leg('stays')]));
  const newer = leg('moves', {
    User: 'new',
    'Start time': '2026-10-31T23:59:59.999Z',
    'Report time': '2026-11-25T00:00:00.000Z',
  });
  const batch = await own.import(csvOf([newer, leg('stays'), leg('fresh')]));
  expect(batch.counts).toEqual(counted({ read: 3, new: 1, duplicate: 1, replaced: 1 }));
  expect(await own.count('call_leg')).toBe(4);
  const sees = async () => {
    expect((await own.facts()).size).toBe(3);
    expect(await countCallsOf(own, '2026-10-01', '2026-11-30')).toBe(3);
    expect(await countCallsOf(own, '2026-11-01', '2026-11-30')).toBe(2);
    expect((await own.fields('moves', '2026-10-31')).get('User')?.value).toBe('new');
    await expect(own.fields('moves')).rejects.toMatchObject({ problem: { code: 'not_found' } });
  };
  await sees();
  // An older version that comes late changes nothing, also before the clean-up.
  expect((await own.import(csvOf([leg('moves', { User: 'late' })]))).counts).toEqual(
    counted({ read: 1, duplicate: 1 }),
  );
  expect(
    (await own.import(csvOf([{ ...newer, User: 'newest', 'Report time': '2026-11-26T00:00:00.000Z' }]))).counts,
  ).toEqual(counted({ read: 1, replaced: 1 }));
  await cleanNow(own);
  expect(await own.count('call_leg')).toBe(5); // what was replaced is marked
  expect(await own.count('superseded')).toBe(0);
  expect((await own.facts()).size).toBe(3);
  expect((await own.fields('moves', '2026-10-31')).get('User')?.value).toBe('newest');
});

test('what a batch covers, and its counts, are those of the file', async () => {
  const own = await importDesk();
  const batch = await own.import(
    csvOf([
      leg('c1', { 'Start time': '2026-09-01T00:00:00.000Z' }),
      leg('c2', { 'Org UUID': orgOf('unknown'), 'Start time': '2026-11-30T00:00:00.000Z' }),
      leg('c3', { Duration: '-1' }),
    ]),
  );
  expect(batch).toMatchObject({
    counts: counted({ read: 3, new: 1, held: 1, rejected: 1 }),
    covers: { from: '2026-09-01T00:00:00.000Z', to: '2026-11-30T00:00:00.000Z' },
  });
  expect((await own.hub.auditOf(batch.id)).map((event) => event.action)).toEqual(['imports.queue', 'imports.commit']);
});

interface Version {
  key: number;
  version: number;
}

const lastName = (key: number): string => `key ${key}`;

// Everything about a version follows from its key and number: the same version is the same record wherever it stands.
function versionOf({ key, version }: Version, run: number): Fields {
  return leg(`${run} ${lastName(key)}`, {
    'Org UUID': orgOf(['known', 'second', 'later', 'stranger'][key % 4] as string),
    'Start time': `2026-${key % 3 === 0 && version > 1 ? '10' : '11'}-1${key % 9}T09:00:00.000Z`,
    'Report time': `2026-11-2${version}T00:00:00.000Z`,
    Duration: key === 7 && version === 2 ? '-1' : String(version),
  });
}

test('whatever files come in whatever order and number: the facts are those of a plain count, and everything again changes nothing', async () => {
  const version = fc.record({ key: fc.integer({ min: 0, max: 11 }), version: fc.integer({ min: 0, max: 4 }) });
  const file = fc.array(
    fc.oneof(
      { weight: 12, arbitrary: version },
      { weight: 1, arbitrary: fc.constant('broken,row') },
      { weight: 1, arbitrary: fc.constant('"b"x,') },
    ),
    { minLength: 1, maxLength: 14 },
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 3 }), fc.boolean(), async (files, linksEarly) => {
      const name = (run += 1);
      const own = await importDesk({ orgs: ['known', 'second'], hub: desk.hub });
      const latest = new Map<number, number>();
      const bodies = files.map((rows) =>
        csvOf(rows.map((row) => (typeof row === 'string' ? row : csvLine(versionOf(row, name))))),
      );
      for (const row of files.flat()) {
        if (typeof row === 'string' || (row.key === 7 && row.version === 2)) continue;
        latest.set(row.key, Math.max(latest.get(row.key) ?? -1, row.version));
      }
      const expected = (orgs: readonly number[]) =>
        new Map(
          [...latest]
            .filter(([key]) => orgs.includes(key % 4))
            .map(([key, at]) => [uuidOf(`report ${name} ${lastName(key)}`), `2026-11-2${at} 00:00:00.000`]),
        );
      for (const [index, body] of bodies.entries()) {
        if (linksEarly && index === 1) await own.customer(orgOf('later'));
        const batch = await own.import(body);
        expect(batch.state).toBe('committed');
        expect(batch.counts?.read).toBe(files[index]?.length);
        expectSum(batch);
      }
      const sorted = (map: Map<string, string>) => [...map].sort(([a], [b]) => a.localeCompare(b));
      if (!(linksEarly && files.length > 1)) await own.customer(orgOf('later'));
      await own.drain();
      expect(sorted(await own.facts())).toEqual(sorted(expected([0, 1, 2])));
      for (const body of bodies.toReversed()) {
        const again = await own.import(body);
        expect(again.counts).toMatchObject({ new: 0, replaced: 0, held: 0 });
        expectSum(again);
      }
      expect(sorted(await own.facts())).toEqual(sorted(expected([0, 1, 2])));
      await own.customer(orgOf('stranger'));
      await own.drain();
      expect(sorted(await own.facts())).toEqual(sorted(expected([0, 1, 2, 3])));
      expect(await own.count('held_call_leg')).toBe(0);
    }),
    { numRuns: 3 },
  );
}, 240_000);
