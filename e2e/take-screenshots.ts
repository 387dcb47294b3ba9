// Makes the picture of the README anew: docs/images/calling-usage.png, from a demo installation of its own.
// Build the page first, then: npm run build -w web && node_modules/.bin/node e2e/take-screenshots.ts
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, expect } from '@playwright/test';
import { getSession, signIn } from '@hub/contract/sessions';
import configuration from './playwright.config.ts';
import { startProduct } from './support/product.ts';

const folder = join(import.meta.dirname, '../docs/images');
const mostBytes = 300_000;
const loadingMilliseconds = 600_000;

const product = await startProduct({ hasDemo: true });
try {
  const browser = await chromium.launch(configuration.use?.launchOptions ?? {});
  const page = await browser.newPage({
    baseURL: product.address,
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const [, email] = /E-mail\s+(\S+)/.exec(product.greeting) ?? [];
  const [, password] = /Password\s+(\S+)/.exec(product.greeting) ?? [];
  const signedIn = await page.request.post(signIn.path, { data: { email, password } });
  expect(signedIn.status(), await signedIn.text()).toBe(200);
  await expect
    .poll(async () => (await page.request.get(getSession.path)).text(), { timeout: loadingMilliseconds })
    .toContain('"demo":"loaded"');
  // The columns that wait for other feeds are left out, as a person would.
  await page.goto('/analytics/calling-usage?region=eu&sort=calls&order=desc');
  const hide = page.getByRole('button', { name: 'Hide these columns' });
  await expect(hide).toHaveCount(2);
  await hide.first().click();
  await hide.first().click();
  await expect(hide).toHaveCount(0);
  await page.mouse.move(0, 0);
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'calling-usage.png');
  await page.screenshot({ path, animations: 'disabled' });
  const { size } = await stat(path);
  console.log(`${path}: ${size} bytes`);
  if (size > mostBytes) process.exitCode = 1;
  await browser.close();
} finally {
  await product.stop();
}
