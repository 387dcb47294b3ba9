import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Cruise, cruiseTree } from './cruise.ts';
import { temporaryTree } from './temporary-tree.ts';
import { root } from './tree.ts';

const packageFile = (dependencies: readonly string[], more: object = {}): string =>
  JSON.stringify({
    type: 'module',
    dependencies: Object.fromEntries(dependencies.map((name) => [name, '1.0.0'])),
    ...more,
  });
const stub = (name: string): Record<string, string> => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', exports: { '.': './index.js' } }),
  [`node_modules/${name}/index.js`]: 'module.exports = {};',
});

/** What every tree of this test has: manifests, packages, and code that keeps all the rules. */
const clean = {
  '.gitignore': 'node_modules',
  'package.json': packageFile([], { devDependencies: { vitest: '1.0.0' } }),
  'contract/package.json': packageFile(['zod'], { name: '@hub/contract', exports: { './*': './src/*.ts' } }),
  'server/package.json': packageFile(['@hub/contract', 'kysely', 'pg', 'chdb', '@clickhouse/client'], { exports: {} }),
  'web/package.json': packageFile(['@hub/contract', 'react'], { exports: {} }),
  ...Object.assign(
    {},
    ...['zod', 'kysely', 'pg', 'chdb', '@clickhouse/client', 'react', 'vitest', 'left-pad'].map(stub),
  ),
  'contract/src/ids.ts': "import { z } from 'zod'; export const id = z;",
  'contract/src/ids.test.ts': "import { test } from 'vitest'; import { id } from './ids.ts'; test('x', () => id);",
  'server/src/main.ts': "import { app } from './app.ts'; app();",
  'server/src/app.ts': "import { route } from './features/trials/routes.ts'; export const app = () => route;",
  'server/src/features/trials/routes.ts': "import { verb } from './verb.ts'; export const route = verb;",
  'server/src/features/trials/verb.ts':
    "import { id } from '@hub/contract/ids'; import { audit } from '../audit/index.ts'; import { get } from './trial-queries.ts'; export const verb = [id, audit, get];",
  'server/src/features/trials/trial-queries.ts': "import { sql } from 'kysely'; export const get = sql;",
  'server/src/features/trials/verb.test.ts':
    "import { test } from 'vitest'; import { sql } from 'kysely'; import { app } from '../../app.ts'; test('x', () => [sql, app]);",
  'server/src/features/audit/index.ts': "export { audit } from './audit.ts';",
  'server/src/features/audit/audit.ts': "import { pool } from '../../platform/pool.ts'; export const audit = pool;",
  'server/src/platform/pool.ts':
    "import pg from 'pg'; import { store } from './regional-store/store.ts'; export const pool = [pg, store];",
  'server/src/platform/regional-store/store.ts':
    "import chdb from 'chdb'; import c from '@clickhouse/client'; export const store = [chdb, c];",
  'web/src/app/router.tsx': "import { page } from '../features/trials/page.tsx'; export const router = page;",
  'web/src/features/trials/page.tsx':
    "import React from 'react'; import { id } from '@hub/contract/ids'; export const page = [React, id];",
} as Record<string, string>;

/** rule → files that break it (and nothing else), and what is expected to be said. */
const broken: Record<string, { files: Record<string, string>; says: string[] }> = {
  'contract-stands-alone': {
    files: { 'contract/src/bad.ts': "import fs from 'node:fs'; export { fs };" },
    says: ['contract/src/bad.ts → fs'],
  },
  'server-never-web': {
    files: {
      'server/src/main.ts': "import { router } from '../../web/src/app/router.tsx'; import './app.ts'; router;",
    },
    says: ['server/src/main.ts → web/src/app/router.tsx'],
  },
  'web-never-server': {
    files: {
      'web/src/app/router.tsx':
        "import type { pool } from '../../../server/src/platform/pool.ts'; export let a: typeof pool;",
    },
    says: ['web/src/app/router.tsx → server/src/platform/pool.ts'],
  },
  'product-never-tooling': {
    files: { 'server/src/main.ts': "import './app.ts'; import '../../tools/seed.ts';", 'tools/seed.ts': '' },
    says: ['server/src/main.ts → tools/seed.ts'],
  },
  'feature-through-its-door': {
    files: {
      'server/src/features/trials/side.ts': "import { audit } from '../audit/audit.ts'; export { audit };",
      'web/src/features/usage/chart.tsx': "import type { page } from '../trials/page.tsx'; export let a: typeof page;",
    },
    says: [
      'server/src/features/trials/side.ts → server/src/features/audit/audit.ts',
      'web/src/features/usage/chart.tsx → web/src/features/trials/page.tsx',
    ],
  },
  'platform-knows-no-feature': {
    files: { 'server/src/platform/jobs.ts': "import { audit } from '../features/audit/index.ts'; export { audit };" },
    says: ['server/src/platform/jobs.ts → server/src/features/audit/index.ts'],
  },
  'ui-knows-no-feature': {
    files: { 'web/src/ui/table.tsx': "import { page } from '../features/trials/page.tsx'; export { page };" },
    says: ['web/src/ui/table.tsx → web/src/features/trials/page.tsx'],
  },
  'routes-reach-no-queries': {
    files: {
      'server/src/features/audit/routes.ts': "import { list } from './audit-queries.ts'; list;",
      'server/src/features/audit/audit-queries.ts': 'export const list = 1;',
    },
    says: ['server/src/features/audit/routes.ts → server/src/features/audit/audit-queries.ts'],
  },
  'sql-in-queries': {
    files: { 'server/src/features/audit/list.ts': "import type { Kysely } from 'kysely'; export type A = Kysely;" },
    says: ['server/src/features/audit/list.ts → node_modules/kysely/index.js'],
  },
  'clickhouse-in-regional-store': {
    files: {
      'server/src/features/audit/audit-queries.ts':
        "import { createClient } from '@clickhouse/client'; import chdb from 'chdb'; [createClient, chdb];",
    },
    says: [
      'server/src/features/audit/audit-queries.ts → node_modules/@clickhouse/client/index.js',
      'server/src/features/audit/audit-queries.ts → node_modules/chdb/index.js',
    ],
  },
  'nothing-imports-app': {
    files: { 'server/src/features/audit/serve.ts': "import { app } from '../../app.ts'; app;" },
    says: ['server/src/features/audit/serve.ts → server/src/app.ts'],
  },
  'production-never-tests': {
    files: { 'server/src/hub.ts': "import './app.ts'; import './testing/hub.ts';", 'server/src/testing/hub.ts': '' },
    says: ['server/src/hub.ts → server/src/testing/hub.ts'],
  },
  'no-cycles': {
    files: {
      'server/src/platform/a.ts': "import { b } from './b.ts'; export const a = () => b;",
      'server/src/platform/b.ts': "import type { a } from './a.ts'; export let b: typeof a;",
    },
    says: ['server/src/platform/a.ts → server/src/platform/b.ts → server/src/platform/a.ts'],
  },
  resolves: {
    files: {
      'web/src/app/extra.tsx': "import { router } from './router.tsx'; import { no } from './no.ts'; [router, no];",
      'web/src/app/entry.tsx': "import '@hub/server/src/main.ts'; import './router.tsx';",
    },
    says: ['web/src/app/entry.tsx → @hub/server/src/main.ts', 'web/src/app/extra.tsx → ./no.ts'],
  },
  declared: {
    files: { 'web/src/app/pad.ts': "import pad from 'left-pad'; export { pad };" },
    says: ['web/src/app/pad.ts → node_modules/left-pad/index.js'],
  },
  'ships-its-packages': {
    files: { 'server/src/platform/check.ts': "import { expect } from 'vitest'; export { expect };" },
    says: ['server/src/platform/check.ts → node_modules/vitest/index.js'],
  },
  'no-orphans': {
    files: { 'server/src/platform/forgotten.ts': 'export const nobody = 1;' },
    says: ['server/src/platform/forgotten.ts → server/src/platform/forgotten.ts'],
  },
};

/** As npm installs it: the workspaces are links among the packages. */
function judge(more: Record<string, string>): Promise<Cruise> {
  const base = temporaryTree({ ...clean, ...more, 'node_modules/@hub/.keep': '' });
  for (const name of ['contract', 'server']) symlinkSync(join(base, name), join(base, 'node_modules/@hub', name));
  return cruiseTree(base);
}

test('code that keeps the rules passes, and all of it is looked at', async () => {
  const { modules, missed, violations } = await judge({});
  expect(violations).toEqual([]);
  expect(missed).toEqual([]);
  expect(modules).toBe(Object.keys(clean).filter((path) => /^(contract|server|web)\/src\//.test(path)).length);
});

test.each(Object.entries(broken))('%s fires', async (rule, { files, says }) => {
  const { violations } = await judge(files);
  expect(violations.map((violation) => `${violation.rule}: ${violation.from} → ${violation.to}`).toSorted()).toEqual(
    says.map((text) => `${rule}: ${text}`),
  );
});

test('every rule has such a case', () => {
  const rules = [...readFileSync(join(root, '.dependency-cruiser.mjs'), 'utf8').matchAll(/^ {6}name: '([^']+)'/gm)].map(
    ([, name = '']) => name,
  );
  expect(Object.keys(broken).toSorted()).toEqual(rules.toSorted());
});

test('a cruise of nothing is a failure', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'boundaries.ts'), temporaryTree({ 'README.md': '' })],
    {
      encoding: 'utf8',
    },
  );
  expect(stdout).toContain('0 modules cruised');
  expect(status).toBe(1);
});
