import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { type APIRequestContext, type Browser, expect, type Locator, type Page } from '@playwright/test';
import { listCustomers, type CustomerRow } from '@hub/contract/customers';
import type { Role } from '@hub/contract/permissions';
import { expectAccessible, expectContrast, expectNoViolations } from './support/axe.ts';
import { fillEveryRegion } from './support/call-history.ts';
import { ask, enter, partnerName, send } from './support/hub-client.ts';
import { refusedRequests, test } from './support/journey.ts';
import { chooseLanguage, expectNoEnglish, languages } from './support/languages.ts';
import { shoot } from './support/shots.ts';

const hub = join(import.meta.dirname, '../server/src/hub.ts');

test.use({ person: 'administrator' });
test.describe.configure({ timeout: 360_000 });
test.beforeEach(async ({ page }) => {
  await fillEveryRegion(page.request);
});

const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Customers' });
const filterField = (page: Page): Locator => page.getByRole('combobox', { name: 'Filters' });

const customersBy = async (request: APIRequestContext, filter: string): Promise<CustomerRow[]> =>
  (await ask(request, listCustomers, { filter, sort: 'name', limit: 200 })).items;

/** Names of the first rows: virtual scrolling draws only those near the window. */
const shownNames = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('tbody tr[aria-rowindex] a.name')].slice(0, 8).map((link) => link.textContent)`,
  );

/** A customer of this test alone, so that journeys do not meet. */
async function customer(request: APIRequestContext, name: string): Promise<CustomerRow> {
  const [known] = await customersBy(request, `name:"${name}"`);
  if (known !== undefined) return known;
  await send(request, 'POST', '/api/customers', { name, country: 'BG' });
  const [made] = await customersBy(request, `name:"${name}"`);
  if (made === undefined) throw new Error(`${name} is not in the list.`);
  return made;
}

/** The one sheet of a workbook, by the list at the end of the ZIP file. */
function textsOfWorkbook(bytes: Buffer): string {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, names] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    const head = bytes.readUInt32LE(at + 42);
    const begin = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
    if (bytes.toString('utf8', at + 46, at + 46 + names) === 'xl/worksheets/sheet1.xml')
      return inflateRawSync(bytes.subarray(begin, begin + packed)).toString('utf8');
    at += 46 + names + bytes.readUInt16LE(at + 30);
  }
  return '';
}

interface Person {
  email: string;
  password: string;
  name: string;
}

/** On the command line: HUB_DATA_DIR leads it to the running product. */
function addPerson(role: Role, email: string, name: string): Person {
  const password = 'a ladder against the pear tree';
  const words = ['user', 'add', '--email', email, '--name', name, '--role', role, '--partner', partnerName];
  const told = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', hub, ...words, '--password-stdin'],
    { input: `${password}\n`, encoding: 'utf8' },
  );
  expect(told.status, `${told.stdout}${told.stderr}`).toBe(0);
  return { email, password, name };
}

/** A browser of its own; without a person, that of the first administrator. */
async function pageOf(browser: Browser, address: string, person?: Person): Promise<Page> {
  const context = await browser.newContext({ baseURL: new URL(address).origin, locale: 'en-US' });
  await enter(context.request, person);
  return context.newPage();
}

test('a filter is typed with completion, becomes a chip, sorts, and the address brings the same again', async ({
  page,
}) => {
  await page.goto('/');
  await expect(page).toHaveURL('/customers');
  await expect(grid(page)).toBeVisible();

  // By keyboard alone: a part of a field, then a part of its value.
  await filterField(page).focus();
  await page.keyboard.type('regi');
  await expect(page.getByRole('option', { name: /Region/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(filterField(page)).toHaveValue('region:');
  await expect(page.getByRole('option', { name: /EU/ })).toContainText(/\d+/);
  await page.keyboard.type('ca');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Change the filter: Region is CA' })).toBeVisible();
  await expect(page).toHaveURL(/q=region(?::|%3A)ca/i);
  const canadian = (await customersBy(page.request, 'region:ca')).map(({ name }) => name);
  await grid(page).getByRole('columnheader', { name: 'Customer' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=name/);
  await expect.poll(() => shownNames(page)).toEqual(canadian.slice(0, 8));

  await page.reload();
  await expect.poll(() => shownNames(page)).toEqual(canadian.slice(0, 8));
  await page.getByRole('button', { name: 'Remove the filter: Region is CA' }).click();
  await expect.poll(async () => (await shownNames(page)).length).toBe(8);
  await page.goBack();
  await expect.poll(() => shownNames(page)).toEqual(canadian.slice(0, 8));

  // What cannot be read is told at its spot; the rows stay.
  await filterField(page).fill('statu:trial');
  await page.keyboard.press('Enter');
  const fault = page.getByRole('alert').filter({ hasText: 'There is no filter “statu”' });
  await expect(fault).toContainText('Did you mean “status”?');
  await expect(fault.locator('mark')).toHaveText('statu');
  await expect(filterField(page)).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page, 'customers-fault');
  await shoot(page, 'customers-fault');
});

test('going back from a customer finds the list where it was left', async ({ page }) => {
  await page.goto('/customers');
  const links = grid(page).locator('tbody').getByRole('link');
  await links.first().hover();
  await page.mouse.wheel(0, 1_000_000);
  const last = grid(page).locator(`tr[aria-rowindex="${await grid(page).getAttribute('aria-rowcount')}"]`);
  await expect(last).toBeInViewport();
  const name = await last.getByRole('link').innerText();
  await last.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.goBack();
  await expect(last.getByRole('link')).toHaveText(name);
  await expect(last).toBeInViewport();
  // The same page asked for anew begins with its first row.
  await page.getByRole('navigation').getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Audit log');
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Customers/ })
    .click();
  await expect(grid(page).locator('tr[aria-rowindex="2"]')).toBeInViewport();
});

test('a subscription over its licenses brings its status and reason, the list finds it, and a view counts it', async ({
  page,
}) => {
  const { id, name } = await customer(page.request, 'Overbrook Rope Works');
  await page.goto(`/customers/${id}?tab=subscriptions`);
  await page.getByRole('button', { name: 'Add subscription' }).first().click();
  const dialog = page.getByRole('dialog', { name: `Add a subscription of ${name}` });
  await dialog.getByLabel('Subscription ID').fill('Sub-e2e-1');
  await dialog.getByLabel('Purchased').fill('10');
  await dialog.getByLabel('Assigned').fill('13');
  await dialog.getByLabel('Start date').fill('2026-01-01');
  await dialog.getByLabel('End date').fill('2027-12-31');
  await shoot(page, 'subscription-form');
  await dialog.getByRole('button', { name: 'Add subscription' }).click();
  await expect(page.getByText('Sub-e2e-1 is added.')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByText(/^3 licenses over for .+ on Sub-e2e-1 since today/)).toBeVisible();

  await page.goto('/customers?q=status:license-overage');
  const row = grid(page).getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('License overage');
  await expect(row).toContainText('+3');
  await row.getByRole('button', { name: /^License overage/ }).click();
  const why = page.getByRole('dialog', { name: `Statuses: ${name}` });
  await expect(why).toContainText(/3 licenses over for .+ on Sub-e2e-1 since today/);
  await expect(why.getByRole('link', { name: 'Compare licenses' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(why).toBeHidden();

  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Save view' }).click();
  const save = page.getByRole('dialog', { name: 'Save view' });
  await save.getByLabel('Name').fill('Over their licenses');
  await save.getByRole('button', { name: 'Save' }).click();
  const over = (await customersBy(page.request, 'status:license-overage')).length;
  const pinned = page
    .getByRole('navigation', { name: 'Main navigation' })
    .getByRole('link', { name: /^Over their lic/ });
  await expect(pinned).toContainText(String(over));
  await page.goto('/customers');
  await pinned.click();
  await expect(page).toHaveURL(/license-overage/);

  // The page of the customer leads to a trial, too.
  await page.goto(`/customers/${id}`);
  await page.getByRole('button', { name: 'Start trial' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start trial' }).click();
  await expect(page.getByText(/Trial-\S+ is started\./)).toBeVisible();
  const [now] = await customersBy(page.request, `name:"${name}"`);
  expect(now?.statuses.map(({ status }) => status)).toEqual(['license_overage', 'trial', 'subscription']);
});

test('tags are made by typing, disappear with their last holder, and come back', async ({ page }) => {
  const { id, name } = await customer(page.request, 'Tagwell Orchards');
  await page.goto(`/customers/${id}`);
  await page.getByRole('button', { name: `Edit tags of ${name}` }).click();
  const field = page.getByRole('combobox', { name: 'Add tag' });
  await field.fill('Lighthouse');
  await expect(page.getByRole('option', { name: 'Create tag “Lighthouse”' })).toBeVisible();
  await field.press('Enter');
  const tags = page.getByRole('list', { name: `Tags of ${name}` });
  await expect(tags).toContainText('Lighthouse');
  await page.getByRole('button', { name: 'Remove tag Lighthouse' }).click();
  await expect(page.getByText('Nobody else had this tag, so it is gone: Lighthouse')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(tags).toContainText('Lighthouse');
  expect(await customersBy(page.request, 'tag:lighthouse')).toHaveLength(1);
});

test('a bulk act is tried first, done as a job, told, and taken back', async ({ page }) => {
  await page.goto('/customers?q=region:ca');
  const total = (await customersBy(page.request, 'region:ca')).length;
  await grid(page).getByRole('checkbox', { name: 'Select the rows loaded so far' }).check();
  const bar = page.getByRole('region', { name: 'Selected customers' });
  await expect(bar).toContainText(`${total} selected`);
  await bar.getByRole('button', { name: 'Add tags' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tags').fill('Harbour');
  await dialog.getByLabel('Tags').press('Enter');
  await dialog.getByRole('button', { name: 'Check first' }).click();
  await expect(dialog.getByText(`${total} customers will change`)).toBeVisible();
  expect(await customersBy(page.request, 'tag:harbour')).toEqual([]);
  await shoot(page, 'bulk-dry-run');
  await dialog.getByRole('button', { name: `Change ${total} customers` }).click();
  const jobs = page.getByRole('region', { name: 'Work in progress' });
  await expect(jobs).toContainText(`Add tags: ${total} customers updated`);
  await page.reload();
  await expect(jobs).toContainText(`Add tags: ${total} customers updated`);
  expect(await customersBy(page.request, 'tag:harbour')).toHaveLength(total);
  await jobs.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await customersBy(page.request, 'tag:harbour')).length).toBe(0);
});

test('exports hold what is filtered, and no cell that a spreadsheet would run', async ({ page }) => {
  await customer(page.request, '=1+1 Ropes');
  await page.goto('/customers?q=region:eu&sort=name');
  const names = (await customersBy(page.request, 'region:eu')).map(({ name }) => name);
  const file = async (item: string): Promise<Buffer> => {
    await page.getByRole('button', { name: `Export ${names.length}` }).click();
    const saving = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item }).click();
    return readFile(await (await saving).path());
  };
  const csv = (await file('CSV')).toString();
  expect(csv.trimEnd().split('\r\n')).toHaveLength(names.length + 1);
  for (const name of names.filter((each) => !/[=",]/.test(each))) expect(csv).toContain(name);
  expect(csv).toContain("'=1+1 Ropes");
  const texts = textsOfWorkbook(await file('Excel workbook (XLSX)'));
  for (const name of names.filter((each) => !/[&<>"']/.test(each))) expect(texts).toContain(name);
  expect(texts.match(/<row[ >]/g)).toHaveLength(names.length + 1);
});

test.describe('two at once', () => {
  test.use({ expectedNoise: refusedRequests });

  test('the second who edits a customer is told what changed, and nothing is lost', async ({ page, browser }) => {
    const { id, name } = await customer(page.request, 'Doublet Weavers');
    await page.goto(`/customers/${id}`);
    const second = await pageOf(browser, page.url());
    await second.goto(`/customers/${id}`);
    for (const each of [page, second]) await each.getByRole('button', { name: 'Edit', exact: true }).click();
    const dialogOf = (each: Page) => each.getByRole('dialog', { name: `Edit ${name}` });
    await dialogOf(page).getByLabel('Contact name').fill('Mara');
    await dialogOf(page).getByRole('button', { name: 'Save' }).click();
    await expect(dialogOf(page)).toBeHidden();
    await dialogOf(second).getByLabel('Contact name').fill('Ivo');
    await dialogOf(second).getByLabel('Contact phone').fill('+359 2 555');
    await dialogOf(second).getByRole('button', { name: 'Save' }).click();
    await expect(dialogOf(second).getByText('Somebody else changed this meanwhile')).toBeVisible();
    await expect(dialogOf(second)).toContainText('Theirs: Mara');
    await expect(dialogOf(second)).toContainText('Yours: Ivo');
    await shoot(second, 'customer-conflict');
    await dialogOf(second).getByText('Theirs: Mara').click();
    await dialogOf(second).getByRole('button', { name: 'Save' }).click();
    await expect(dialogOf(second)).toBeHidden();
    const [now] = await customersBy(page.request, `name:"${name}"`);
    expect(now?.contact).toEqual({ name: 'Mara', email: '', phone: '+359 2 555' });
    await second.context().close();
  });
});

test.describe('others of the partner', () => {
  test.use({ expectedNoise: refusedRequests });

  test('a partner administrator sees what is assigned, the help desk exports nothing', async ({ page, browser }) => {
    const { id, name } = await customer(page.request, 'Scopewell Dairy');
    const stranger = await customer(page.request, 'Doublet Weavers');
    const scoped = addPerson('partner_admin', 'scoped@halyard.example', 'Sava Radeva');
    const helper = addPerson('help_desk_basic', 'desk@halyard.example', 'Dimo Helm');

    // Assigned with a bulk act, from the row.
    await page.goto('/customers?q=scopewell');
    await grid(page)
      .getByRole('button', { name: `Actions for ${name}` })
      .click();
    await page.getByRole('menuitem', { name: 'Assign administrator' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Partner administrator' }).click();
    await page.getByRole('option', { name: /Sava Radeva/ }).click();
    await dialog.getByRole('button', { name: 'Check first' }).click();
    await dialog.getByRole('button', { name: 'Change 1 customer' }).click();
    await expect(page.getByRole('region', { name: 'Work in progress' })).toContainText('1 customer updated');

    const theirs = await pageOf(browser, page.url(), scoped);
    await theirs.goto('/customers');
    await expect(grid(theirs)).toBeVisible();
    expect(await shownNames(theirs)).toEqual([name]);
    await theirs.goto(`/customers/${stranger.id}`);
    await expect(theirs.getByText('This customer is not here')).toBeVisible();
    await theirs.context().close();

    const desk = await pageOf(browser, page.url(), helper);
    await desk.goto(`/customers/${id}`);
    await expect(desk.getByRole('heading', { level: 1 })).toHaveText(name);
    for (const act of ['Edit', 'Start trial']) await expect(desk.getByRole('button', { name: act })).toHaveCount(0);
    await desk.goto('/customers');
    await expect(grid(desk)).toBeVisible();
    await expect(desk.getByRole('button', { name: /^Export/ })).toHaveCount(0);
    for (const file of ['csv', 'xlsx'])
      expect((await desk.request.get(`/api/customers/export.${file}`)).status()).toBe(403);
    await desk.context().close();
  });
});

test('records are checked, imported, and rows that are left out are explained', async ({ page }) => {
  await customer(page.request, 'Ledger & Sons');
  await page.goto('/customers');
  await page.getByRole('button', { name: 'Import records' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import records' });
  const rows = ['Name,Country', 'Papermill Press,BG', 'Nowhere Limited,Atlantis'];
  await dialog.locator('input[type="file"]').setInputFiles({
    name: 'customers.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${rows.join('\n')}\n`),
  });
  await expect(dialog.getByText('The country is not known.', { exact: false })).toBeVisible();
  expect(await customersBy(page.request, 'name:"Papermill Press"')).toEqual([]);
  await shoot(page, 'records-checked');
  await dialog.getByRole('button', { name: 'Import 1 row' }).click();
  await expect.poll(async () => (await customersBy(page.request, 'name:"Papermill Press"')).length).toBe(1);
});

test('the window in Settings decides which customers expire soon', async ({ page }) => {
  const { id, name } = await customer(page.request, 'Sandglass Theatres');
  if ((await customersBy(page.request, 'subscription:Sub-e2e-ends')).length === 0) {
    await send(page.request, 'POST', `/api/customers/${id}/subscriptions`, {
      reference: 'Sub-e2e-ends',
      startsOn: '2026-01-01',
      endsOn: '2026-12-24',
      termMonths: 12,
      autoRenews: false,
      paymentState: 'current',
      setupState: 'provisioned',
      setupNote: null,
      lines: [{ product: 'calling', ordered: 5, assigned: 5 }],
    });
  }
  const section = page.getByRole('region', { name: 'Statuses' });
  const setDays = async (days: string): Promise<void> => {
    await page.goto('/settings');
    await section.getByLabel('Expires soon: days before the end').fill(days);
    await section.getByRole('button', { name: 'Save' }).click();
  };
  const isSoon = async (): Promise<boolean> =>
    (await customersBy(page.request, 'status:expires-soon')).some((each) => each.name === name);
  expect(await isSoon()).toBe(false);
  await setDays('40');
  await expect.poll(isSoon).toBe(true);
  await setDays('14');
  await expect.poll(isSoon).toBe(false);
});

test('the list and a customer speak each language, are accessible, and fit a phone', async ({ page }) => {
  const { id } = await customer(page.request, 'Overbrook Rope Works');
  const visited = [
    ['customers', '/customers', 'tbody tr, .row-list li'],
    ['customers-empty', '/customers?q=zzzzqq', '.empty'],
    ['customer', `/customers/${id}`, 'h1'],
    ['customer-subscriptions', `/customers/${id}?tab=subscriptions`, 'h2'],
    ['customer-trials', `/customers/${id}?tab=trials`, 'h2, .empty'],
  ] as const;
  for (const language of languages.toReversed()) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto('/customers');
    await chooseLanguage(page, language);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const [name, address, ready] of visited) {
        const where = `${name}-${width}-${language.code}`;
        await page.goto(address);
        await expect(page.locator(ready).first()).toBeVisible();
        await page.emulateMedia({ colorScheme: 'light' });
        await shoot(page, `${where}-light`);
        const isPhone = width < 640;
        await (isPhone ? expectNoViolations : expectAccessible)(page, where);
        await expectNoEnglish(page, language.words, where);
        await page.emulateMedia({ colorScheme: 'dark' });
        await shoot(page, `${where}-dark`);
        await (isPhone ? expectNoViolations : expectContrast)(page, `${where}-dark`);
        const wider = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
        expect.soft(wider, where).toBeLessThanOrEqual(0);
      }
    }
  }
});
