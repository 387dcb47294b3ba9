import { countCustomers, listCustomerFacet, listCustomers } from '@hub/contract/customers';
import { listBulkJobs } from '@hub/contract/bulk-jobs';
import { getSession } from '@hub/contract/sessions';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aCustomerPage, aCustomerRow, aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';
import { withOperators, wordsLikeOperators } from './query-hint.tsx';

let hub: FakeHub;

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listCustomers, aCustomerPage([aCustomerRow(0), aCustomerRow(1)]))
    .on(countCustomers, { matching: 2, all: 412 })
    .on(listCustomerFacet, { items: [{ value: 'trial', customers: 31 }] })
    .on(listBulkJobs, { items: [] });
});

const table = () => screen.findByRole('grid', { name: 'Customers' });
const bar = () => screen.findByRole('combobox', { name: 'Filters' });
const filters = () => hub.asked(listCustomers).map(({ url }) => url.searchParams.get('filter'));
const wait = (milliseconds: number) => new Promise((resolve) => void setTimeout(resolve, milliseconds));

test('a fault in a link is said once, beside the filter; nothing is asked, and what is mended is', async () => {
  const user = userEvent.setup();
  renderHub('/customers?q=statu%3Atrial');
  expect(await screen.findByText('The filter is not finished')).toBeDefined();
  expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual([
    'There is no filter “statu”. Did you mean “status”?statu:trial',
  ]);
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  expect(filters()).toEqual([]);
  const field = await bar();
  await user.clear(field);
  await user.type(field, 'status:trial{Enter}');
  await table();
  expect(filters().at(-1)).toBe('status:trial');
});

test('a word that may become a field waits, and an open field brings the former rows back', async () => {
  const user = userEvent.setup();
  renderHub('/customers');
  await table();
  const field = await bar();
  await user.type(field, 'stat');
  await wait(600);
  expect(filters()).toEqual(['']);
  await waitFor(() => expect(filters()).toEqual(['', 'stat']), { timeout: 2000 });
  await user.type(field, 'us:');
  await waitFor(() => expect(screen.queryByText('2 of 412')).toBeNull());
  await wait(1200);
  expect(filters().filter((filter) => filter !== '')).toEqual(['stat']);
});

test('a lower-case "and" between conditions is told of, and changed by a click', async () => {
  const user = userEvent.setup();
  renderHub('/customers?q=status%3Atrial%20and%20region%3Aeu');
  await table();
  expect(
    await screen.findByText('“and” is searched as a word. Write AND in capitals to combine conditions.'),
  ).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Change to AND' }));
  await waitFor(() => expect(filters().at(-1)).toBe('status:trial AND region:eu'));
  expect(screen.queryByRole('button', { name: 'Change to AND' })).toBeNull();
});

test('a filter called by its name in another language is told of, and changed by a click', async () => {
  const session = aSession();
  hub.on(getSession, { ...session, person: { ...session.person, language: 'bg' } });
  const user = userEvent.setup();
  renderHub('/customers?q=region%3Aeu%20-%D1%81%D1%82%D0%B0%D1%82%D1%83%D1%81%3Atrial');
  expect(await screen.findByText('„статус:“ се търси като текст. Филтърът се пише status:')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Замяна с status:' }));
  await waitFor(() => expect(filters().at(-1)).toBe('region:eu -status:trial'));
  expect(screen.queryByRole('button', { name: 'Замяна с status:' })).toBeNull();
  const field = await screen.findByRole('combobox', { name: 'Филтри' });
  await user.type(field, 'статус:');
  expect(await screen.findByRole('option', { name: /Статус/ })).toBeDefined();
  await user.keyboard('{Tab}');
  await waitFor(() => expect(field).toHaveProperty('value', 'status:'));
});

test('only words that stand like operators are meant', () => {
  expect(withOperators('status:trial or region:eu and not tag:vip')).toBe('status:trial OR region:eu AND NOT tag:vip');
  for (const text of ['black and white', 'status:trial and', 'and', 'name:"and" status:trial', 'a AND region:eu'])
    expect(wordsLikeOperators(text)).toEqual([]);
});
