import { appendUpload, beginUpload, discardUpload, finishUpload, getUpload } from '@hub/contract/import-uploads';
import { listHeldOrganizations, listImports } from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aBatch, aHeldPage, aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';
import { droppedFiles } from './dropped-files.ts';
import { dropOpenUploads, dropUpload } from './upload-queue.ts';

/** A request with a body, answered by the test. */
class FakeRequest {
  static open: FakeRequest[] = [];
  static total = 0;
  readonly upload: { onprogress: ((event: { loaded: number }) => void) | null } = { onprogress: null };
  readonly headers = new Map<string, string>();
  method = '';
  url = '';
  body = new Blob();
  status = 0;
  responseText = '';
  onload: () => void = () => {};
  onerror: () => void = () => {};
  onabort: () => void = () => {};
  onloadend: () => void = () => {};

  open(method: string, url: string) {
    this.method = method;
    this.url = url;
  }
  setRequestHeader(name: string, value: string) {
    this.headers.set(name, value);
  }
  send(body: Blob) {
    this.body = body;
    FakeRequest.total += 1;
    FakeRequest.open.push(this);
  }
  abort() {
    this.end(() => this.onabort());
  }
  answer(status: number, body: unknown) {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.end(() => this.onload());
  }
  breakOff() {
    this.end(() => this.onerror());
  }
  private end(tell: () => void) {
    FakeRequest.open = FakeRequest.open.filter((request) => request !== this);
    tell();
    this.onloadend();
  }
}

let hub: FakeHub;
beforeEach(() => {
  FakeRequest.open = [];
  FakeRequest.total = 0;
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0, underway: 0 })
    .on(listHeldOrganizations, aHeldPage([]));
});
afterEach(() => act(() => dropOpenUploads()));

async function drop(files: readonly File[]): Promise<void> {
  const zone = await screen.findByRole('region', { name: 'Upload call history' });
  const items = files.map((file) => ({ kind: 'file', webkitGetAsEntry: () => ({ isFile: true, name: file.name }) }));
  fireEvent.drop(zone, { dataTransfer: { items, files } });
}

const csv = (name: string): File => new File(['Start time\n'], name);
const next = (): FakeRequest => {
  const [request] = FakeRequest.open;
  if (request === undefined) throw new Error('nothing is being sent');
  return request;
};

test('a thousand files go up three at a time, counted, and can be canceled at once', async () => {
  renderHub('/imports');
  await drop(Array.from({ length: 1000 }, (_, index) => csv(`calls-${index}.csv`)));
  expect(await screen.findByText('1,000 files still to upload, 0 of 1,000 uploaded')).toBeTruthy();
  expect(FakeRequest.open).toHaveLength(3);
  expect(screen.getAllByRole('heading', { name: /^calls-/ })).toHaveLength(6);
  expect(screen.getByText('and 994 more files')).toBeTruthy();
  act(() => next().answer(201, aBatch()));
  expect(await screen.findByText('999 files still to upload, 1 of 1,000 uploaded')).toBeTruthy();
  act(() => next().answer(507, {}));
  expect(await screen.findByText('1 not uploaded')).toBeTruthy();
  expect(FakeRequest.open).toHaveLength(3);
  expect(new Set(FakeRequest.open.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(3);
  await userEvent.click(screen.getByRole('button', { name: 'Cancel all uploads' }));
  await waitFor(() => expect(FakeRequest.open).toEqual([]));
  expect(FakeRequest.total).toBe(5);
  // What failed stays to be looked at, and is sent again under its key.
  expect(screen.getAllByRole('heading', { name: /^calls-/ })).toHaveLength(1);
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(FakeRequest.open).toHaveLength(1));
});

test('too many requests in a minute make the page wait, and no file is lost of it', async () => {
  renderHub('/imports');
  await drop([csv('limited.csv')]);
  await waitFor(() => expect(FakeRequest.open).toHaveLength(1));
  const key = next().headers.get('idempotency-key');
  const problem = {
    type: 'x',
    title: 'x',
    status: 429,
    code: 'rate_limited',
    data: { seconds: 1 },
    trackingId: 'ph-1',
  };
  act(() => next().answer(429, problem));
  expect(FakeRequest.open).toEqual([]);
  await waitFor(() => expect(FakeRequest.open).toHaveLength(1), { timeout: 3000 });
  expect(next().headers.get('idempotency-key')).toBe(key);
});

test('a large file goes up in parts, and goes on where the connection broke', async () => {
  const bytes = 40_000_000;
  const upload = { id: aBatch().id, region: 'eu', fileName: 'large.csv', bytes, expiresAt: '2026-12-01T00:00:00.000Z' };
  let offset = 0;
  hub
    .on(beginUpload, () => ({ ...upload, offset }))
    .on({ ...getUpload, path: `/api/imports/uploads/${upload.id}` }, () => ({ ...upload, offset }))
    .on({ ...finishUpload, path: `/api/imports/uploads/${upload.id}/finish` }, aBatch())
    .on({ ...discardUpload, path: `/api/imports/uploads/${upload.id}` }, undefined);
  renderHub('/imports');
  await drop([new File([new Uint8Array(bytes)], 'large.csv')]);
  await waitFor(() => expect(FakeRequest.open).toHaveLength(1));
  expect([next().method, next().url, next().body.size]).toEqual([
    appendUpload.method,
    `/api/imports/uploads/${upload.id}?offset=0`,
    16_000_000,
  ]);
  act(() => next().answer(200, { ...upload, offset: 16_000_000 }));
  await waitFor(() => expect(next().url).toContain('offset=16000000'));
  offset = 20_000_000; // of the second part some had arrived
  act(() => next().breakOff());
  expect(await screen.findByText('The connection broke. The upload goes on from here by itself.')).toBeTruthy();
  await waitFor(() => expect(next().url).toContain('offset=20000000'), { timeout: 5000 });
  act(() => next().answer(200, { ...upload, offset: 36_000_000 }));
  await waitFor(() => expect(next().body.size).toBe(4_000_000));
  act(() => next().answer(200, { ...upload, offset: bytes }));
  await waitFor(() => expect(hub.requests.some(({ url }) => url.pathname.endsWith('/finish'))).toBe(true));
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'large.csv' })).toBeNull());
  expect(hub.asked(beginUpload)).toHaveLength(1);
});

interface Entry {
  name: string;
  isFile: boolean;
  isDirectory: boolean;
}

function folder(name: string, inside: readonly Entry[]): Entry {
  const createReader = () => {
    const rest = [...inside];
    return { readEntries: (tell: (some: Entry[]) => void) => tell(rest.splice(0, 2)) };
  };
  return Object.assign({ name, isFile: false, isDirectory: true }, { createReader });
}

const file = (name: string): Entry =>
  Object.assign({ name, isFile: true, isDirectory: false }, { file: (tell: (file: File) => void) => tell(csv(name)) });

test('of dropped folders all files come, in order, without what systems put beside them', async () => {
  const tree = folder('week', [
    file('day 10.csv'),
    file('day 2.csv'),
    file('.DS_Store'),
    folder('deep', [folder('deeper', [file('last.csv')]), file('Thumbs.db')]),
    folder('.git', [file('config')]),
  ]);
  const items = [tree, file('top.csv')].map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry }));
  const transfer = { items: [{ kind: 'string' }, ...items], files: [] } as unknown as DataTransfer;
  expect((await droppedFiles(transfer)).map(({ name }) => name)).toEqual([
    'day 2.csv',
    'day 10.csv',
    'last.csv',
    'top.csv',
  ]);
});

test('an upload that is dropped while it waits is sent by nobody', async () => {
  renderHub('/imports');
  await drop([csv('a.csv'), csv('b.csv'), csv('c.csv'), csv('d.csv')]);
  await waitFor(() => expect(FakeRequest.open).toHaveLength(3));
  act(() => dropUpload(-1));
  await userEvent.click((await screen.findAllByRole('button', { name: 'Cancel upload' })).at(-1) as HTMLElement);
  act(() => next().answer(201, aBatch()));
  await waitFor(() => expect(FakeRequest.open).toHaveLength(2));
  expect(FakeRequest.total).toBe(3);
});
