import { type Browser, chromium, type Page } from '@playwright/test';
import { signIn } from '@hub/contract/sessions';
import { type Figure, medianOf, runsInWords } from './figures.ts';
import { administrator } from './hub-client.ts';

const openings = 7;
/** Longer than a page of rows takes: below it the list has come to rest. */
const patienceMilliseconds = 20_000;

interface Way {
  name: string;
  /** Of each turn of the wheel; negative: towards the first row. */
  pixels: number;
  rows: number;
  /** How often the hand stops and looks. */
  stops: number;
}

const everyMilliseconds = 30; // as fast as a hand turns a wheel
const ways: readonly Way[] = [
  { name: 'down as fast as a hand turns', pixels: 1500, rows: 10_000, stops: 5 },
  { name: 'back up as fast', pixels: -1500, rows: 10_000, stops: 5 },
  { name: 'down at a fifth of that', pixels: 300, rows: 3000, stops: 3 },
  { name: 'on, a notch at a time', pixels: 100, rows: 1500, stops: 3 },
];

/** What a browser beside a server that gives way to it needs for the list of customers: to usable rows, and through 10,000 of them. */
export async function pageFigures(address: string, customers: number): Promise<Figure[]> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  try {
    const page = await signedInPage(browser, address);
    const seconds: number[] = [];
    for (let n = 0; n < openings; n++) seconds.push(await opening(page, `${address}/customers`));
    await watch(page);
    const scrolled: Figure[] = [];
    for (const way of ways) scrolled.push(...figuresOf(way, await scrolling(page, way, customers)));
    return [
      {
        what: 'opening the page anew to usable rows',
        value: medianOf(seconds),
        unit: 'seconds',
        budget: { atMost: 1 },
        detail: runsInWords(seconds),
      },
      ...scrolled,
    ];
  } finally {
    await browser.close();
  }
}

function figuresOf({ name }: Way, { rows, tasks, waits, drawn }: Scrolled): Figure[] {
  const long = tasks.filter((milliseconds) => milliseconds > 50);
  return [
    {
      what: `longest task of the page, ${rows.toLocaleString('en-US')} rows ${name}`,
      value: Math.max(0, ...tasks) / 1000,
      unit: 'seconds',
      budget: { atMost: 0.05 },
      detail: `${long.length} tasks over 0.05 s; the browser tells those from there on; ${Math.round(drawn * 100)} % of the rows in view were drawn while they moved`,
    },
    {
      what: `from the last movement to all rows in view, ${name}`,
      value: medianOf(waits),
      unit: 'seconds',
      budget: { atMost: 0.15 },
      detail: runsInWords(waits),
    },
  ];
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

interface Scrolled {
  rows: number;
  /** Told by the browser: tasks of 50 ms and more, in milliseconds. */
  tasks: number[];
  /** Of each stop: seconds from the last movement to all rows in view. */
  waits: number[];
  /** The share of the rows in view that stood there at each turn. */
  drawn: number;
}

/** Where the list is: rows that have been passed, and what stands there of those in view. */
interface Look {
  passed: number;
  inView: number;
  drawn: number;
  /** Milliseconds since the last movement. */
  rested: number;
}

/** What the page keeps while it is scrolled: its long tasks, when it moved last, and what is in view. */
const watched = `
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask' });
  const place = document.querySelector('.table-scroller');
  const rowHeight = document.querySelector('[role=grid] tbody tr[aria-selected]').offsetHeight;
  let moved = performance.now();
  place.addEventListener('scroll', () => { moved = performance.now(); });
  window.lookAtRows = () => {
    const first = Math.ceil(place.scrollTop / rowHeight);
    const end = Math.floor((place.scrollTop + place.clientHeight - document.querySelector('[role=grid] thead').offsetHeight) / rowHeight);
    const shown = new Set([...document.querySelectorAll('[role=grid] tbody tr[aria-selected]')].map((row) => Number(row.getAttribute('aria-rowindex')) - 2));
    let drawn = 0;
    for (let row = first; row < end; row++) if (shown.has(row)) drawn++;
    return { passed: end, inView: end - first, drawn, rested: performance.now() - moved };
  };
  window.allRowsThere = () => new Promise((resolve) => {
    const look = () => {
      const { inView, drawn, rested } = window.lookAtRows();
      if (drawn === inView) resolve(rested);
      else requestAnimationFrame(look);
    };
    look();
  });`;

async function watch(page: Page): Promise<void> {
  await firstRow(page).hover();
  await page.evaluate(watched);
}

/** What one way leaves behind is not cleared away in the middle of the next. */
async function collectGarbage(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('HeapProfiler.collectGarbage');
  await browser.detach();
}

async function scrolling(page: Page, way: Way, customers: number): Promise<Scrolled> {
  const lookAt = (): Promise<Look> => page.evaluate<Look>('window.lookAtRows()');
  await collectGarbage(page);
  await page.evaluate('void (window.longTasks.length = 0)');
  const began = await lookAt();
  const rows = Math.min(way.rows, way.pixels < 0 ? began.passed - began.inView : customers - began.passed);
  const waits: number[] = [];
  let [gone, inView, drawn] = [0, 0, 0];
  for (let moved = performance.now(); gone < rows; ) {
    await page.mouse.wheel(0, way.pixels);
    await page.waitForTimeout(everyMilliseconds);
    const look = await lookAt();
    inView += look.inView;
    drawn += look.drawn;
    const now = Math.abs(look.passed - began.passed);
    if (now > gone) [gone, moved] = [now, performance.now()];
    else if (performance.now() - moved > patienceMilliseconds)
      throw new Error(`The list stood still at row ${look.passed}.`);
    if (gone >= ((waits.length + 1) * rows) / way.stops)
      waits.push((await page.evaluate<number>('window.allRowsThere()')) / 1000);
  }
  return { rows: gone, tasks: await page.evaluate<number[]>('window.longTasks'), waits, drawn: drawn / inView };
}
