import { useStored } from './stored.ts';

export interface TableChoices {
  hidden: readonly string[];
  setHidden: (hidden: readonly string[]) => void;
  isDense: boolean;
  setIsDense: (isDense: boolean) => void;
  reset: () => void;
}

/** Hidden columns and density of a table, kept in this browser under its name. */
export function useTableChoices(table: string, hiddenAtFirst: readonly string[]): TableChoices {
  // Nothing chosen is kept as null: what is hidden at first may hang on the room there is.
  const [chosen, setHidden] = useStored(`hub.${table}.hidden`, (value): readonly string[] | null =>
    Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : null,
  );
  const [isDense, setIsDense] = useStored(`hub.${table}.dense`, (value) => value === true);
  return {
    hidden: chosen ?? hiddenAtFirst,
    setHidden,
    isDense,
    setIsDense,
    reset: () => setHidden(null),
  };
}
