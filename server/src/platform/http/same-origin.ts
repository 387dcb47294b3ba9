import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { HubError } from '../hub-error.ts';

/** Requests of these methods change nothing and need no proof of where they come from. */
export const changesNothing = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** Throws csrf_failed where the browser says that another site's page sent this. `host` is the one the request was made to. */
export function refuseOtherSites(headers: IncomingHttpHeaders, host: string): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new HubError('csrf_failed');
  // The scheme is not compared: behind a proxy that ends https, the page is https and this request is not.
  if (headers.origin !== undefined && hostOf(headers.origin) !== host) throw new HubError('csrf_failed');
}

/** Throws csrf_failed unless the header carries the session's token: only our own page can read that. */
export function requireCsrfToken(headers: IncomingHttpHeaders, expected: string): void {
  const given = Buffer.from(String(headers['x-hub-csrf'] ?? ''));
  const wanted = Buffer.from(expected);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new HubError('csrf_failed');
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined; // "null": a sandboxed frame or a file
  }
}
