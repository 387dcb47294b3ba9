import { expect } from '@playwright/test';
import { administrator, partnerName } from './support/hub-client.ts';
import { refusedRequests, test } from './support/journey.ts';
import { shoot } from './support/shots.ts';
import { expectAccessible } from './support/axe.ts';

test.use({ expectedNoise: refusedRequests });

test('an empty installation is set up by its first administrator', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL('/setup');
  await expect(page.getByRole('heading', { name: 'Set up Partner Hub' })).toBeVisible();
  await expectAccessible(page, 'set-up');
  await shoot(page, 'set-up');

  const password = page.getByLabel('Password', { exact: true });
  const submit = page.getByRole('button', { name: 'Create and sign in' });
  await page.getByLabel('Partner').fill(partnerName);
  await page.getByLabel('Home region').selectOption('eu');
  await page.getByLabel('Your name').fill(administrator.name);
  await page.getByLabel('Email').fill(administrator.email);

  await password.fill('too short');
  await submit.click();
  await expect(page.getByText('At least 12 characters; 3 more are needed.')).toBeVisible();

  await password.fill(administrator.email);
  await submit.click();
  await expect(page.getByRole('alert')).toContainText('must not contain the part of the email before the @');

  await password.fill(administrator.password);
  await submit.click();
  await expect(page).toHaveURL('/imports');
  await expect(page.getByRole('heading', { name: 'No imports yet' })).toBeVisible();
  await expect(page.getByText(partnerName)).toBeVisible();
  await shoot(page, 'imports-empty');

  await page.goto('/setup'); // it works once
  await expect(page).toHaveURL(/\/sign-in$/);
});
