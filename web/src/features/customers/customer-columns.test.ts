import { Language } from '@hub/contract/sessions';
import { expect, test } from 'vitest';
import { formatFor } from '../../lib/format.ts';
import { customerColumns, hiddenAtFirst, type ListRoom } from './customer-columns.tsx';

const boxes = 50;
/** Of the narrowest window of each kind, without the navigation and a scrollbar (use-list-room.ts). */
const pixels: Record<ListRoom, number> = {
  wide: 1440 - 217 - 10,
  tight: 1344 - 217 - 10,
  narrow: 1278 - 217 - 10,
  small: 1024 - 57 - 10,
};

test.each(Language.options)('what is shown at first fits into every window from 1024 on: %s', (language) => {
  for (const room of Object.keys(pixels) as ListRoom[]) {
    const columns = customerColumns(
      (id) => id,
      formatFor(language),
      '2026-11-23',
      { onActs: () => {}, onExplain: () => {}, seesLicenses: true, room },
      language,
    );
    const shown = columns.filter(({ key }) => !hiddenAtFirst[room].includes(key));
    const width = shown.reduce((sum, column) => sum + column.width, boxes);
    expect({ room, fits: width <= pixels[room] }).toEqual({ room, fits: true });
    expect(shown.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['name', 'status', 'tags', 'licenses', 'next', 'region', 'acts']),
    );
  }
});
