import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** A picture for people to look at, where HUB_SCREENSHOTS names a folder. Nothing is compared. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['HUB_SCREENSHOTS'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
