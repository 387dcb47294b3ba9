import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runSteps, type Step } from './run-steps.ts';

const node = (name: string, code: string): Step => ({ name, command: ['node', '-e', code] });

test('a step fails by its exit code, by a signal and by not starting; only what failed is quoted', async () => {
  const printed: string[] = [];
  const failed = await runSteps(
    [
      node('good', "console.log('quiet words')"),
      node('bad', "console.error('loud words'); process.exit(3)"),
      node('killed', "process.kill(process.pid, 'SIGKILL')"),
      { name: 'absent', command: ['no-such-program-here'] },
    ],
    2,
    (text) => void printed.push(text),
  );
  const said = printed.join('\n');
  expect(failed.toSorted((a, b) => a.localeCompare(b))).toEqual(['absent', 'bad', 'killed']);
  expect(said).toContain('✓ good');
  expect(said).not.toContain('quiet words');
  expect(said).toContain('loud words');
  expect(said).toContain('stopped by SIGKILL');
  expect(said).toContain('no-such-program-here did not start');
});

test('a check of that name that does not exist is an error, not a pass', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'check.mjs'), 'boundries'], {
    encoding: 'utf8',
  });
  expect(stderr).toContain('Unknown: boundries');
  expect(status).toBe(2);
});
