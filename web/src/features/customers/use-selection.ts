import type { BulkSelection } from '@hub/contract/bulk-jobs';
import type { CustomerRow } from '@hub/contract/customers';
import { useMemo, useRef, useState } from 'react';
import type { RowSelection } from '../../ui/table-columns.ts';
import { andAlso } from './query-text.ts';

type Id = CustomerRow['id'];

/** Chosen one by one, or all that a filter leaves but a few. */
type Chosen = { isAll: false; ids: ReadonlySet<Id> } | { isAll: true; except: ReadonlySet<Id> };

const nothing: Chosen = { isAll: false, ids: new Set() };

export interface Selection {
  count: number;
  isAll: boolean;
  table: Omit<RowSelection<CustomerRow>, 'nameAll' | 'nameOf'>;
  selectAll: () => void;
  clear: () => void;
  /** For jobs. */
  given: BulkSelection;
  /** Whether a filter can hold it: not where many were left out of all by hand. */
  fits: boolean;
}

const mostLeftOut = 90; // ids of 36 letters in a filter of at most 4000

const withoutFrom = (set: ReadonlySet<Id>, ids: readonly Id[]): Set<Id> =>
  new Set([...set].filter((id) => !ids.includes(id)));

/** Of the rows of one filter: another filter starts with nothing selected. */
export function useSelection(rows: readonly CustomerRow[], matching: number, filter: string): Selection {
  const [state, setState] = useState<{ filter: string; chosen: Chosen }>({ filter, chosen: nothing });
  /** From where a range goes: the row chosen last under the same filter. */
  const last = useRef<{ filter: string; id: Id } | null>(null);
  const chosen = state.filter === filter ? state.chosen : nothing;
  return useMemo(() => {
    const set = (next: Chosen) => setState({ filter, chosen: next });
    const isSelected = ({ id }: CustomerRow): boolean => (chosen.isAll ? !chosen.except.has(id) : chosen.ids.has(id));
    const change = (ids: readonly Id[], isOn: boolean) => {
      if (chosen.isAll)
        set({ isAll: true, except: isOn ? withoutFrom(chosen.except, ids) : new Set([...chosen.except, ...ids]) });
      else set({ isAll: false, ids: isOn ? new Set([...chosen.ids, ...ids]) : withoutFrom(chosen.ids, ids) });
    };
    const between = (from: number, to: number): Id[] =>
      rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ id }) => id);
    const anchor = (): number =>
      last.current?.filter === filter ? rows.findIndex(({ id }) => id === last.current?.id) : -1;
    const count = chosen.isAll ? Math.max(0, matching - chosen.except.size) : chosen.ids.size;
    const ids = chosen.isAll ? [...chosen.except] : [...chosen.ids];
    const all = ids.length === 0 ? filter : andAlso(filter, `-id:${ids.join(',')}`);
    return {
      count,
      isAll: chosen.isAll,
      table: {
        isSelected,
        toggle: (index, isRange) => {
          const row = rows[index];
          if (row === undefined) return;
          const isOn = !isSelected(row);
          const from = isRange ? anchor() : -1;
          if (from >= 0) change(between(from, index), true);
          else change([row.id], isOn);
          last.current = { filter, id: row.id };
        },
        extend: (from, to) => {
          change(between(from, to), true);
          const reached = rows[to];
          if (reached !== undefined) last.current = { filter, id: reached.id };
        },
        shown: count === 0 ? 'none' : rows.every(isSelected) ? 'all' : 'some',
        toggleAll: () =>
          set(count > 0 && rows.every(isSelected) ? nothing : { isAll: false, ids: new Set(rows.map(({ id }) => id)) }),
      },
      selectAll: () => set({ isAll: true, except: new Set() }),
      clear: () => set(nothing),
      given: chosen.isAll ? { filter: all } : { customerIds: ids },
      fits: !chosen.isAll || ids.length <= mostLeftOut,
    };
  }, [chosen, rows, matching, filter]);
}
