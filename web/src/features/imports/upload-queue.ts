import { importBytesLimit } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { useSyncExternalStore } from 'react';
import { ApiError } from '../../lib/api.ts';
import { now } from '../../lib/clock.ts';
import { forgetUpload, type SentFile, sendUpload } from './send-upload.ts';

export interface Upload extends SentFile {
  key: number;
  state: 'waiting' | 'sending' | 'failed' | 'refused';
  sentBytes: number;
  startedAt: number | null;
  /** What had been sent when this sending began: the rate counts what came since. */
  startedBytes: number;
  /** The connection broke, and the upload goes on when it is back. */
  isWaitingForNetwork: boolean;
  error: ApiError | null;
  /** Why it was not even sent. */
  refusedAs: 'too_large' | 'empty' | null;
}

/** `stored`: how many of those that were added since nothing was left to send are safe on the server. */
export interface UploadQueue {
  uploads: readonly Upload[];
  stored: number;
}

const atOnce = 3; // small files wait for answers more than for bandwidth
const tellEveryMilliseconds = 1000;

let queue: UploadQueue = { uploads: [], stored: 0 };
let nextKey = 1;
const running = new Map<number, AbortController>();
let onStored: () => void = () => {};
let telling: ReturnType<typeof setTimeout> | undefined;
const changes = new EventTarget();

export const isOpen = ({ state }: Upload): boolean => state === 'sending' || state === 'waiting';

function change(next: readonly Upload[], stored = queue.stored): void {
  queue = { uploads: next, stored };
  changes.dispatchEvent(new Event('change'));
  window.onbeforeunload = next.some(isOpen) ? (event) => event.preventDefault() : null;
}

function patch(key: number, part: Partial<Upload>): void {
  change(queue.uploads.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)));
}

/** Files go up a few at a time, also while other pages are looked at. `stored` is called soon after some are safe on the server. */
export function addUploads(files: readonly File[], region: RegionCode, stored: () => void): void {
  onStored = stored;
  const added = files.map((file): Upload => {
    const refusedAs = file.size === 0 ? 'empty' : file.size > importBytesLimit ? 'too_large' : null;
    nextKey += 1;
    return {
      key: nextKey,
      file,
      region,
      idempotencyKey: randomKey(),
      uploadId: null,
      state: refusedAs === null ? 'waiting' : 'refused',
      sentBytes: 0,
      startedAt: null,
      startedBytes: 0,
      isWaitingForNetwork: false,
      error: null,
      refusedAs,
    };
  });
  change([...queue.uploads, ...added], queue.uploads.some(isOpen) ? queue.stored : 0);
  sendNext();
}

/** crypto.randomUUID is there over https only. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

export function dropUpload(key: number): void {
  drop((upload) => upload.key === key);
}

/** All that has not been sent; what failed stays to be looked at. */
export function dropOpenUploads(): void {
  drop(isOpen);
}

function drop(isDropped: (upload: Upload) => boolean): void {
  const dropped = queue.uploads.filter(isDropped);
  change(queue.uploads.filter((upload) => !isDropped(upload)));
  for (const { key, uploadId } of dropped) {
    running.get(key)?.abort();
    running.delete(key);
    if (uploadId !== null) void forgetUpload(uploadId);
  }
  sendNext();
}

export function retryUpload(key: number): void {
  retry((upload) => upload.key === key);
}

export function retryFailedUploads(): void {
  retry(({ state }) => state === 'failed');
}

function retry(isRetried: (upload: Upload) => boolean): void {
  change(
    queue.uploads.map((upload) =>
      isRetried(upload) ? { ...upload, state: 'waiting', sentBytes: 0, error: null } : upload,
    ),
  );
  sendNext();
}

function sendNext(): void {
  for (const upload of queue.uploads) {
    if (running.size >= atOnce) return;
    if (upload.state === 'waiting') void send(upload);
  }
}

async function send(upload: Upload): Promise<void> {
  const { key } = upload;
  const stop = new AbortController();
  running.set(key, stop);
  patch(key, { state: 'sending', startedAt: now(), startedBytes: 0 });
  let isFirst = true;
  try {
    await sendUpload(upload, {
      signal: stop.signal,
      onBegun: (uploadId) => patch(key, { uploadId }),
      onWaiting: (isWaitingForNetwork) => patch(key, { isWaitingForNetwork }),
      onProgress(sentBytes) {
        patch(key, { sentBytes, ...(isFirst ? { startedBytes: sentBytes, startedAt: now() } : {}) });
        isFirst = false;
      },
    });
    end(key, null);
  } catch (error) {
    if (!stop.signal.aborted) end(key, error instanceof ApiError ? error : new ApiError(0, null, { cause: error }));
  }
}

function end(key: number, error: ApiError | null): void {
  running.delete(key);
  if (error === null) {
    change(
      queue.uploads.filter((upload) => upload.key !== key),
      queue.stored + 1,
    );
    tellSoon();
  } else {
    patch(key, { state: 'failed', isWaitingForNetwork: false, error });
  }
  sendNext();
}

/** A thousand small files are told of once a second, not one by one. */
function tellSoon(): void {
  telling ??= setTimeout(() => {
    telling = undefined;
    onStored();
  }, tellEveryMilliseconds);
}

function subscribe(notify: () => void): () => void {
  changes.addEventListener('change', notify);
  return () => changes.removeEventListener('change', notify);
}

export function useUploads(): UploadQueue {
  return useSyncExternalStore(subscribe, () => queue);
}
