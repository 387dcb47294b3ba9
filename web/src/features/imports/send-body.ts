import { type ApiError, csrfHeader, refusal } from '../../lib/api.ts';

export interface Sending {
  onProgress: (sentBytes: number) => void;
  signal: AbortSignal;
}

/** Sends bytes as they are and answers the reply's text. Throws ApiError, also where the signal ended it. */
export function sendBody(
  method: string,
  address: string,
  { body, headers = {} }: { body: Blob; headers?: Record<string, string> },
  { onProgress, signal }: Sending,
): Promise<string> {
  return new Promise((resolve, reject: (error: ApiError) => void) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest(); // fetch tells nothing of what it has sent
    const stop = () => request.abort();
    signal.addEventListener('abort', stop, { once: true });
    request.onloadend = () => signal.removeEventListener('abort', stop);
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.responseText);
      else reject(refusal(request.status, request.responseText));
    };
    request.onerror = () => reject(refusal(0, ''));
    request.onabort = () => reject(refusal(0, ''));
    request.open(method, address);
    request.setRequestHeader('content-type', 'application/octet-stream');
    for (const [name, value] of Object.entries({ ...csrfHeader(), ...headers })) request.setRequestHeader(name, value);
    request.send(body);
  });
}
