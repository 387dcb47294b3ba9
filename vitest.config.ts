import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const web = join(import.meta.dirname, 'web/vitest.config.ts');
const setupFiles = [join(import.meta.dirname, 'tools/property-seed.ts')];

export default defineConfig({
  test: {
    // Tests wait as much as they work, so one more than the two cores of the smallest machine.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'server',
          include: ['server/src/**/*.test.ts'],
          globalSetup: ['server/src/testing/global-setup.ts'],
          pool: 'forks',
          setupFiles,
          // Over the network of the bridge everything takes longer, and machines of CI are busy.
          testTimeout: process.env['HUB_TEST_STORES'] === 'servers' ? 90_000 : 30_000,
          hookTimeout: 60_000,
          teardownTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'rules',
          include: ['contract/src/**/*.test.ts', 'tools/**/*.test.ts'],
          pool: 'forks',
          setupFiles,
          testTimeout: 20_000,
        },
      },
      ...(existsSync(web) ? [web] : []),
    ],
  },
});
