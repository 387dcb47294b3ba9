import { describe, expect, test } from 'vitest';
import { refuseOtherSites, requireCsrfToken } from './same-origin.ts';

describe('a request that writes', () => {
  const host = 'hub.example:3000';

  test.each([
    ['no browser', {}],
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'http://hub.example:3000' }],
    ['our own page behind a proxy that ends https', { origin: 'https://hub.example:3000' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
  ])('is taken from %s', (_, headers) => {
    expect(() => refuseOtherSites(headers, host)).not.toThrow();
  });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling domain', { 'sec-fetch-site': 'same-site', origin: 'http://evil.hub.example' }],
    ['another origin, in a browser without Sec-Fetch-Site', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://hub.example:4000' }],
    ['a sandboxed frame', { origin: 'null' }],
  ])('is refused from %s', (_, headers) => {
    expect(() => refuseOtherSites(headers, host)).toThrow(expect.objectContaining({ code: 'csrf_failed' }));
  });

  test('carries the session’s token, all of it', () => {
    expect(() => requireCsrfToken({ 'x-hub-csrf': 'secret' }, 'secret')).not.toThrow();
    for (const given of [
      {},
      { 'x-hub-csrf': '' },
      { 'x-hub-csrf': 'secre' },
      { 'x-hub-csrf': 'Secret' },
      { 'x-hub-csrf': ['secret', 'x'] },
    ]) {
      expect(() => requireCsrfToken(given, 'secret')).toThrow(expect.objectContaining({ code: 'csrf_failed' }));
    }
  });
});
