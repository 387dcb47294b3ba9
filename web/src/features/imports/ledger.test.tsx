import {
  correctRejectedRows,
  getImport,
  getImportUndo,
  listHeldOrganizations,
  listImports,
  listRejectedRows,
  undoImport,
} from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aBatch, aHeldPage, aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const batch = aBatch();
const rejected = {
  items: [
    { row: 3, line: 4, column: 'Duration', value: 'x', reason: 'not_a_whole_number' as const, data: {} },
    { row: 5, line: 6, column: null, value: 'a,b', reason: 'column_count' as const, data: { expected: 83, found: 2 } },
  ],
  next: null,
  total: 2,
  byReason: [
    { column: 'Duration', reason: 'not_a_whole_number' as const, count: 1 },
    { column: null, reason: 'column_count' as const, count: 1 },
  ],
};

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [batch], next: null, total: 1, underway: 0 })
    .on(getImport, batch)
    .on(listRejectedRows, rejected)
    .on(listHeldOrganizations, aHeldPage([]));
});

const posted = (end: string) =>
  hub.requests.filter(({ method, url }) => method === 'POST' && url.pathname.endsWith(end));
const panelOf = (number = 'B-20414') => screen.findByRole('complementary', { name: `Import ${number}` });

test('the ledger is narrowed in the address, and its file has the same', async () => {
  const { router } = renderHub('/imports');
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Feed' }), 'webex_devices');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Source' }), 'archive');
  await waitFor(() => expect(router.state.location.search).toMatchObject({ feed: 'webex_devices', source: 'archive' }));
  await waitFor(() =>
    expect(hub.requests.some(({ url }) => url.search === '?feed=webex_devices&source=archive&limit=50')).toBe(true),
  );
  expect(screen.getByRole('link', { name: 'Download as CSV' }).getAttribute('href')).toBe(
    '/api/imports/export?feed=webex_devices&source=archive',
  );
  await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  await waitFor(() => expect(router.state.location.search).not.toHaveProperty('feed'));
});

test('the panel tells hash and rate, and what an import corrects', async () => {
  hub.on(getImport, aBatch({ corrects: { id: aBatch({ number: 12 }).id, number: 12 } }));
  renderHub(`/imports?batch=${batch.id}`);
  const panel = await panelOf();
  expect(panel.textContent).toContain('9f86d081884c7d65');
  expect(panel.textContent).toContain('232,726 rows/s');
  expect(within(panel).getByRole('link', { name: 'B-12' })).toBeTruthy();
});

test('an import is undone after its rows were counted out', async () => {
  const undone = aBatch({
    state: 'undone',
    canBeUndone: false,
    undone: { at: '2026-11-24T09:00:00.000Z', by: 'Jordan Vale' },
  });
  hub.on(getImportUndo, { removed: 9_772_816, restored: 3, held: 204, refusal: null }).on(undoImport, () => {
    hub.on(getImport, undone);
    return undone;
  });
  renderHub(`/imports?batch=${batch.id}`);
  await userEvent.click(within(await panelOf()).getByRole('button', { name: 'Undo import' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('Undo import B-20414?');
  expect(dialog.textContent).toContain('9,772,816 stored rows no longer count.');
  expect(dialog.textContent).toContain('3 earlier versions, which it replaced, count again.');
  expect(dialog.textContent).toContain('204 rows that wait for a customer go too.');
  expect(posted('/undo')).toEqual([]);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Undo import' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const panel = await panelOf();
  expect(await within(panel).findByText('Undone')).toBeTruthy();
  expect(within(panel).queryByRole('button', { name: 'Undo import' })).toBeNull();
  expect(panel.textContent).toContain('Undone byJordan Vale');
  expect(posted('/undo')).toHaveLength(1);
});

test('what stands against an undo is told in place of the question', async () => {
  hub.on(getImportUndo, {
    removed: 1,
    restored: 0,
    held: 0,
    refusal: { code: 'import_undo_later', data: { number: 20_420, rows: 17 } },
  });
  renderHub(`/imports?batch=${batch.id}`);
  const panel = await panelOf();
  await userEvent.click(within(panel).getByRole('button', { name: 'Undo import' }));
  expect(await within(panel).findByText(/^B-20420 brought 17 of the same rows later/)).toBeTruthy();
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a wrong value is written anew and comes in by itself; a row with wrong columns needs the file', async () => {
  const queued = aBatch({ number: 20_500, state: 'queued', counts: null, covers: null });
  hub.on(correctRejectedRows, queued);
  const { router } = renderHub(`/imports?batch=${batch.id}`);
  const panel = await panelOf();
  await userEvent.click(await within(panel).findByRole('button', { name: 'Correct here' }));
  const input = await within(panel).findByRole('textbox', { name: 'line 4, Duration' });
  expect(within(panel).getByText(/Correct this row in the downloaded file/)).toBeTruthy();
  const submit = () => within(panel).getByRole('button', { name: /^Import (# |1 )?changed row/ });
  expect(submit().hasAttribute('disabled')).toBe(true);
  await userEvent.clear(input);
  await userEvent.type(input, '60');
  await userEvent.click(submit());
  await waitFor(() =>
    expect(posted('/corrections').map(({ body }) => body)).toEqual([{ rows: [{ row: 3, value: '60' }] }]),
  );
  await waitFor(() => expect(router.state.location.search).toMatchObject({ batch: queued.id }));
});

test('who only reads neither undoes nor corrects', async () => {
  hub.on(getSession, aSession({}, 'partner_read_only'));
  renderHub(`/imports?batch=${batch.id}`);
  const panel = await panelOf();
  expect(await within(panel).findByRole('link', { name: 'Download 2 rows' })).toBeTruthy();
  for (const name of ['Undo import', 'Correct here']) expect(within(panel).queryByRole('button', { name })).toBeNull();
});
