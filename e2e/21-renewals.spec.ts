import { readFile } from 'node:fs/promises';
import type { APIRequestContext, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { listCustomers } from '@hub/contract/customers';
import { listRenewals, type RenewalRow } from '@hub/contract/renewals';
import { expectNoViolations } from './support/axe.ts';
import { addCustomer, ask, send, sessionOf } from './support/hub-client.ts';
import { refusedRequests, test } from './support/journey.ts';
import { chooseLanguage, expectNoEnglish, languages } from './support/languages.ts';
import { fillLicenses } from './support/licensed-customers.ts';
import { today } from './support/product.ts';
import { shoot } from './support/shots.ts';

const dayMilliseconds = 86_400_000;
const inDays = (days: number): string =>
  new Date(Date.parse(today) + days * dayMilliseconds).toISOString().slice(0, 10);

const customer = 'Fallow Point Hotels';
const lines = [
  { product: 'calling', ordered: 60, assigned: null },
  { product: 'meetings', ordered: 25, assigned: null },
];
const terms = { startsOn: '2025-12-01', termMonths: 12, autoRenews: false };
const subscriptions = [
  { reference: 'Sub-r-passed', endsOn: inDays(12), autoRenews: true, lines },
  { reference: 'Sub-r-soon', endsOn: inDays(40), autoRenews: true, lines: lines.slice(0, 1) },
  { reference: 'Sub-r-later', endsOn: inDays(70), lines },
  { reference: 'Sub-r-ended', endsOn: inDays(-9), lines: lines.slice(1) },
];
const invoices = [
  'Invoice ID,Subscription ID,Product,Quantity,Period from,Period to,Amount,Currency,State',
  'Inv-r-1,Sub-r-passed,calling,60,2026-11-01,2026-11-30,870.00,EUR,open',
  'Inv-r-2,Sub-r-passed,meetings,25,2026-11-01,2026-11-30,312.50,USD,open',
  'Inv-r-3,Sub-r-soon,calling,60,2026-11-01,2026-11-30,870.00,EUR,paid',
  'Inv-r-4,Sub-r-later,calling,60,2026-11-01,2026-11-30,870.00,EUR,paid',
];

/** A customer of Europe with a subscription of each urgency; once. */
async function fillRenewals(request: APIRequestContext): Promise<void> {
  await fillLicenses(request);
  const found = async () => (await ask(request, listCustomers, { filter: `name:"${customer}"` })).items[0]?.id;
  if ((await found()) !== undefined) return;
  await addCustomer(request, { name: customer, country: 'BG', orgUuid: 'e2e00000-0000-4000-8000-000000000021' });
  const id = await found();
  for (const one of subscriptions)
    await send(request, 'POST', `/api/customers/${id}/subscriptions`, {
      ...terms,
      ...one,
      paymentState: 'current',
      setupState: 'provisioned',
      setupNote: null,
    });
  const { csrfToken } = await sessionOf(request);
  const sent = await request.post('/api/record-imports?fileName=invoices.csv', {
    data: `${invoices.join('\n')}\n`,
    headers: { 'x-hub-csrf': csrfToken, 'content-type': 'text/csv' },
  });
  expect(sent.status(), await sent.text()).toBeLessThan(300);
}

test.use({ person: 'administrator' });
test.beforeEach(async ({ page }) => fillRenewals(page.request));

const address = '/renewals?region=eu';

async function rowOf(page: Page, reference: string): Promise<RenewalRow> {
  const { rows } = await ask(page.request, listRenewals, { region: 'eu', limit: 1000 });
  const row = rows.find((one) => one.reference === reference);
  if (!row) throw new Error(`There is no ${reference}.`);
  return row;
}

test('by keys alone: a stage, an owner, a notice and a note are written where they stand', async ({ page }) => {
  await page.goto(address);
  const grid = page.getByRole('grid', { name: 'Renewals' });
  const cell = (field: string) => grid.getByRole('button', { name: new RegExp(`^${field} of Sub-r-soon: `) });
  await grid.getByRole('link', { name: 'Sub-r-soon' }).focus();
  for (let column = 0; column < 5; column += 1) await page.keyboard.press('ArrowRight');
  await expect(cell('Stage')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Quoted');
  await page.keyboard.press('Enter');
  await expect(cell('Stage')).toHaveText('Quoted');
  await expect(cell('Stage')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(grid.getByRole('option', { name: 'Juno Valderhaug' })).toBeAttached();
  await page.keyboard.type('Juno');
  await page.keyboard.press('Enter');
  await expect(cell('Owner')).toHaveText('Juno Valderhaug');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Wants two years');
  await page.keyboard.press('Escape');
  await expect(cell('Note')).toHaveText('Add a note');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Wants three years');
  await page.keyboard.press('Enter');
  await expect(cell('Note')).toHaveText('Wants three years');
  await cell('Notice').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('45');
  await page.keyboard.press('Enter');
  await expect(cell('Notice')).toContainText('passed');
  expect((await rowOf(page, 'Sub-r-soon')).work).toMatchObject({
    stage: 'quoted',
    owner: { name: 'Juno Valderhaug' },
    note: 'Wants three years',
    noticeDays: 45,
  });
});

test.describe(() => {
  test.use({ expectedNoise: refusedRequests });

  test('somebody else was quicker: another field is kept beside, of the same field one chooses', async ({ page }) => {
    await page.goto(address);
    const { subscriptionId, work } = await rowOf(page, 'Sub-r-later');
    const grid = page.getByRole('grid', { name: 'Renewals' });
    const cell = (field: string) => grid.getByRole('button', { name: new RegExp(`^${field} of Sub-r-later: `) });
    await expect(cell('Stage')).toBeVisible();
    const theirs = { ownerId: null, noticeDays: 30, termEndsOn: work.termEndsOn };
    const path = `/api/renewals/${subscriptionId}`;
    await send(page.request, 'PUT', path, { ...theirs, stage: 'not_started', note: 'Theirs', version: work.version });
    await cell('Stage').click();
    await page.keyboard.type('Agreed');
    await page.keyboard.press('Enter');
    await expect(page.getByText('both changes are kept')).toBeVisible();
    await expect(cell('Note')).toHaveText('Theirs');
    const now = (await rowOf(page, 'Sub-r-later')).work;
    expect(now).toMatchObject({ stage: 'agreed', note: 'Theirs' });
    await send(page.request, 'PUT', path, { ...theirs, stage: 'agreed', note: 'Theirs again', version: now.version });
    await cell('Note').click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Mine');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Sub-r-later was changed meanwhile' });
    await expect(dialog).toContainText('Theirs again');
    await dialog.getByRole('button', { name: 'Save mine' }).click();
    await expect(cell('Note')).toHaveText('Mine');
    expect((await rowOf(page, 'Sub-r-later')).work.note).toBe('Mine');
  });
});

test('what if: of one, by product; of all that is shown; and the file has the same rows', async ({ page }) => {
  await page.goto(address);
  await page.getByRole('button', { name: 'What if: Sub-r-passed' }).click();
  const panel = page.getByRole('complementary', { name: 'Renewal of Sub-r-passed' });
  await panel.getByLabel('Licenses, change in %').fill('-10');
  await expect(panel.getByLabel('Webex Calling')).toHaveValue('54');
  await expect(panel.getByLabel('Webex Meetings')).toHaveValue('23');
  const outcome = panel.getByRole('table');
  await expect(outcome.getByRole('row', { name: /^EUR/ })).toContainText('−€1,044.00');
  await expect(outcome.getByRole('row', { name: /^USD/ })).toContainText('−$300.00');
  await expect(panel).toContainText('has passed');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();

  await page.getByRole('button', { name: /^High priority: / }).click();
  await expect(page).toHaveURL(/urgency=high/);
  await page.getByRole('button', { name: 'What if for the list' }).click();
  const all = page.getByRole('complementary', { name: 'What if it renews differently' });
  await all.getByLabel('Price, change in %').fill('5');
  await expect(all.getByRole('row', { name: /^USD/ })).toContainText('+$187.50');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^Export / }).click(),
  ]);
  const text = (await readFile(await download.path())).toString();
  expect(text).toContain('Sub-r-passed');
  expect(text).not.toContain('Sub-r-ended');
});

const sizes = [
  [390, 844],
  [1440, 900],
] as const;
const places = [
  ['list', address],
  ['all', '/renewals?region=all'],
] as const;

test('the page is accessible and speaks its language, light and dark, wide and on a phone', async ({ page }) => {
  test.setTimeout(240_000);
  const { subscriptionId } = await rowOf(page, 'Sub-r-passed');
  for (const [name, place] of [...places, ['what-if', `${address}&open=${subscriptionId}`]] as const) {
    await page.goto(place);
    for (const language of languages) {
      await chooseLanguage(page, language);
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height });
        await expect(
          page
            .locator('.renewal-table tbody tr, .renewal-regions tbody tr, .renewal-list li, .regions-list li')
            .first(),
        ).toBeVisible();
        await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        // Owner, stage and note are to be seen without scrolling.
        if (name === 'list' && width === 1440)
          expect(
            await page.evaluate(
              "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.renewal-table .table-scroller'))",
            ),
          ).toBeLessThanOrEqual(0);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          const picture = `renewals-${name}-${width}-${colorScheme}-${language.code}`;
          await shoot(page, picture);
          if (language.code === 'en') await expectNoViolations(page, picture);
        }
        await expectNoEnglish(page, language.words, `renewals-${name}-${width}-${language.code}`);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    }
    await chooseLanguage(page, languages[0]);
  }
});
