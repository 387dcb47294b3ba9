import type { HeldOrganization } from '@hub/contract/imports';
import { useState } from 'react';
import type { HeldFilter } from './queries.ts';

type Chosen = 'all' | ReadonlyMap<string, HeldOrganization>;

const none: Chosen = new Map<string, HeldOrganization>();
const keyOf = ({ region, orgUuid }: HeldOrganization): string => `${region} ${orgUuid}`;

/** What is chosen of the list under one filter; under another nothing is, so that "all" never means other rows than were seen. */
export function useHeldChoice(filter: HeldFilter, loaded: readonly HeldOrganization[]) {
  const [state, setState] = useState<{ filter: HeldFilter; chosen: Chosen }>({ filter, chosen: none });
  const chosen = state.filter === filter ? state.chosen : none;
  const set = (next: Chosen) => setState({ filter, chosen: next });
  const rows = chosen === 'all' ? [] : [...chosen.values()];
  return {
    isAll: chosen === 'all',
    rows,
    size: { organizations: rows.length, rows: rows.reduce((sum, held) => sum + held.rows, 0) },
    isChosen: (held: HeldOrganization): boolean => chosen === 'all' || chosen.has(keyOf(held)),
    /** Taking one out of "all" leaves those that are loaded. */
    choose: (held: HeldOrganization, isChosen: boolean) => {
      const next = new Map(chosen === 'all' ? loaded.map((row) => [keyOf(row), row] as const) : chosen);
      if (isChosen) next.set(keyOf(held), held);
      else next.delete(keyOf(held));
      set(next);
    },
    chooseAll: () => set('all'),
    clear: () => set(none),
  };
}
