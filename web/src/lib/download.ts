import type { FileStep } from '@hub/contract/customers';
import type { Endpoint } from '@hub/contract/endpoint';
import { addressOf, ApiError, csrfHeader, type Given, refusal } from './api.ts';

/** Reached so far. */
export type Reached = Pick<FileStep, 'rows' | 'of'>;

/**
 * Saves a file that comes in steps and tells each; answers its name. It passes through memory: for hundred thousands of rows, not for more.
 * Throws ApiError, and what `signal` was aborted with.
 */
export async function saveInSteps<E extends Endpoint>(
  endpoint: E,
  given: Given<E>,
  { onStep, signal }: { onStep: (reached: Reached) => void; signal: AbortSignal },
): Promise<string> {
  const { body }: { body?: unknown } = given;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let response: Response;
  try {
    response = await fetch(addressOf(endpoint, given), {
      method: endpoint.method,
      headers: { 'content-type': 'application/json', ...csrfHeader() },
      credentials: 'same-origin',
      body: JSON.stringify(body),
      signal,
    });
    if (response.ok) {
      let isWhole = false;
      for await (const line of linesOf(response)) {
        signal.throwIfAborted();
        const step = JSON.parse(line) as FileStep;
        pieces.push(bytesOf(step.piece));
        onStep(step);
        ({ isWhole } = step);
      }
      if (!isWhole) throw new Error('The file ended before its last step.');
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw new ApiError(0, null, { cause });
  }
  if (!response.ok) throw refusal(response.status, await response.text());
  const name = nameIn(response.headers.get('content-disposition') ?? '');
  save(new Blob(pieces), name);
  return name;
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    const lines = `${rest}${read.value}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // some browsers begin to save late
}

function nameIn(disposition: string): string {
  const [, encoded = ''] = /filename\*=UTF-8''([^;]+)/.exec(disposition) ?? [];
  return decodeURIComponent(encoded);
}
