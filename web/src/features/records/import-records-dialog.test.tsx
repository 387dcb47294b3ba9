import { importRecords } from '@hub/contract/record-imports';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Suspense } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import { theme } from '../../app/theme.ts';
import { FakeHub } from '../../testing/fake-hub.ts';
import { ImportRecordsDialog } from './index.ts';

let hub: FakeHub;
const file = new File(['Name,Country\r\nAcme,BG\r\n'], 'customers.csv', { type: 'text/csv' });
const result = {
  kind: 'customers',
  isTrial: true,
  ignoredColumns: ['Favourite color'],
  deletedBefore: 1,
  read: 4,
  created: 2,
  changed: 0,
  unchanged: 0,
  rejected: 2,
  rejections: [
    { line: 3, column: 'Country', value: 'Narnia', reason: 'no_country', hint: '' },
    { line: 4, column: 'External ID', value: 'HC-1', reason: 'taken', hint: 'Kestrel Mutual' },
  ],
};

const onClose = vi.fn<() => void>();

beforeEach(() => {
  hub = new FakeHub().on(importRecords, ({ url }: { url: URL }) =>
    importRecords.reply?.parse({ ...result, isTrial: url.searchParams.get('isTrial') === 'true' }),
  );
  render(
    <I18nProvider i18n={i18n}>
      <MantineProvider theme={theme} env="test">
        <QueryClientProvider client={new QueryClient()}>
          <Suspense>
            <ImportRecordsDialog onClose={onClose} />
          </Suspense>
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>,
  );
});

test('a file is looked at first, its rejected rows are told in words, then its good rows enter', async () => {
  const dialog = await screen.findByRole('dialog', { name: 'Import records' });
  const input = dialog.querySelector<HTMLInputElement>('input[type=file]');
  await userEvent.upload(input ?? document.createElement('input'), file);
  expect(await within(dialog).findByText('Customers: 4 rows checked. Nothing is written yet.')).toBeTruthy();
  expect(within(dialog).getByText('Columns that mean nothing here: Favourite color')).toBeTruthy();
  expect(within(dialog).getByText(/^The data of 1 of these customers were deleted on request/)).toBeTruthy();
  const rows = within(dialog).getByRole('table', { name: 'Rows left out' });
  expect(within(rows).getByRole('row', { name: /^3 Country Narnia The country is not known/ })).toBeTruthy();
  expect(within(rows).getByRole('row', { name: /It belongs to another customer: Kestrel Mutual$/ })).toBeTruthy();
  expect(hub.asked(importRecords).map(({ url }) => url.searchParams.get('isTrial'))).toEqual(['true']);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Import 2 rows' }));
  expect(await within(dialog).findByText('Customers: 4 rows read')).toBeTruthy();
  await waitFor(() =>
    expect(hub.asked(importRecords).map(({ url }) => url.searchParams.get('isTrial'))).toEqual(['true', 'false']),
  );
  expect(within(dialog).queryByRole('button', { name: /^Import/ })).toBeNull();
});

test('there is an example of each kind, and a file that is refused says why', async () => {
  hub.refuse(importRecords, 'records_unknown', { fileName: 'customers.csv', firstLine: 'a,b' });
  const dialog = await screen.findByRole('dialog', { name: 'Import records' });
  const examples = within(dialog).getAllByRole('link');
  expect(examples.map((link) => link.getAttribute('download'))).toEqual([
    'customers-example.csv',
    'subscriptions-example.csv',
    'trials-example.csv',
    'sign-ins-example.csv',
    'orders-example.csv',
    'invoices-example.csv',
  ]);
  const input = dialog.querySelector<HTMLInputElement>('input[type=file]');
  await userEvent.upload(input ?? document.createElement('input'), file);
  expect(await within(dialog).findByText(/Its first line begins with: a,b/)).toBeTruthy();
});
