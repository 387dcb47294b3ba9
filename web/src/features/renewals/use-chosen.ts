import type { RenewalRow } from '@hub/contract/renewals';
import { useMemo, useState } from 'react';
import type { RowSelection } from '../../ui/table-columns.ts';

interface Chosen {
  rows: readonly RenewalRow[];
  table: Omit<RowSelection<RenewalRow>, 'nameAll' | 'nameOf'>;
  clear: () => void;
}

/** Rows that are chosen of those loaded; another question begins with none. */
export function useChosen(rows: readonly RenewalRow[], asked: string): Chosen {
  const [state, setState] = useState<{ asked: string; ids: ReadonlySet<string>; last: number }>({
    asked,
    ids: new Set(),
    last: -1,
  });
  return useMemo(() => {
    const ids = state.asked === asked ? state.ids : new Set<string>();
    const last = state.asked === asked ? state.last : -1;
    const set = (next: ReadonlySet<string>, at: number) => setState({ asked, ids: next, last: at });
    const between = (from: number, to: number): string[] =>
      rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ subscriptionId }) => subscriptionId);
    const isSelected = ({ subscriptionId }: RenewalRow): boolean => ids.has(subscriptionId);
    const chosen = rows.filter(isSelected);
    return {
      rows: chosen,
      clear: () => set(new Set(), -1),
      table: {
        isSelected,
        toggle: (index, isRange) => {
          const row = rows[index];
          if (row === undefined) return;
          if (isRange && last >= 0) return set(new Set([...ids, ...between(last, index)]), index);
          const without = [...ids].filter((id) => id !== row.subscriptionId);
          return set(new Set(isSelected(row) ? without : [...ids, row.subscriptionId]), index);
        },
        extend: (from, to) => set(new Set([...ids, ...between(from, to)]), to),
        shown: chosen.length === 0 ? 'none' : chosen.length === rows.length ? 'all' : 'some',
        toggleAll: () =>
          set(new Set(chosen.length === rows.length ? [] : rows.map(({ subscriptionId }) => subscriptionId)), -1),
      },
    };
  }, [rows, state, asked]);
}
