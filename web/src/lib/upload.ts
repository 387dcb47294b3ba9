import type { Endpoint } from '@hub/contract/endpoint';
import { addressOf, ApiError, csrfHeader, type Given, refusal, type ReplyBody, replyOf } from './api.ts';

/** Sends a file as the body and answers the typed reply. For small files: it tells nothing of its progress. Throws ApiError. */
export async function upload<E extends Endpoint>(
  endpoint: E,
  given: Omit<Given<E>, 'body'>,
  file: File,
): Promise<ReplyBody<E>> {
  let response: Response;
  try {
    response = await fetch(addressOf(endpoint, given), {
      method: endpoint.method,
      headers: { accept: 'application/json', 'content-type': 'application/octet-stream', ...csrfHeader() },
      credentials: 'same-origin',
      body: file,
    });
  } catch (cause) {
    throw new ApiError(0, null, { cause });
  }
  const text = await response.text();
  if (!response.ok) throw refusal(response.status, text);
  return replyOf<E>(text);
}
