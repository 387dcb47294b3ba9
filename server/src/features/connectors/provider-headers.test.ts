import { expect, test } from 'vitest';
import { uuidOf } from './answer-shapes.ts';
import { nextLink, otherRegionOf, retryAfterSeconds } from './provider-headers.ts';

const now = new Date('2026-12-01T10:00:00.000Z');

test('the next page is found among other links, in the writings that occur', () => {
  const next = 'https://webexapis.com/v1/people?cursor=a,b;c';
  for (const header of [
    `<${next}>; rel="next"`,
    `<${next}>; rel=next`,
    `<<${next}>;rel="next">`,
    `<https://webexapis.com/v1/people>; rel="first", <${next}>; rel="next"`,
    `<${next}>; title="a, b"; rel="prefetch next"`,
  ])
    expect(nextLink(header)).toBe(next);
  for (const header of [
    undefined,
    '',
    '<https://a.example/>; rel="prev"',
    '<https://a.example/next>; rel="nextish"',
    'next',
  ])
    expect(nextLink(header)).toBeUndefined();
});

test('Retry-After is a number of seconds or an instant, and nothing else', () => {
  const read = (text: string | undefined) => retryAfterSeconds(text, now);
  expect([read('0'), read('30'), read(' 7 ')]).toEqual([0, 30, 7]);
  expect(read('Tue, 01 Dec 2026 10:01:30 GMT')).toBe(90);
  expect(read('Tue, 01 Dec 2026 09:00:00 GMT')).toBe(0);
  for (const text of [undefined, '', 'soon', '-5', '1.5', '99999999999', '2026-12-01'])
    expect(read(text)).toBeUndefined();
});

test('a 451 names its host in Location, in an address, or in words', () => {
  const host = (location: string | undefined, body: string) => otherRegionOf(location, body)?.origin;
  expect(host('https://eu.webexapis.com/v1/cdr_feed', '')).toBe('https://eu.webexapis.com');
  expect(host(undefined, '{"message":"Use https://analytics-eu.webexapis.com/v1 instead."}')).toBe(
    'https://analytics-eu.webexapis.com',
  );
  expect(host(undefined, '{"message":"The data is at analytics-ca.webexapis.com."}')).toBe(
    'https://analytics-ca.webexapis.com',
  );
  expect(host(undefined, '{"message":"Not here"}')).toBeUndefined();
});

test('ids are bare uuids, or base64 with and without padding, of any cluster', () => {
  const uuid = '96abc2aa-3dcc-11e5-a152-fe34819cdc9a';
  const encoded = Buffer.from(`ciscospark://urn:TEAM:us-east-1_int13/ORGANIZATION/${uuid}`).toString('base64');
  for (const id of [uuid, uuid.toUpperCase(), encoded, encoded.replace(/=+$/, '')]) expect(uuidOf(id)).toBe(uuid);
  for (const id of ['', 'abc', Buffer.from('ciscospark://us/ORGANIZATION/').toString('base64')])
    expect(uuidOf(id)).toBeUndefined();
});
