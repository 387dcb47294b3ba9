import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './tree.ts';

// npm links every workspace at the root, so any of them could be imported by name. Closed exports are what forbids it.
const { resolve } = createRequire(import.meta.url);
const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { workspaces: string[] };
const closed = workspaces.filter((name) => name !== 'contract');

test.each(closed)('@hub/%s cannot be imported by name', (name) => {
  for (const request of [`@hub/${name}`, `@hub/${name}/package.json`, `@hub/${name}/src/main.ts`]) {
    expect(() => resolve(request)).toThrow(expect.objectContaining({ code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' }) as Error);
  }
});

test('the contract can, file by file', () => {
  expect(resolve('@hub/contract/ids')).toBe(join(root, 'contract/src/ids.ts'));
  expect(() => resolve('@hub/contract')).toThrow(
    expect.objectContaining({ code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' }) as Error,
  );
});
