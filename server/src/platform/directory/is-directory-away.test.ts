import pg from 'pg';
import { expect, test } from 'vitest';
import { freePort } from '../../testing/tcp-postgres.ts';
import { problemOf } from '../http/index.ts';
import { isDirectoryAway } from './is-directory-away.ts';

const connecting = async (config: pg.ClientConfig): Promise<unknown> => {
  const client = new pg.Client({ user: 'hub', database: 'hub', ...config });
  return client.connect().then(
    () => client.end(),
    (error: unknown) => error,
  );
};

test('a server or a socket that is not there is away, and told as such', async () => {
  for (const config of [{ host: '127.0.0.1', port: await freePort() }, { host: '/tmp/no-such-folder' }]) {
    const thrown = await connecting(config);
    expect(isDirectoryAway(thrown)).toBe(true);
    expect(problemOf(thrown, 'ph-1')).toMatchObject({
      problem: { status: 503, code: 'directory_unavailable' },
      isUnexpected: false,
    });
  }
});

test.each([
  ['57P01', 'terminating connection due to administrator command', true],
  ['08006', 'connection failure', true],
  ['53300', 'too many clients already', true],
  [undefined, 'Connection terminated unexpectedly', true],
  [undefined, 'timeout exceeded when trying to connect', true],
  ['23505', 'duplicate key value violates unique constraint', false],
  ['42P01', 'relation does not exist', false],
  ['ENOENT', 'no such file', false],
])('%s %s', (code, message, isAway) => {
  expect(isDirectoryAway(Object.assign(new Error(message), code === undefined ? {} : { code }))).toBe(isAway);
});
