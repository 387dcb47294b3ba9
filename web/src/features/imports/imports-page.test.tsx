import {
  cancelImport,
  discardHeldRows,
  getImport,
  listHeldOrganizations,
  listImports,
  listRejectedRows,
  releaseHeldRows,
} from '@hub/contract/imports';
import type { CustomerId } from '@hub/contract/ids';
import { getSession } from '@hub/contract/sessions';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aBatch, aHeldOrganization, aSession, someRejectedRows } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const batch = aBatch();

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [batch], next: null, total: 1 })
    .on(getImport, batch)
    .on(listRejectedRows, someRejectedRows())
    .on(listHeldOrganizations, { items: [aHeldOrganization()], unavailable: [] });
});

const number = (text: string | null | undefined): number => Number((text ?? '').replaceAll(/\D/g, ''));

test('the counts of an import are shown as a sum that adds up', async () => {
  renderHub(`/imports?batch=${batch.id}`);
  const panel = await screen.findByRole('complementary', { name: 'Import B-20414' });
  const counts = [...panel.querySelectorAll('.sum dd')].map((cell) => number(cell.textContent));
  expect(counts).toHaveLength(6);
  const [read, ...parts] = counts;
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(read);
});

test('rejected rows say row, value and reason, and all of them can be downloaded', async () => {
  renderHub(`/imports?batch=${batch.id}`);
  const panel = await screen.findByRole('complementary', { name: 'Import B-20414' });
  expect(await within(panel).findByText('line 118,204')).toBeTruthy();
  expect(within(panel).getByText('2026-11-09T25:14:00Z')).toBeTruthy();
  expect(panel.textContent).toContain('Not the 83 columns of the header');
  const download = within(panel).getByRole('link', { name: 'Download 1,284 rows' });
  expect(download.getAttribute('href')).toBe(`/api/imports/${batch.id}/rejected-rows/export`);
});

test('a failed import says why in the language of the page and offers to try again', async () => {
  const failed = aBatch({
    state: 'failed',
    counts: null,
    covers: null,
    failure: { code: 'import_not_text', data: { fileName: 'a.pdf', looksLike: 'a PDF' } },
  });
  hub.on(getImport, failed).on(listImports, { items: [failed], next: null, total: 1 });
  renderHub(`/imports?batch=${failed.id}`);
  const panel = await screen.findByRole('complementary', { name: 'Import B-20414' });
  expect(panel.textContent).toContain('a.pdf is not a text file: it begins like a PDF.');
  expect(within(panel).getByRole('button', { name: 'Try again' })).toBeTruthy();
});

test('canceling a running import asks once, then sends the token with it', async () => {
  const running = aBatch({
    state: 'running',
    stage: 'checking',
    counts: null,
    covers: null,
    endedAt: null,
    progress: { rowsDone: 6_048_500, bytesDone: 600, bytesTotal: 1000, rowsPerSecond: 412_600, secondsLeft: 9 },
  });
  hub.on(listImports, { items: [running], next: null, total: 1 }).on(cancelImport, running);
  renderHub('/imports');
  const work = await screen.findByRole('region', { name: 'Import B-20414' });
  expect(work.textContent).toContain('412,600');
  expect(within(work).getByRole('img', { name: 'Import B-20414: 60 percent done' })).toBeTruthy();
  await userEvent.click(within(work).getByRole('button', { name: 'Cancel import' }));
  const dialog = await screen.findByRole('dialog');
  expect(hub.requests.some(({ method }) => method === 'POST')).toBe(false);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel import' }));
  await waitFor(() =>
    expect(hub.requests.find(({ method }) => method === 'POST')?.headers.get('x-hub-csrf')).toBe('a-token'),
  );
});

test('discarding held rows names what is lost', async () => {
  hub.on(discardHeldRows, { rows: 152 });
  renderHub('/imports');
  await userEvent.click(await screen.findByRole('button', { name: 'Discard' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('Discard 152 held rows?');
  expect(dialog.textContent).toContain('b41f77a2-5c3e-4d0a-9a41-7f0b2c519c0e');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Discard 152 rows' }));
  await waitFor(() =>
    expect(hub.requests.find(({ method }) => method === 'DELETE')?.url.pathname).toBe(
      '/api/held-organizations/eu/b41f77a2-5c3e-4d0a-9a41-7f0b2c519c0e',
    ),
  );
});

test('rows that wait for want of an assignment are let in with one press', async () => {
  const customer = { id: 'c0000000-0000-4000-8000-000000000001' as CustomerId, name: 'Acme', region: 'eu' as const };
  const held = aHeldOrganization({ reason: 'not_assigned', customer });
  hub.on(listHeldOrganizations, { items: [held], unavailable: [] }).on(releaseHeldRows, undefined);
  renderHub('/imports');
  expect(await screen.findByText(/^Acme has this organization/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Let the rows in' }));
  await waitFor(() =>
    expect(hub.requests.find(({ method }) => method === 'POST')?.url.pathname).toBe(
      `/api/held-organizations/eu/${held.orgUuid}/release`,
    ),
  );
});

test('a read-only administrator sees imports and held rows but no control that writes', async () => {
  hub.on(getSession, aSession({}, 'partner_read_only'));
  renderHub('/imports');
  expect(await screen.findByText(/sees everything here and changes nothing/)).toBeTruthy();
  expect(await screen.findByText('152 rows')).toBeTruthy();
  const writing = ['choose files', 'Create customer', 'Link to a customer', 'Discard'];
  expect(writing.filter((name) => screen.queryByRole('button', { name }) !== null)).toEqual([]);
});
