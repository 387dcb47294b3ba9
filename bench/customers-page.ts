import { type Browser, chromium, type Page } from '@playwright/test';
import { signIn } from '@hub/contract/sessions';
import { type Figure, medianOf, runsInWords } from './figures.ts';
import { administrator } from './hub-client.ts';

const openings = 7;
const manyRows = 10_000;
const wheelPixels = 1500;
/** Longer than a page of rows takes: below it the list has come to rest. */
const patienceMilliseconds = 20_000;

/** What a browser beside the server needs for the list of customers: to usable rows, and through 10,000 of them. */
export async function pageFigures(address: string, customers: number): Promise<Figure[]> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  try {
    const page = await signedInPage(browser, address);
    const seconds: number[] = [];
    for (let n = 0; n < openings; n++) seconds.push(await opening(page, `${address}/customers`));
    const { rows, tasks } = await scrolling(page, Math.min(manyRows, customers));
    const long = tasks.filter((milliseconds) => milliseconds > 50);
    return [
      {
        what: 'opening the page anew to usable rows',
        value: medianOf(seconds),
        unit: 'seconds',
        budget: { atMost: 1 },
        detail: runsInWords(seconds),
      },
      {
        what: `longest task of the page while ${rows.toLocaleString('en-US')} rows are scrolled through`,
        value: Math.max(0, ...tasks) / 1000,
        unit: 'seconds',
        budget: { atMost: 0.05 },
        detail: `${long.length} tasks over 0.05 s; the browser tells those from there on`,
      },
    ];
  } finally {
    await browser.close();
  }
}

async function signedInPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const { email, password } = administrator;
  const entered = await page.request.post(address + signIn.path, { data: { email, password } });
  if (!entered.ok()) throw new Error(`The browser was not let in: ${await entered.text()}`);
  return page;
}

const firstRow = (page: Page) => page.getByRole('grid').getByRole('row').nth(1).getByRole('link').first();

/** When the first row's link stands where a pointer meets it, looked for by the browser itself in every frame: its clock is this one's. */
const usableAt = `new Promise((resolve) => {
  const look = () => {
    const link = document.querySelector('[role=grid] tbody a');
    const { left = 0, top = 0, width = 0, height = 0 } = link?.getBoundingClientRect() ?? {};
    const isMet = width > 0 && link.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    requestAnimationFrame(isMet ? () => resolve(Date.now()) : look);
  };
  look();
})`;

/** From the address to a first row that takes a click, without the pauses of a tool that looks every so often. */
async function opening(page: Page, url: string): Promise<number> {
  await page.goto('about:blank');
  const began = Date.now();
  await page.goto(url, { waitUntil: 'commit' });
  return ((await page.evaluate<number>(usableAt)) - began) / 1000;
}

/** Told by the browser: tasks of 50 ms and more. */
async function scrolling(page: Page, until: number): Promise<{ rows: number; tasks: number[] }> {
  await page.evaluate(`
    window.longTasks = [];
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: 'longtask' });`);
  await firstRow(page).hover();
  const lastRow = (): Promise<number> =>
    page.evaluate<number>(
      `Math.max(...[...document.querySelectorAll('[role=grid] tbody [aria-rowindex]')].map((row) => Number(row.getAttribute('aria-rowindex'))))`,
    );
  let rows = await lastRow();
  for (let moved = performance.now(); rows < until; ) {
    await page.mouse.wheel(0, wheelPixels);
    await page.waitForTimeout(30); // as fast as a hand turns a wheel
    const reached = await lastRow();
    if (reached > rows) [rows, moved] = [reached, performance.now()];
    else if (performance.now() - moved > patienceMilliseconds) throw new Error(`The list stood still at row ${rows}.`);
  }
  return { rows, tasks: await page.evaluate<number[]>('window.longTasks') };
}
