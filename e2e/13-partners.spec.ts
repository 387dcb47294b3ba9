import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { fillEveryRegion } from './support/call-history.ts';
import { enter, partnerName } from './support/hub-client.ts';
import { test } from './support/journey.ts';
import { shoot } from './support/shots.ts';

const hub = join(import.meta.dirname, '../server/src/hub.ts');
const person = { name: 'Emil Karadzhov', email: 'emil@two.example', password: 'copper kettle by night' };

function addTo(...partner: string[]): void {
  const words = ['user', 'add', '--email', person.email, '--name', person.name, '--role', 'partner_full'];
  const told = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', hub, ...words, ...partner, '--password-stdin'],
    { input: `${person.password}\n`, encoding: 'utf8' },
  );
  expect(told.status, `${told.stdout}${told.stderr}`).toBe(0);
}

// The list of customers may hold one of the partner's own name, with actions of its own.
function switcherAt(page: Page, partner: string): Locator {
  return page.getByRole('button', { name: `Partner: ${partner}.` });
}

test('who belongs to two partners switches between them, and takes nothing of one into the other', async ({
  page,
  browser,
}) => {
  const other = await browser.newContext();
  await enter(other.request);
  await fillEveryRegion(other.request);
  addTo('--partner-name', 'Aardvark Telecom', '--region', 'us');
  addTo('--partner', partnerName);

  await enter(page.request, person);
  await page.goto('/imports');
  const switcher = switcherAt(page, 'Aardvark Telecom');
  await expect(switcher).toBeVisible();
  await expect(page.getByText('No imports yet')).toBeVisible();

  await switcher.click();
  await shoot(page, 'partner-menu');
  await page.getByRole('menuitemradio', { name: partnerName }).click();
  await expect(switcherAt(page, partnerName)).toBeVisible();
  await page.goto('/imports');
  await expect(page.getByRole('grid', { name: 'Batches' }).getByRole('link').first()).toBeVisible();

  // By keyboard, back again.
  await switcherAt(page, partnerName).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitemradio', { name: 'Aardvark Telecom' }).press('Enter');
  await expect(switcherAt(page, 'Aardvark Telecom')).toBeVisible();
  await page.goto('/imports');
  await expect(page.getByText('No imports yet')).toBeVisible();
});
