import { listBulkJobs } from '@hub/contract/bulk-jobs';
import { listTags } from '@hub/contract/customer-tags';
import { countCustomers, listCustomerFacet, listCustomers } from '@hub/contract/customers';
import { getSession } from '@hub/contract/sessions';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aCustomerPage, aCustomerRow, aSession } from '../../testing/fixtures.ts';
import { onPhone } from '../../testing/on-phone.ts';
import { renderHub } from '../../testing/render-hub.tsx';

const rows = Array.from({ length: 400 }, (_, index) => aCustomerRow(index));

beforeEach(() => {
  new FakeHub()
    .on(getSession, aSession())
    .on(listCustomers, aCustomerPage(rows))
    .on(countCustomers, { matching: 400, all: 400 })
    .on(listCustomerFacet, { items: [] })
    .on(listBulkJobs, { items: [] })
    .on(listTags, { items: [] });
});

const rowHeight = 36;
const table = () => screen.findByRole('grid', { name: 'Customers' });
const scrollerOf = (grid: HTMLElement): HTMLElement => grid.closest<HTMLElement>('.table-scroller') ?? grid;
/** To these rows, one after the other in the same moment, as a wheel or a scrollbar does. */
function scrollTo(scroller: HTMLElement, ...toRows: number[]): void {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
  for (const row of toRows)
    act(() => {
      scroller.scrollTop = row * rowHeight;
      fireEvent.scroll(scroller);
    });
  clock.mockRestore();
}
const drawnRows = (grid: HTMLElement): number[] =>
  [...grid.querySelectorAll('tbody tr[aria-rowindex]')].map((row) => Number(row.getAttribute('aria-rowindex')) - 2);

test('rows that go by faster than anybody reads are room only, and drawn when the movement ends', async () => {
  renderHub('/customers');
  const grid = await table();
  await waitFor(() => expect(drawnRows(grid)).toContain(10));
  const scroller = scrollerOf(grid);
  scrollTo(scroller, 100, 200, 300);
  expect(drawnRows(grid)).toEqual([]);
  const [room, ...others] = grid.querySelectorAll<HTMLElement>('tbody .room > td');
  expect(room?.style.height).toBe(`${400 * rowHeight}px`);
  expect(others).toEqual([]);
  expect(grid.getAttribute('aria-rowcount')).toBe('401');
  await waitFor(() => expect(drawnRows(grid)).toEqual(expect.arrayContaining([300, 310, 319])));
  const heights = [...grid.querySelectorAll<HTMLElement>('tbody .room > td, tbody tr[aria-rowindex]')].map(
    ({ style }) => Number.parseInt(style.height, 10),
  );
  expect(heights.reduce((sum, height) => sum + height, 0)).toBe(400 * rowHeight);
});

test('the row with the focus stays, however far the list goes, and the keys go on from it', async () => {
  const user = userEvent.setup();
  renderHub('/customers');
  const grid = await table();
  const box = await within(grid).findByRole('checkbox', { name: `Select ${rows[3]?.name}` });
  act(() => box.focus());
  scrollTo(scrollerOf(grid), 100, 200, 300);
  expect(drawnRows(grid)).toEqual([3]);
  await waitFor(() => expect(drawnRows(grid)).toEqual(expect.arrayContaining([3, 300, 310])));
  expect(document.activeElement).toBe(box);
  await user.keyboard('{ArrowDown}');
  await waitFor(() =>
    expect(document.activeElement).toBe(within(grid).getByRole('checkbox', { name: `Select ${rows[4]?.name}` })),
  );
  act(() => (document.activeElement as HTMLElement).blur());
  scrollTo(scrollerOf(grid), 301);
  expect(drawnRows(grid)).not.toContain(4);
});

test('keys that lead far find their row drawn at once, while the rows between go by', async () => {
  const user = userEvent.setup();
  renderHub('/customers');
  const grid = await table();
  act(() =>
    within(grid)
      .getByRole('checkbox', { name: `Select ${rows[0]?.name}` })
      .focus(),
  );
  await user.keyboard('{Control>}{End}{/Control}');
  await waitFor(() => expect(document.activeElement?.closest('tr')?.getAttribute('aria-rowindex')).toBe('401'));
  await user.keyboard('{Control>}{Home}{/Control}');
  await waitFor(() => expect(document.activeElement?.closest('tr')?.getAttribute('aria-rowindex')).toBe('2'));
});

test('on a phone too: a fling draws nothing until it slows', async () => {
  onPhone();
  renderHub('/customers');
  const list = await screen.findByRole('list', { name: 'Customers' });
  const places = () =>
    within(list)
      .queryAllByRole('listitem')
      .map((row) => Number(row.getAttribute('aria-posinset')));
  await waitFor(() => expect(places()).toContain(8));
  const page = document.getElementById('content') ?? list;
  scrollTo(page, 300, 600, 900);
  expect(places()).toEqual([]);
  await waitFor(() => expect(places().some((place) => place > 200)).toBe(true));
});
