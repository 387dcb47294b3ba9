import { useCallback, useSyncExternalStore } from 'react';

const changed = new EventTarget();
const cache = new Map<string, { raw: string | null; value: unknown }>();

function read(key: string): unknown {
  const raw = localStorage.getItem(key);
  const known = cache.get(key);
  if (known?.raw === raw) return known.value;
  let value: unknown;
  try {
    value = raw === null ? undefined : JSON.parse(raw);
  } catch {
    value = undefined; // written by hand or by another version
  }
  cache.set(key, { raw, value });
  return value;
}

/** A choice of this person in this browser. `parse` answers the fallback for whatever it does not know. */
export function useStored<T>(key: string, parse: (value: unknown) => T): [T, (value: T) => void] {
  const subscribe = useCallback(
    (notify: () => void) => {
      changed.addEventListener(key, notify);
      return () => changed.removeEventListener(key, notify);
    },
    [key],
  );
  const value = useSyncExternalStore(subscribe, () => read(key));
  const store = useCallback(
    (next: T) => {
      localStorage.setItem(key, JSON.stringify(next));
      changed.dispatchEvent(new Event(key));
    },
    [key],
  );
  return [parse(value), store];
}
