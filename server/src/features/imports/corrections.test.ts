import * as api from '@hub/contract/imports';
import type { ImportBatch } from '@hub/contract/imports';
import { expect, test } from 'vitest';
import { counted, csvOf, type Desk, importDesk, leg, orgOf, uuidOf } from './test-support.ts';

const params = ({ id }: ImportBatch) => ({ params: { importId: id } });
const download = async (desk: Desk, batch: ImportBatch): Promise<string> =>
  (await desk.admin.download(api.exportRejectedRows, params(batch))).text;
const correct = async (
  desk: Desk,
  batch: ImportBatch,
  rows: { row: number; value: string }[],
): Promise<ImportBatch> => {
  const queued = await desk.admin.call(api.correctRejectedRows, { ...params(batch), body: { rows } });
  await desk.drain();
  return desk.get(queued);
};
const correctionsOf = async (desk: Desk, batch: ImportBatch): Promise<number[]> =>
  (await desk.admin.call(api.listImports, { query: { limit: 50, corrects: batch.id } })).items.map(
    ({ number }) => number,
  );

test('the download of rejected rows, corrected and dropped again, is an import that is linked to the first', async () => {
  const desk = await importDesk();
  const first = await desk.import(
    csvOf([leg('fine'), leg('one', { Duration: 'soon', User: 'a, "b"' }), leg('two', { 'Start time': 'yesterday' })]),
  );
  expect(first.counts).toEqual(counted({ read: 3, new: 1, rejected: 2 }));
  const given = await download(desk, first);
  expect(given).toContain(`Rejected row of B-${first.number},Rejected line,Rejected column,Rejected because,`);

  // One is corrected, the other is not.
  const second = await desk.import(given.replace('soon', '61'), 'again.csv');
  expect(second).toMatchObject({
    counts: counted({ read: 2, new: 1, rejected: 1 }),
    corrects: { id: first.id, number: first.number },
    notes: [],
  });
  expect(await correctionsOf(desk, first)).toEqual([second.number]);
  expect((await desk.fields('one')).get('User')?.value).toBe('a, "b"');
  const [rest] = await desk.rejected(second);
  expect(rest).toMatchObject({ column: 'Start time', value: 'yesterday', reason: 'not_a_time' });

  // What is left is given back once more, its reasons once; columns in another order, as a spreadsheet leaves them.
  const left = await download(desk, second);
  expect(left.match(/Rejected/g)).toHaveLength(4);
  const turned = left
    .replace('\uFEFF', '')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','))
    .map((cells) => [...cells.slice(4), ...cells.slice(0, 4)].join(',').replace('yesterday', '2026-11-25T10:00:00Z'))
    .join('\n');
  const third = await desk.import(turned);
  expect(third).toMatchObject({ counts: counted({ read: 1, new: 1 }), corrects: { number: second.number } });
  expect([...(await desk.facts()).keys()].sort()).toEqual(
    ['fine', 'one', 'two'].map((name) => uuidOf(`report ${name}`)).sort(),
  );
});

test('rows of a wrong length are downloaded as they came, and stay rejected until they are mended', async () => {
  const desk = await importDesk();
  const long = csvOf([leg('long')]).trimEnd();
  const short =
    csvOf([leg('short')])
      .trimEnd()
      .split('\n')
      .at(-1)
      ?.split(',')
      .slice(0, 60)
      .join(',') ?? '';
  const first = await desk.import(`${long},LOST,AND MORE\n${short}\n`);
  expect(first.counts).toEqual(counted({ read: 2, rejected: 2 }));
  const given = await download(desk, first);
  const [, longLine = '', shortLine = ''] = given.trimEnd().split('\r\n');
  expect(longLine).toMatch(/,LOST,AND MORE$/);
  expect(shortLine.split(',')).toHaveLength(4 + 60);

  const again = await desk.import(given);
  expect(again).toMatchObject({ counts: counted({ read: 2, rejected: 2 }), corrects: { number: first.number } });
  const mended = (await download(desk, again)).replace(',LOST,AND MORE', '');
  expect((await desk.import(mended)).counts).toEqual(counted({ read: 2, new: 1, rejected: 1 }));
});

test('what no one could split into columns is downloaded whole, and stays rejected', async () => {
  const desk = await importDesk();
  const line =
    csvOf([leg('torn')])
      .trimEnd()
      .split('\n')
      .at(-1) ?? '';
  const torn = `"a" b,${line}`;
  const first = await desk.import(`${csvOf([leg('fine')])}${torn}\n`);
  expect(first.counts).toEqual(counted({ read: 2, new: 1, rejected: 1 }));
  const given = await download(desk, first);
  expect(given).toContain(`"${torn.replaceAll('"', '""')}"`);
  expect((await desk.import(given)).counts).toEqual(counted({ read: 1, rejected: 1 }));
});

test('single values are corrected without a file; what is wrong again is rejected again', async () => {
  const desk = await importDesk();
  const first = await desk.import(
    csvOf([
      leg('a', { Duration: 'x' }),
      leg('b', { Duration: 'y', User: '=1+1' }),
      'too,short',
      leg('c', { 'Report time': 'z' }),
    ]),
  );
  const [a, b, short] = (await desk.rejected(first)).map(({ row }) => row);
  const second = await correct(desk, first, [
    { row: a ?? 0, value: '60' },
    { row: b ?? 0, value: '-5' },
  ]);
  expect(second).toMatchObject({
    fileName: `B-${first.number}_corrected.csv`,
    counts: counted({ read: 2, new: 1, rejected: 1 }),
    corrects: { number: first.number },
  });
  const [again] = await desk.rejected(second);
  expect(again).toMatchObject({ column: 'Duration', value: '-5', reason: 'below_zero' });
  const third = await correct(desk, second, [{ row: again?.row ?? 0, value: '5' }]);
  expect(third).toMatchObject({ counts: counted({ read: 1, new: 1 }), corrects: { number: second.number } });
  expect((await desk.fields('b')).get('User')?.value).toBe('=1+1');
  // Once more is no more.
  expect((await correct(desk, first, [{ row: a ?? 0, value: '60' }])).counts).toEqual(
    counted({ read: 1, duplicate: 1 }),
  );

  const refused = async (row: number) => {
    const { code, data } = await desk.admin.refusal(api.correctRejectedRows, {
      ...params(first),
      body: { rows: [{ row, value: '1' }] },
    });
    return { code, data };
  };
  expect(await refused(short ?? 0)).toEqual({ code: 'rejected_row_needs_file', data: { row: short } });
  expect(await refused(99)).toEqual({ code: 'rejected_row_not_found', data: { row: 99 } });
  expect(
    await desk.readOnly.refusal(api.correctRejectedRows, {
      ...params(first),
      body: { rows: [{ row: 1, value: '1' }] },
    }),
  ).toMatchObject({ code: 'permission_denied' });
});

test('a report that named neither customer nor days is corrected with what was given for it', async () => {
  const desk = await importDesk();
  const queues = 'Call Queue,Total Calls,Abandoned Calls\n,3,1\nSales,2,0\n';
  const first = await desk.import(queues, 'queues.csv', {
    orgUuid: orgOf('known'),
    from: '2026-11-01',
    to: '2026-11-07',
  });
  expect(first.counts).toEqual(counted({ read: 2, new: 1, rejected: 1 }));
  const second = await correct(desk, first, [{ row: 1, value: 'Support' }]);
  expect(second).toMatchObject({
    state: 'committed',
    counts: counted({ read: 1, new: 1 }),
    orgUuid: orgOf('known'),
    period: { from: '2026-11-01', to: '2026-11-07' },
  });
});

test('a number in a header that is none of theirs links nothing', async () => {
  const desk = await importDesk();
  const other = await importDesk({ hub: desk.hub });
  const theirs = await other.import(csvOf([leg('t')]));
  const columns = [...Object.keys(leg('x')), `Rejected row of B-${theirs.number}`];
  const batch = await desk.import(csvOf([leg('x')], { columns }));
  expect(batch).toMatchObject({ state: 'committed', corrects: null });
});
