import { pino } from 'pino';
import { expect, test } from 'vitest';
import { errorWithoutRows } from './log.ts';

test('an error of PostgreSQL is logged without the values that it quotes', () => {
  const lines: string[] = [];
  const log = pino({ serializers: { err: errorWithoutRows } }, { write: (line) => void lines.push(line) });
  const error = Object.assign(new Error('duplicate key value violates unique constraint "person_email_key"'), {
    code: '23505',
    detail: 'Key (email)=(ana@example.net) already exists.',
    where: 'COPY person, line 1: "ana@example.net"',
  });
  log.error({ err: error }, 'failed');
  log.error({ err: new Error('outer', { cause: error }) }, 'failed');
  expect(lines.join('')).toContain('person_email_key');
  expect(lines.join('')).toContain('23505');
  expect(lines.join('')).not.toContain('ana@example.net');
});
