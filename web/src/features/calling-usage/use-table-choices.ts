import { useStored } from '../../lib/stored.ts';

const hiddenAtFirst: readonly string[] = ['orgUuid'];

const textList = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : hiddenAtFirst;

interface TableChoices {
  hidden: readonly string[];
  setHidden: (hidden: readonly string[]) => void;
  isDense: boolean;
  setIsDense: (isDense: boolean) => void;
  reset: () => void;
}

/** Hidden columns and density, kept in this browser. */
export function useTableChoices(): TableChoices {
  const [hidden, setHidden] = useStored('hub.usage.hidden', textList);
  const [isDense, setIsDense] = useStored('hub.usage.dense', (value) => value === true);
  return {
    hidden,
    setHidden,
    isDense,
    setIsDense,
    reset: () => setHidden(hiddenAtFirst),
  };
}
