import {
  applyMapping,
  changeMapping,
  getMappingDraft,
  getSavedMapping,
  listMappings,
  previewMapping,
  removeMapping,
  tryMapping,
} from '@hub/contract/import-mappings';
import { getImport, listHeldOrganizations, listImports } from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { FakeHub } from '../../../testing/fake-hub.ts';
import { aBatch, aHeldPage, aSession } from '../../../testing/fixtures.ts';
import { renderHub } from '../../../testing/render-hub.tsx';

let hub: FakeHub;
const batch = aBatch({
  state: 'failed',
  feed: null,
  counts: null,
  covers: null,
  fileName: 'pbx.csv',
  failure: { code: 'import_unknown_columns', data: { fileName: 'pbx.csv', firstLine: 'Call date;Ext' } },
});
const fields = [
  { name: 'start_time', header: 'Start time', kind: 'time', words: [] },
  { name: 'duration', header: 'Duration', kind: 'duration', words: [] },
  { name: 'user_number', header: 'User number', kind: 'text', words: [] },
  { name: 'answered', header: 'Answered', kind: 'flag', words: [] },
  { name: 'direction', header: 'Direction', kind: 'text', words: ['ORIGINATING', 'TERMINATING'] },
  { name: 'location', header: 'Location', kind: 'text', words: [] },
];
const draft = {
  fileName: 'pbx.csv',
  hasHeader: true,
  columns: [
    { name: 'Call date', samples: ['20/11/2026 09:00'], values: [], timeForm: 'day_first' },
    { name: 'Ext', samples: ['101', '102'], values: [], timeForm: null },
    { name: 'Result', samples: ['Answered'], values: [], timeForm: null },
  ],
  feeds: [
    {
      feed: 'webex_call_history',
      fields,
      needed: [['start_time'], ['duration'], ['answered']],
      suggested: {
        feed: 'webex_call_history',
        hasHeader: true,
        skipRows: 0,
        fields: {
          start_time: { columns: ['Call date'], conversion: { kind: 'time', form: 'day_first', zone: 'Europe/Sofia' } },
        },
      },
      found: 1,
    },
  ],
  likeliest: 'webex_call_history',
  zone: 'Europe/Sofia',
  name: 'pbx',
  savedAs: null,
};
const [calls] = draft.feeds;
/** All that is needed has a source. */
const whole = {
  ...draft,
  feeds: [
    {
      ...calls,
      suggested: {
        ...calls?.suggested,
        fields: { ...calls?.suggested.fields, duration: { columns: ['Ext'] }, answered: { value: 'true' } },
      },
    },
  ],
};
const preview = {
  read: 4,
  rejected: 1,
  fields: [{ name: 'start_time', rejected: 1, reason: 'not_a_time', example: '31/02/2026', emptied: 0 }],
  rows: [
    { row: 1, values: ['2026-11-20 07:00:00.000Z'], rejectedFor: null },
    { row: 2, values: ['31/02/2026'], rejectedFor: ['start_time'] },
  ],
};

const saves = () =>
  hub.requests.filter(({ method, url }) => method === 'PUT' && url.pathname === `/api/imports/${batch.id}/mapping`);

beforeEach(() => {
  hub = new FakeHub()
    .on(getSession, aSession())
    .on(listImports, { items: [batch], next: null, total: 1, underway: 0 })
    .on(getImport, batch)
    .on(listHeldOrganizations, aHeldPage([]))
    .on(getMappingDraft, draft)
    .on(previewMapping, preview)
    .on(applyMapping, { ...batch, state: 'queued', failure: null });
});

test('the columns of an unknown file are told on a page of their own, tried, and saved', async () => {
  renderHub('/imports');
  const work = await screen.findByRole('region', { name: 'Import B-20414' });
  await userEvent.click(within(work).getByRole('link', { name: 'Say what its columns mean' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Columns of pbx.csv' })).toBeTruthy();
  const table = screen.getByRole('table', { name: 'Fields and columns' });
  // What is needed and has no column stands there as well; what is neither does not.
  expect(
    within(table)
      .getAllByRole('rowheader')
      .map((head) => head.textContent),
  ).toEqual(['Start timeneeded', 'Durationneeded', 'Answeredneeded']);
  expect(screen.getByText('These fields still need a column or a value: Duration, Answered.')).toBeTruthy();

  await userEvent.click(within(table).getByRole('combobox', { name: 'Column for Duration' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Ext' }));
  await userEvent.selectOptions(within(table).getByRole('combobox', { name: 'Unit of Duration' }), 'minutes');
  await userEvent.click(within(table).getByRole('combobox', { name: 'Column for Answered' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Result' }));
  await userEvent.type(within(table).getByRole('textbox', { name: /^Words for Answered/ }), 'answered, yes');
  expect(await within(table).findByText('1 row is rejected, such as “31/02/2026”: not a time')).toBeTruthy();
  expect(screen.getByText('Of the first 4 rows 3 come in, 1 is rejected.')).toBeTruthy();
  await userEvent.click(screen.getByRole('combobox', { name: 'Add a field' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Location' }));
  await userEvent.click(within(table).getByRole('combobox', { name: 'Column for Location' }));
  await userEvent.click(await screen.findByRole('option', { name: 'One value for every row' }));
  await userEvent.type(within(table).getByRole('textbox', { name: 'Value for Location' }), 'Sofia');

  const name = screen.getByRole('textbox', { name: 'Name of this mapping' });
  await userEvent.clear(name);
  await userEvent.click(screen.getByRole('button', { name: 'Save and import' }));
  expect(saves()).toEqual([]);
  await userEvent.type(name, 'Our exchange');
  await userEvent.click(screen.getByRole('button', { name: 'Save and import' }));
  await waitFor(() => expect(saves()).toHaveLength(1));
  expect(saves()[0]?.body).toEqual({
    name: 'Our exchange',
    mapping: {
      feed: 'webex_call_history',
      hasHeader: true,
      skipRows: 0,
      fields: {
        start_time: { columns: ['Call date'], conversion: { kind: 'time', form: 'day_first', zone: 'Europe/Sofia' } },
        duration: { columns: ['Ext'], conversion: { kind: 'unit', unit: 'minutes' } },
        answered: { columns: ['Result'], conversion: { kind: 'flag', words: ['answered', 'yes'], meaning: 'yes' } },
        location: { value: 'Sofia' },
      },
    },
  });
  expect(await screen.findByRole('complementary', { name: 'Import B-20414' })).toBeTruthy();
});

test('what is still missing is told without asking, and the rows of the mapping before stay in view', async () => {
  hub.on(getMappingDraft, whole);
  renderHub(`/imports/${batch.id}/columns`);
  await screen.findByText('Of the first 4 rows 3 come in, 1 is rejected.');
  const before = hub.requests.length;
  const table = screen.getByRole('table', { name: 'Fields and columns' });
  await userEvent.click(within(table).getByRole('combobox', { name: 'Column for Start time' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Not in the file' }));
  expect(await screen.findByText('These fields still need a column or a value: Start time.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Save and import' }));
  expect(hub.requests).toHaveLength(before);
  expect(screen.getByRole('table', { name: 'The first rows' })).toBeTruthy();
});

test('of rows that are rejected for a limit it is told which side of it they lie on', async () => {
  const fields = [{ name: 'start_time', rejected: 1, reason: 'time_after', example: '2030-01-01', emptied: 0 }];
  hub.on(getMappingDraft, whole).on(previewMapping, { ...preview, fields });
  renderHub(`/imports/${batch.id}/columns`);
  expect(await screen.findByText('1 row is rejected, such as “2030-01-01”: too late')).toBeTruthy();
});

const saved = {
  id: batch.id,
  name: 'Our exchange',
  version: 3,
  feed: 'webex_call_history',
  fields: 7,
  createdAt: '2026-11-20T09:00:00.000Z',
  createdBy: 'Ada',
};
const { fileName: _, savedAs: __, ...wholeDraft } = whole;
const savedDraft = {
  ...wholeDraft,
  name: 'Our exchange',
  columns: whole.columns.map((column) => ({ ...column, samples: [] })),
  mapping: saved,
  hasSameColumns: null,
  imports: [
    { id: batch.id, number: 20_414, fileName: 'pbx.csv', version: 2, state: 'committed', canBeUndone: true },
    { id: batch.id, number: 20_400, fileName: 'pbx-old.csv', version: 1, state: 'undone', canBeUndone: false },
  ],
  totalImports: 21,
};

test('a saved mapping is opened, tried on a file, and saved as its next version; what it brought is linked', async () => {
  const next = '01939ad0-0000-7000-8000-0000000000f4';
  hub
    .on(listMappings, { items: [saved] })
    .on(getSavedMapping, ({ body }: { body: { head?: string } }) =>
      body.head === undefined ? savedDraft : { ...savedDraft, columns: whole.columns, hasSameColumns: false },
    )
    .on(tryMapping, preview)
    .on(changeMapping, { ...saved, id: next, version: 4 });
  renderHub('/imports');
  await userEvent.click(await screen.findByRole('link', { name: 'Change the mapping Our exchange' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Mapping “Our exchange”' })).toBeTruthy();
  const brought = screen.getByRole('region', { name: 'What it brought' });
  expect(within(brought).getByRole('link', { name: 'B-20414' }).getAttribute('href')).toContain(batch.id);
  expect(within(brought).getByText(/undo it, then import its file again/)).toBeTruthy();
  expect(within(brought).getByText('And 19 earlier imports.')).toBeTruthy();
  expect(screen.queryByRole('table', { name: 'The first rows' })).toBeNull();
  expect(screen.getByRole<HTMLInputElement>('checkbox').disabled).toBe(true);

  const head = 'Call date;Ext;Result\n20/11/2026 09:00;101;Answered\n';
  const input = document.querySelector('.mapping-given input[type=file]');
  if (!(input instanceof HTMLInputElement)) throw new Error('There is no input.');
  await userEvent.upload(input, new File([head], 'mine.csv', { type: 'text/csv' }));
  expect(await screen.findByText('Values of mine.csv; nothing of it is kept.')).toBeTruthy();
  expect(await screen.findByText(/This file has other columns/)).toBeTruthy();
  expect(await screen.findByText('Of the first 4 rows 3 come in, 1 is rejected.')).toBeTruthy();
  expect(hub.asked(tryMapping)[0]?.body).toMatchObject({ head });

  await userEvent.click(screen.getByRole('button', { name: 'Save as version 4' }));
  const puts = () => hub.requests.filter(({ method, url }) => method === 'PUT' && url.pathname.endsWith(saved.id));
  await waitFor(() => expect(puts()).toHaveLength(1));
  expect(puts()[0]?.body).toEqual({ head, mapping: whole.feeds[0]?.suggested });
  // The page goes on with the version that reads files now.
  await waitFor(() =>
    expect(hub.requests.some(({ url }) => url.pathname === `/api/import-mappings/${next}/draft`)).toBe(true),
  );
});

test('of a mapping that the hub brings a copy is saved, once a file is given', async () => {
  const shipped = { ...savedDraft, name: 'Calling Media Quality', mapping: null, imports: [], totalImports: 0 };
  hub
    .on(getSavedMapping, ({ body }: { body: { head?: string } }) => ({
      ...shipped,
      hasSameColumns: body.head === undefined ? null : false,
    }))
    .on(tryMapping, preview)
    .on(changeMapping, { ...saved, name: 'Ours', version: 1 });
  renderHub('/imports');
  await userEvent.click(await screen.findByRole('link', { name: 'Calling Media Quality' }));
  expect(await screen.findByText('Choose a file of yours: the copy reads files with its columns.')).toBeTruthy();
  const puts = () => hub.requests.filter(({ method }) => method === 'PUT');
  await userEvent.click(screen.getByRole('button', { name: 'Save the copy' }));
  expect(puts()).toEqual([]);
  const name = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Name of this mapping' });
  await userEvent.clear(name());
  await userEvent.type(name(), 'Ours');
  const input = document.querySelector('.mapping-given input[type=file]');
  if (!(input instanceof HTMLInputElement)) throw new Error('There is no input.');
  const gone = new File(['Call date\n1\n'], 'gone.csv', { type: 'text/csv' });
  gone.slice = () => {
    throw new DOMException('The file has changed.', 'NotReadableError');
  };
  await userEvent.upload(input, gone);
  expect((await screen.findByRole('alert')).textContent).toMatch(/^gone\.csv cannot be read any more/);
  await userEvent.upload(input, new File(['Call date;Ext;Result\n1;2;3\n'], 'mine.csv', { type: 'text/csv' }));
  await screen.findByText('Values of mine.csv; nothing of it is kept.');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(name().value).toBe('Ours');
  await userEvent.click(screen.getByRole('button', { name: 'Save the copy' }));
  await waitFor(() => expect(puts()).toHaveLength(1));
  expect(puts()[0]?.url.pathname).toBe('/api/import-mappings/webex_media_quality');
  expect(puts()[0]?.body).toMatchObject({ name: 'Ours' });
});

test('saved mappings are listed and removed', async () => {
  let items = [saved];
  hub
    .on(listMappings, () => ({ items }))
    .on(removeMapping, () => {
      items = [];
      return new Response(null, { status: 204 });
    });
  renderHub('/imports');
  expect(await screen.findByText(/7 fields, Version 3/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Remove the mapping Our exchange' }));
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(screen.queryByText(/7 fields, Version 3/)).toBeNull());
});

/** A file whose day and time stand in two columns, with lengths and words of its own. */
const german = {
  ...draft,
  columns: [
    { name: 'Datum', samples: ['20.11.2026'], values: ['20.11.2026'], timeForm: 'day_first' },
    { name: 'Uhrzeit', samples: ['09:00'], values: ['09:00'], timeForm: null },
    { name: 'Dauer', samples: ['01:30'], values: ['01:30'], timeForm: null },
    { name: 'Angenommen', samples: ['ja', 'nein'], values: ['ja', 'nein'], timeForm: null },
    { name: 'Richtung', samples: ['raus', 'terminating'], values: ['raus', 'terminating'], timeForm: null },
  ],
  feeds: [
    {
      ...calls,
      needed: [['start_time'], ['duration'], ['answered'], ['direction']],
      suggested: { ...calls?.suggested, fields: {} },
    },
  ],
};

test('a day and its time are joined, and every word of theirs is asked for', async () => {
  hub.on(getMappingDraft, german);
  renderHub(`/imports/${batch.id}/columns`);
  const table = await screen.findByRole('table', { name: 'Fields and columns' });
  const choose = async (name: string, option: string) => {
    await userEvent.click(within(table).getByRole('combobox', { name }));
    await userEvent.click(await screen.findByRole('option', { name: option }));
  };
  await choose('Column for Start time', 'Datum');
  await choose('And a second column for Start time', 'and Uhrzeit');
  expect(within(table).getByText('20.11.2026 09:00')).toBeTruthy();
  await choose('Column for Duration', 'Dauer');
  await choose('Column for Answered', 'Angenommen');
  const yes = within(table).getByRole<HTMLSelectElement>('combobox', { name: 'Meaning of “ja” for Answered' });
  expect(yes.value).toBe('');
  await userEvent.selectOptions(yes, 'means yes');
  const no = within(table).getByRole<HTMLSelectElement>('combobox', { name: 'Meaning of “nein” for Answered' });
  expect(no.value).toBe('no');
  await choose('Column for Direction', 'Richtung');
  const own = within(table).getByRole<HTMLSelectElement>('combobox', {
    name: 'Meaning of “terminating” for Direction',
  });
  expect(own.value).toBe('TERMINATING');
  await userEvent.selectOptions(
    within(table).getByRole('combobox', { name: 'Meaning of “raus” for Direction' }),
    'ORIGINATING: outgoing call',
  );
  await userEvent.click(screen.getByRole('button', { name: 'Save and import' }));
  await waitFor(() => expect(saves()).toHaveLength(1));
  expect(saves()[0]?.body).toMatchObject({
    mapping: {
      fields: {
        start_time: {
          columns: ['Datum', 'Uhrzeit'],
          conversion: { kind: 'time', form: 'day_first', zone: 'Europe/Sofia' },
        },
        duration: { columns: ['Dauer'], conversion: { kind: 'unit', unit: 'seconds' } },
        answered: { columns: ['Angenommen'], conversion: { kind: 'flag', words: ['ja'], meaning: 'yes' } },
        direction: {
          columns: ['Richtung'],
          conversion: { kind: 'words', words: [{ theirs: 'raus', ours: 'ORIGINATING' }] },
        },
      },
    },
  });
});

test('one direction for every row is one of those that are known', async () => {
  hub.on(getMappingDraft, german);
  renderHub(`/imports/${batch.id}/columns`);
  const table = await screen.findByRole('table', { name: 'Fields and columns' });
  await userEvent.click(within(table).getByRole('combobox', { name: 'Column for Direction' }));
  await userEvent.click(await screen.findByRole('option', { name: 'One value for every row' }));
  const value = within(table).getByRole('combobox', { name: 'Value for Direction' });
  expect(
    within(value)
      .getAllByRole('option')
      .map((option) => option.getAttribute('value')),
  ).toEqual(['ORIGINATING', 'TERMINATING']);
});

test('a suggested mapping that is saved already is named', async () => {
  hub.on(getMappingDraft, { ...whole, name: 'Our exchange', savedAs: 'Our exchange' });
  renderHub(`/imports/${batch.id}/columns`);
  expect(await screen.findByText(/Filled in from the mapping “Our exchange”/)).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name of this mapping' }).value).toBe('Our exchange');
});
