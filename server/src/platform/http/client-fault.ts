import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { HubError } from '../hub-error.ts';
import { newTrackingId, problemOf } from './problem.ts';

/**
 * Bytes of a request's address and headers together. The page's own address carries a filter of up to 20,000 characters, each of up to 12 bytes
 * once it is percent-encoded; 16 KB are left for cookies and what proxies add. Node alone stops at 16 KB.
 */
export const headerBytesMaximum = 20_000 * 12 + 16_384;

/** Answers what Node's HTTP parser refused before there was a request: a problem like every other, after which the connection is closed. */
export function answerClientFault(fault: NodeJS.ErrnoException, socket: Socket): void {
  if (fault.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy(fault);
    return;
  }
  const trackingId = newTrackingId();
  const { problem } = problemOf(refusalOf(fault), trackingId);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Tracking-Id: ${trackingId}`,
    'Connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy(fault));
}

function refusalOf({ code }: NodeJS.ErrnoException): HubError {
  if (code === 'HPE_HEADER_OVERFLOW') return new HubError('request_headers_too_large', { limit: headerBytesMaximum });
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new HubError('request_too_slow');
  return new HubError('invalid_request', { issues: 'This is not HTTP that can be read.' });
}
