import { importBytesLimit, uploadImport } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { useSyncExternalStore } from 'react';
import { type ApiError, addressOf, csrfHeader, refusal } from '../../lib/api.ts';
import { now } from '../../lib/clock.ts';

export interface Upload {
  key: number;
  file: File;
  region: RegionCode;
  state: 'waiting' | 'sending' | 'failed' | 'refused';
  sentBytes: number;
  startedAt: number | null;
  error: ApiError | null;
  /** Why it was not even sent. */
  refusedAs: 'too_large' | 'empty' | null;
}

let uploads: readonly Upload[] = [];
let nextKey = 1;
let running: XMLHttpRequest | null = null;
let onStored: () => void = () => {};
const changes = new EventTarget();

function change(next: readonly Upload[]): void {
  uploads = next;
  changes.dispatchEvent(new Event('change'));
  window.onbeforeunload = uploads.some((upload) => upload.state === 'sending' || upload.state === 'waiting')
    ? (event) => event.preventDefault()
    : null;
}

function patch(key: number, part: Partial<Upload>): void {
  change(uploads.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)));
}

/** Files go up one after another, also while other pages are looked at. `stored` is called when one is safe on the server. */
export function addUploads(files: readonly File[], region: RegionCode, stored: () => void): void {
  onStored = stored;
  const added = files.map((file): Upload => {
    const refusedAs = file.size === 0 ? 'empty' : file.size > importBytesLimit ? 'too_large' : null;
    nextKey += 1;
    return {
      key: nextKey,
      file,
      region,
      state: refusedAs === null ? 'waiting' : 'refused',
      sentBytes: 0,
      startedAt: null,
      error: null,
      refusedAs,
    };
  });
  change([...uploads, ...added]);
  sendNext();
}

export function dropUpload(key: number): void {
  const isSending = uploads.some((upload) => upload.key === key && upload.state === 'sending');
  change(uploads.filter((upload) => upload.key !== key));
  if (!isSending) return;
  running?.abort();
  running = null;
  sendNext();
}

export function retryUpload(key: number): void {
  patch(key, { state: 'waiting', sentBytes: 0, error: null });
  sendNext();
}

function sendNext(): void {
  const next = uploads.find((upload) => upload.state === 'waiting');
  if (running !== null || next === undefined) return;
  const request = new XMLHttpRequest(); // fetch tells nothing of what it has sent
  running = request;
  const { key, file, region } = next;
  const end = (error: ApiError | null) => {
    if (running !== request) return; // canceled
    running = null;
    if (error === null) {
      change(uploads.filter((upload) => upload.key !== key));
      onStored();
    } else {
      patch(key, { state: 'failed', error });
    }
    sendNext();
  };
  request.upload.onprogress = (event) => patch(key, { sentBytes: event.loaded });
  request.onload = () =>
    end(request.status === 201 || request.status === 200 ? null : refusal(request.status, request.responseText));
  request.onerror = () => end(refusal(0, ''));
  request.open(uploadImport.method, addressOf(uploadImport, { query: { region, fileName: file.name.slice(-255) } }));
  request.setRequestHeader('content-type', 'application/octet-stream');
  for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value);
  patch(key, { state: 'sending', startedAt: now() });
  request.send(file);
}

function subscribe(notify: () => void): () => void {
  changes.addEventListener('change', notify);
  return () => changes.removeEventListener('change', notify);
}

export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(subscribe, () => uploads);
}
