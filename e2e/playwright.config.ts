import { defineConfig } from '@playwright/test';

// One installation for the whole run (global-setup.ts), so the journeys run one after another in the order of their names.
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './global-setup.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  retries: 1, // a busy machine; a second failure is one
  reporter: 'list',
  outputDir: '../test-results',
  use: {
    ...(process.env['HUB_ADDRESS'] === undefined ? {} : { baseURL: process.env['HUB_ADDRESS'] }), // set in the workers
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'Europe/Sofia',
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      // A container has no sandbox and no GPU; the rest keeps the browser from calling home.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
