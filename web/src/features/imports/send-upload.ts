import { appendUpload, beginUpload, discardUpload, finishUpload, getUpload } from '@hub/contract/import-uploads';
import type { ImportId } from '@hub/contract/ids';
import { uploadImport } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { ApiError, addressOf, call, replyOf } from '../../lib/api.ts';
import { sendBody, type Sending } from './send-body.ts';

/** From here on a broken connection costs more than the parts' requests. */
const partsFromBytes = 32_000_000;
const partBytes = 16_000_000;

export interface SentFile {
  file: File;
  region: RegionCode;
  /** Sent with the whole file: an answer that was lost brings no second import. */
  idempotencyKey: string;
  /** Of the upload in parts that was begun, if one was. */
  uploadId: ImportId | null;
}

export interface UploadHooks extends Sending {
  onBegun: (uploadId: ImportId | null) => void;
  /** The connection is away, or back. */
  onWaiting: (isWaiting: boolean) => void;
}

/** Brings a file to the server: in one piece, or in parts that go on where a broken connection left them. Throws ApiError. */
export async function sendUpload(sent: SentFile, hooks: UploadHooks): Promise<void> {
  const isInParts = sent.file.size >= partsFromBytes;
  let uploadId = sent.uploadId;
  const begun = (id: ImportId | null) => {
    uploadId = id;
    hooks.onBegun(id);
  };
  for (let failures = 0; ; failures += 1) {
    try {
      if (!isInParts) return await sendWhole(sent, hooks);
      const progress = () => {
        failures = 0;
        hooks.onWaiting(false);
      };
      if (await sendParts(sent.file, sent.region, uploadId, { ...hooks, begun, progress })) return;
    } catch (error) {
      hooks.signal.throwIfAborted();
      const seconds = pauseSeconds(error, { isInParts, failures });
      if (seconds === null) throw error;
      hooks.onWaiting(true);
      await pause(seconds, hooks.signal);
    }
  }
}

/** What was begun is forgotten on the server as well; where that fails, time does it. */
export async function forgetUpload(uploadId: ImportId): Promise<void> {
  await call(discardUpload, { params: { uploadId } }).catch(() => undefined);
}

const nameOf = (file: File): string => file.name.slice(-255);

async function sendWhole({ file, region, idempotencyKey }: SentFile, hooks: UploadHooks): Promise<void> {
  const address = addressOf(uploadImport, { query: { region, fileName: nameOf(file) } });
  const headers = { 'idempotency-key': idempotencyKey };
  await sendBody(uploadImport.method, address, { body: file, headers }, hooks);
}

interface PartHooks extends Sending {
  begun: (uploadId: ImportId | null) => void;
  progress: () => void;
}

/** False where the server knows nothing of what was begun: then it is begun anew. */
async function sendParts(
  file: File,
  region: RegionCode,
  known: ImportId | null,
  { begun, progress, ...sending }: PartHooks,
): Promise<boolean> {
  const standing = known === null ? await begin(file, region, sending.signal) : await find(known, sending.signal);
  if (standing === 'finished') return true;
  begun(standing?.id ?? null);
  if (standing === undefined) return false;
  let { offset } = standing;
  progress();
  while (offset < file.size) {
    const from = offset;
    const address = addressOf(appendUpload, { params: { uploadId: standing.id }, query: { offset } });
    const reply = await sendBody(
      appendUpload.method,
      address,
      { body: file.slice(offset, offset + partBytes) },
      { ...sending, onProgress: (bytes) => sending.onProgress(from + bytes) },
    );
    ({ offset } = replyOf<typeof appendUpload>(reply));
    sending.onProgress(offset);
    progress();
  }
  await call(finishUpload, { params: { uploadId: standing.id }, query: {} }, sending.signal);
  return true;
}

type Standing = { id: ImportId; offset: number };

const begin = (file: File, region: RegionCode, signal: AbortSignal): Promise<Standing> =>
  call(beginUpload, { body: { region, fileName: nameOf(file), bytes: file.size } }, signal);

/** How far an upload is; its finish may have been answered into a broken connection. */
async function find(uploadId: ImportId, signal: AbortSignal): Promise<Standing | 'finished' | undefined> {
  try {
    return await call(getUpload, { params: { uploadId } }, signal);
  } catch (error) {
    if (!isUnknown(error)) throw error;
  }
  try {
    await call(finishUpload, { params: { uploadId }, query: {} }, signal);
    return 'finished';
  } catch (error) {
    if (!isUnknown(error)) throw error;
    return undefined;
  }
}

const isUnknown = (error: unknown): boolean => error instanceof ApiError && error.problem?.code === 'upload_not_found';

const mostFailures = 10; // in a row: some two minutes
const longestPause = 15;

/** How long to wait before the next try; null where another try would end the same. */
function pauseSeconds(
  error: unknown,
  { isInParts, failures }: { isInParts: boolean; failures: number },
): number | null {
  if (!(error instanceof ApiError)) return null;
  const { problem, status } = error;
  if (problem?.code === 'rate_limited') return Math.max(1, Number(problem.data['seconds'] ?? 1));
  if (!isInParts || failures >= mostFailures) return null;
  const healsByItself =
    status === 0 ||
    status === 502 ||
    status === 503 ||
    status === 504 ||
    problem?.code === 'import_interrupted' ||
    problem?.code === 'upload_offset';
  return healsByItself ? Math.min(longestPause, 2 ** failures) : null;
}

function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject: (error: ApiError) => void) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(new ApiError(0, null, { cause: signal.reason }));
      },
      { once: true },
    );
  });
}
