/* oxlint-disable vitest/no-conditional-expect -- what is expected is generated */
import * as api from '@hub/contract/imports';
import type { ImportBatch } from '@hub/contract/imports';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type TestHub, testHub } from '../../testing/test-hub.ts';
import { cleanNow, csvOf, type Desk, expectRollups, type Fields, importDesk, leg, orgOf } from './test-support.ts';

/** A version of a record as a file brings it. */
interface Version {
  key: number;
  version: number;
  isHeld: boolean;
}

type Step = { does: 'import'; rows: Version[] } | { does: 'undo'; which: number } | { does: 'clean' };

const row: fc.Arbitrary<Version> = fc.record({
  key: fc.integer({ min: 0, max: 5 }),
  version: fc.integer({ min: 1, max: 4 }),
  isHeld: fc.boolean(),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('import' as const), rows: fc.array(row, { minLength: 1, maxLength: 5 }) }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('undo' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('clean' as const) }) },
);

/** A kind of file whose versions the model can tell. */
interface Kind {
  file: (rows: readonly Version[]) => string;
  /** Of two versions of a record, whether the one that came later counts. */
  wins: (later: number, earlier: number) => boolean;
  table: string;
  key: string;
  version: string;
}

// Some of the records are of an organization without a customer: key and organization go together, as they do in what comes in.
const keyOf = ({ key, isHeld }: Version): string => `${isHeld ? 'held' : 'own'} ${key}`;
const organization = ({ isHeld }: Version): string => orgOf(isHeld ? 'unknown' : 'known');

const legs: Kind = {
  file: (rows) =>
    csvOf(
      rows.map((each) =>
        leg(keyOf(each), {
          'Org UUID': organization(each),
          'Report time': `2026-11-2${each.version}T12:00:00.000Z`,
          'Call ID': keyOf(each),
        }),
      ),
    ),
  wins: (later, earlier) => later > earlier,
  table: 'call_leg',
  key: 'call_id',
  version: 'toDayOfMonth(report_time) - 20',
};

const mediaColumns = [
  'Start time',
  'Org UUID',
  'Email',
  'Call ID',
  'Audio jitter',
  'Audio packet loss',
  'Audio latency',
];
const media: Kind = {
  file: (rows) =>
    csvOf(
      rows.map(
        (each): Fields => ({
          'Start time': '2026-11-20T09:00:00.000Z',
          'Org UUID': organization(each),
          Email: 'ada@example.com',
          'Call ID': keyOf(each),
          'Audio jitter': String(each.version),
          'Audio packet loss': '0',
          'Audio latency': '0',
        }),
      ),
      { columns: mediaColumns },
    ),
  wins: (later, earlier) => later !== earlier,
  table: 'media_quality',
  key: 'call_id',
  version: 'toUInt8(audio_jitter)',
};

/** What would count had only these files come, in this order. */
function modelOf(kind: Kind, files: readonly (readonly Version[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const rows of files)
    for (const each of rows) {
      const known = counts.get(keyOf(each));
      if (known === undefined || kind.wins(each.version, known)) counts.set(keyOf(each), each.version);
    }
  return counts;
}

/** What the product counts, and what it holds. */
async function storedBy(desk: Desk, kind: Kind): Promise<Map<string, number>> {
  const store = desk.hub.installation.stores.get('eu');
  const stored = new Map<string, number>();
  for (const table of [kind.table, `held_${kind.table}`]) {
    const rows = await store?.ask<{ key: string; version: number }>(
      `SELECT ${kind.key} AS key, ${kind.version} AS version FROM @region.${table} WHERE partner_id = {partner:UUID}
       AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0 OR replaced_by IN {open:Array(UInt32)})
       AND (${kind.table === 'call_leg' ? 'report_id' : 'record_id'}, batch) NOT IN (
         SELECT report_id, old_batch FROM @region.superseded WHERE partner_id = {partner:UUID} AND by_batch NOT IN {open:Array(UInt32)})
       ORDER BY batch, version`,
      { parameters: { partner: desk.partnerId, open: await openOf(desk) } },
    );
    // Held versions lie beside each other until their customer comes; the last of them is what will enter.
    for (const each of rows ?? []) {
      const before = stored.get(each.key);
      if (table === kind.table) expect([each.key, before]).toEqual([each.key, undefined]);
      if (before === undefined || kind.wins(each.version, before)) stored.set(each.key, each.version);
    }
  }
  await expectRollups(desk.ctx(), 'eu');
  return stored;
}

const openOf = async ({ hub, partnerId }: Desk): Promise<number[]> =>
  (
    await hub.asOwner<{ number: number }>(
      "select number from import_batch where partner_id = $1 and state <> 'committed'",
      [partnerId],
    )
  ).map(({ number }) => number);

interface Standing {
  batch: ImportBatch;
  rows: Version[];
}

async function play(hub: TestHub, kind: Kind, steps: readonly Step[]): Promise<number> {
  const desk = await importDesk({ hub });
  let standing: Standing[] = [];
  for (const each of steps) {
    if (each.does === 'clean') await cleanNow(desk);
    if (each.does === 'import') {
      // A file names a record once here: which of two twins counts is told elsewhere.
      const rows = [...new Map(each.rows.map((one) => [keyOf(one), one])).values()];
      const batch = await desk.import(kind.file(rows));
      expect(batch.state).toBe('committed');
      standing.push({ batch, rows });
    }
    if (each.does === 'undo' && standing.length > 0) {
      const chosen = standing[each.which % standing.length] as Standing;
      const later = standing.filter(({ batch }) => batch.number > chosen.batch.number);
      const touching = later.filter(({ rows }) =>
        rows.some((one) => chosen.rows.some((own) => keyOf(own) === keyOf(one))),
      );
      const outcome = await desk.admin
        .call(api.getImportUndo, { params: { importId: chosen.batch.id } })
        .then(({ refusal }) => refusal);
      if (outcome === null) {
        await desk.admin.call(api.undoImport, { params: { importId: chosen.batch.id } });
        standing = standing.filter((one) => one !== chosen);
      } else {
        expect(outcome.code).toBe('import_undo_later');
        expect(touching.map(({ batch }) => batch.number)).toContain(outcome.data['number']);
      }
      if (touching.length === 0) expect(outcome).toBeNull();
    }
    expect(await storedBy(desk, kind)).toEqual(
      modelOf(
        kind,
        standing.map(({ rows }) => rows),
      ),
    );
  }
  // In the order of a stack everything can be undone.
  for (const { batch } of standing.toReversed())
    await desk.admin.call(api.undoImport, { params: { importId: batch.id } });
  expect(await storedBy(desk, kind)).toEqual(new Map());
  await cleanNow(desk);
  expect([
    await desk.count(kind.table),
    await desk.count(`held_${kind.table}`),
    await desk.count('superseded'),
  ]).toEqual([0, 0, 0]);
  return steps.length;
}

test.each([
  ['call legs, of which the later Report time counts', legs],
  ['media quality, of which the later import counts', media],
])(
  'after any sequence of imports and undos counts what importing those that stand would have brought: %s',
  { timeout: 300_000 },
  async (_, kind) => {
    const hub = await testHub({ now: '2026-12-01T10:00:00.000Z' });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 9 }), async (steps) => {
        expect(await play(hub, kind, steps)).toBe(steps.length);
      }),
      { numRuns: Number(process.env['UNDO_RUNS'] ?? 5), endOnFailure: true },
    );
  },
);
