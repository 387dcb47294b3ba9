import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

// The tester of rules.test.ts goes past oxlint and its configuration: here the real one runs, as `npm run check` runs it.
const oxlint = fileURLToPath(new URL('../../node_modules/oxlint/bin/oxlint', import.meta.url));
const configuration = fileURLToPath(new URL('../../.oxlintrc.json', import.meta.url));
let tree: string;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'hub-lint-'));
  const compilerOptions = { strict: true, target: 'es2024', module: 'nodenext', types: [] };
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['server'] }));
});
afterAll(() => rmSync(tree, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
}

/** The rules that fire on a file of the server, and the exit code. */
function lint(code: string): { rules: string[]; status: number | null } {
  write('server/src/main.ts', code);
  const { status, stdout } = spawnSync(process.execPath, [oxlint, '-c', configuration, '-f', 'unix'], {
    cwd: tree,
    encoding: 'utf8',
  });
  return { rules: [...stdout.matchAll(/\[Error\/([^\]]+)\]/g)].map(([, rule = '']) => rule), status };
}

const later = 'const later = async (): Promise<void> => { await Promise.resolve(); };';

test.each([
  ['hub(clock-only)', 'export const at = new Date();'],
  ['hub(no-barrels)', "export { a } from './a.ts';"],
  ['typescript(no-floating-promises)', `${later} export function f(): void { later(); }`],
  ['typescript(no-misused-promises)', `${later} export const f = (): number => { if (later()) return 1; return 2; };`],
  ['typescript(await-thenable)', 'export const f = async (a: number): Promise<void> => { await a; };'],
  [
    'typescript(switch-exhaustiveness-check)',
    "export function f(a: 'x' | 'y'): void { switch (a) { case 'x': return; } }",
  ],
  ['typescript(no-explicit-any)', 'export type A = any;'],
  ['typescript(ban-ts-comment)', `// @${'ts'}-ignore\nexport const a = 1;`],
  ['import(no-default-export)', 'export default 1;'],
])('%s fires', (rule, code) => {
  expect(lint(`${code}\n`)).toEqual({ rules: [rule], status: 1 });
});

test('a suppression on the line before silences one finding', () => {
  const code = 'export const at = new Date();\n';
  expect(lint(`// oxlint-disable-next-line hub/clock-only -- start of the process\n${code}`)).toEqual({
    rules: [],
    status: 0,
  });
});
