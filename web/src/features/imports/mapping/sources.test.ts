import type { MappingField } from '@hub/contract/import-mappings';
import { expect, test } from 'vitest';
import { type Draft, sourceOf } from './sources.ts';

const column = (name: string, samples: string[], timeForm: Draft['columns'][number]['timeForm'] = null) => ({
  name,
  samples,
  values: [],
  timeForm,
});
const draft: Draft = {
  hasHeader: true,
  columns: [
    column('Begin', ['2026-11-20 09:00'], 'iso'),
    column('Beginn', ['20.11.2026 09:00'], 'day_first'),
    column('Dauer', ['1:30']),
    column('Minuten', ['2']),
  ],
  feeds: [],
  likeliest: 'webex_call_history',
  name: 'x',
  zone: 'Europe/Sofia',
};
const field = (kind: MappingField['kind']): MappingField => ({ name: 'x', header: 'X', kind, words: [] });
const choose = (name: string, before: Parameters<typeof sourceOf>[1], kind: MappingField['kind']) =>
  sourceOf(JSON.stringify([name]), before, { draft, field: field(kind) });

test('another column is read by what it holds, unless somebody said how', () => {
  const first = choose('Begin', undefined, 'time');
  expect(first).toMatchObject({ conversion: { form: 'iso', zone: 'Europe/Sofia' } });
  expect(choose('Beginn', first, 'time')).toMatchObject({ conversion: { form: 'day_first' } });
  const said = { columns: ['Begin'], conversion: { kind: 'time', form: 'month_first', zone: 'UTC' } } as const;
  expect(choose('Beginn', { ...said, columns: [...said.columns] }, 'time')).toMatchObject({
    conversion: said.conversion,
  });
  expect(choose('Minuten', choose('Dauer', undefined, 'duration'), 'duration')).toEqual({ columns: ['Minuten'] });
});
