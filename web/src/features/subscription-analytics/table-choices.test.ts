import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sections } from '@hub/contract/subscription-metrics';
import { choicesOf, choicesText, rowGroups, rowKinds, sortsOf, type TableChoices } from './table-choices.ts';

const choices = fc.constantFrom(...sections).chain((section) =>
  fc
    .record(
      {
        sorted: fc.record({ sort: fc.constantFrom(...sortsOf(section)), order: fc.constantFrom('asc', 'desc') }),
        group: fc.constantFrom(...rowGroups.filter((group) => group !== 'none')),
        kind: fc.constantFrom(...rowKinds),
        q: fc.string({ minLength: 1, maxLength: 60 }),
      },
      { requiredKeys: [] },
    )
    .map(({ sorted, ...others }) => ({ section, choices: { ...sorted, ...others } as TableChoices })),
);

test('what an address says of a table is what was chosen, whatever is searched for', () => {
  fc.assert(
    fc.property(choices, ({ section, choices: chosen }) => {
      expect(choicesOf(section, choicesText(chosen))).toEqual(chosen);
    }),
  );
});

test('an address of nothing is nothing, and what a section has not is left out', () => {
  expect(choicesText({})).toBeUndefined();
  expect(choicesOf('renewing', 'sort:weeklyUsageChange order:desc group:planet kind:trial')).toEqual({ kind: 'trial' });
  expect(choicesOf('expiring', 'sort:total')).toEqual({ sort: 'total', order: 'asc' });
  expect(choicesOf('expiring', 'q:kind:trial sort:total')).toEqual({ q: 'kind:trial sort:total' });
});
