import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { rolesDocument } from './roles.ts';

test('docs/roles.md is what the permission catalog says (npm run docs:roles)', async () => {
  expect(await readFile(new URL('../../docs/roles.md', import.meta.url), 'utf8')).toBe(rolesDocument());
});
