import { FeedCode } from '@hub/contract/imports';
import { Language } from '@hub/contract/sessions';
import { expect, test } from 'vitest';
import { formatFor } from '../../lib/format.ts';
import { speak, translate, withWords } from '../../lib/i18n.ts';
import { aBatch } from '../../testing/fixtures.ts';
import { batchColumns } from './batch-columns.tsx';

const roomAt1440 = 1440 - 217 - 15; // less the menu and a scroll bar

const rows = [
  ...FeedCode.options.map((feed) => aBatch({ feed })),
  aBatch({
    counts: { read: 10_048_112, new: 9_873_020, duplicate: 22_940, replaced: 151_942, rejected: 5, held: 205 },
  }),
  aBatch({ state: 'failed', counts: null, failure: { code: 'import_needs_period', data: { fileName: 'a.csv' } } }),
  aBatch({ counts: { read: 9, new: 0, duplicate: 9, replaced: 0, rejected: 0, held: 0 } }),
];

test.each(Language.options)('in %s all columns stand side by side at 1440 pixels', async (language) => {
  await withWords(['imports'], speak(language));
  const columns = batchColumns(translate, formatFor(language), rows);
  expect(columns.map(({ key }) => key)).toEqual([
    'batch',
    'file',
    'rows',
    'new',
    'duplicate',
    'replaced',
    'rejected',
    'held',
    'state',
    'ended',
  ]);
  expect(columns.reduce((sum, { width }) => sum + width, 0)).toBeLessThanOrEqual(roomAt1440);
});
