import { listBulkJobs } from '@hub/contract/bulk-jobs';
import { changeTag, listTags, mergeTag, removeTag, restoreTag } from '@hub/contract/customer-tags';
import { listCustomerFacet, listCustomers, countCustomers } from '@hub/contract/customers';
import { getSession } from '@hub/contract/sessions';
import { listSavedViews, countSavedViews } from '@hub/contract/saved-views';
import { listImports } from '@hub/contract/imports';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aTag } from '../../testing/customer-fixtures.ts';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aCustomerPage, aCustomerRow, aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

test('from the filters, tags are renamed, recolored, merged and removed; each says what happens', async () => {
  const north = aTag({ id: '01930004-0000-7000-8000-000000000099', name: 'North', holders: 3 });
  const hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listCustomers, aCustomerPage([aCustomerRow(0)]))
    .on(countCustomers, { matching: 1, all: 1 })
    .on(listBulkJobs, { items: [] })
    .on(listSavedViews, { items: [] })
    .on(countSavedViews, { items: [] })
    .on(listCustomerFacet, { items: [{ value: 'North', customers: 3 }] })
    .on(listTags, ({ url }: { url: URL }) => ({
      items: url.searchParams.get('kind') === 'subscription' ? [] : [aTag(), north],
    }))
    .on(changeTag, north)
    .on(mergeTag, north)
    .on(restoreTag, { restored: 2, left: 1 })
    .refuse(removeTag, 'tag_held_elsewhere', { name: 'North' });
  const sent = (method: string) => hub.requests.findLast((request) => request.method === method);
  const user = userEvent.setup();
  renderHub('/customers');
  render(
    <MantineProvider env="test">
      <Notifications />
    </MantineProvider>,
  );
  await user.click(await screen.findByRole('button', { name: 'Filters' }));
  await user.click(await screen.findByRole('button', { name: 'Tag' }));
  await user.click(await screen.findByRole('button', { name: 'Manage tags' }));
  const dialog = await screen.findByRole('dialog', { name: 'Tags' });
  await user.click(await within(dialog).findByRole('button', { name: 'Edit the tag “North”' }));
  const name = within(dialog).getByRole('textbox', { name: 'Name' });
  await user.clear(name);
  await user.type(name, 'Far north');
  await user.click(within(dialog).getByRole('radio', { name: 'Violet' }));
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent('PATCH')?.body).toMatchObject({ name: 'Far north', color: 'violet' }));
  await user.click(await within(dialog).findByRole('button', { name: 'Merge the tag “North” into another' }));
  await user.click(within(dialog).getByRole('combobox', { name: 'Tag that takes the place of “North”' }));
  await user.click(await screen.findByRole('option', { name: 'renew-q1' }));
  expect(within(dialog).getByText(/^“North” becomes “renew-q1” on 3 customers/)).toBeTruthy();
  await user.click(within(dialog).getByRole('button', { name: 'Merge' }));
  await waitFor(() => expect(sent('POST')?.body).toEqual({ intoTagId: aTag().id }));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('“North” is back on 2 of those who had it')).toBeTruthy();
  expect(screen.getByText(/^1 could not get it back/)).toBeTruthy();
  expect(sent('POST')?.url.pathname).toBe(`/api/tags/${north.id}/restore`);
  await user.click(await within(dialog).findByRole('button', { name: 'Remove tag North' }));
  const question = await screen.findByRole('dialog', { name: 'Remove the tag “North”?' });
  expect(within(question).getByText(/everybody who has it: 3 customers/)).toBeTruthy();
  await user.click(within(question).getByRole('button', { name: 'Remove' }));
  expect(await within(question).findByText(/also on customers that are not assigned to you/)).toBeTruthy();
  hub.on(removeTag, undefined);
  await user.click(within(question).getByRole('button', { name: 'Remove' }));
  expect(await screen.findByText('The tag “North” is removed.')).toBeTruthy();
  hub.on(restoreTag, { restored: 3, left: 0 });
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('“North” is back on 3 of those who had it')).toBeTruthy();
});
