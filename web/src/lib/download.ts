import type { Endpoint } from '@hub/contract/endpoint';
import { addressOf, ApiError, csrfHeader, type Given, refusal } from './api.ts';

/** Saves a file that has to be asked for with a body, so that no link leads to it. It passes through memory: for thousands of rows. Throws ApiError. */
export async function saveFile<E extends Endpoint>(endpoint: E, given: Given<E>): Promise<void> {
  const { body }: { body?: unknown } = given;
  let response: Response;
  try {
    response = await fetch(addressOf(endpoint, given), {
      method: endpoint.method,
      headers: { 'content-type': 'application/json', ...csrfHeader() },
      credentials: 'same-origin',
      body: JSON.stringify(body),
    });
  } catch (cause) {
    throw new ApiError(0, null, { cause });
  }
  if (!response.ok) throw refusal(response.status, await response.text());
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = nameIn(response.headers.get('content-disposition') ?? '');
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // some browsers begin to save late
}

function nameIn(disposition: string): string {
  const [, encoded = ''] = /filename\*=UTF-8''([^;]+)/.exec(disposition) ?? [];
  return decodeURIComponent(encoded);
}
