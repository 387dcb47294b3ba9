import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const web = join(import.meta.dirname, 'web/vitest.config.ts');

export default defineConfig({
  test: {
    // Two cores are what the smallest machine has; each server test file brings an engine of its own.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'server',
          include: ['server/src/**/*.test.ts'],
          globalSetup: ['server/src/testing/global-setup.ts'],
          pool: 'forks',
          testTimeout: 30_000,
          hookTimeout: 60_000,
          teardownTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'rules',
          include: ['contract/src/**/*.test.ts', 'tools/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 20_000,
        },
      },
      ...(existsSync(web) ? [web] : []),
    ],
  },
});
