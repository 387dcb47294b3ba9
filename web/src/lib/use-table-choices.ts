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
  const [hidden, setHidden] = useStored(`hub.${table}.hidden`, (value): readonly string[] =>
    Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : hiddenAtFirst,
  );
  const [isDense, setIsDense] = useStored(`hub.${table}.dense`, (value) => value === true);
  return {
    hidden,
    setHidden,
    isDense,
    setIsDense,
    reset: () => setHidden(hiddenAtFirst),
  };
}
