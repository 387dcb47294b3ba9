import { type Key, useEffect, useMemo, useState } from 'react';

/** A row costs some milliseconds, and whoever scrolls shall not notice it: so many of them a frame. */
const rowsAFrame = 3;
const nothing: ReadonlySet<Key> = new Set();

/**
 * Which of these rows are drawn by now, given those that are wanted, the most urgent first: after a jump a few at a time, the others in
 * the frames that follow. What was drawn stays so while it is wanted.
 */
export function useDrawnSoon(wanted: readonly Key[]): ReadonlySet<Key> {
  const [before, setBefore] = useState(nothing);
  const drawn = useMemo(() => {
    const all = new Set(wanted);
    const coming = [...all].filter((key) => !before.has(key)).slice(0, rowsAFrame);
    return coming.length === 0 && all.size === before.size
      ? before
      : new Set([...[...all].filter((key) => before.has(key)), ...coming]);
  }, [wanted, before]);
  useEffect(() => {
    if (drawn === before) return undefined;
    const frame = requestAnimationFrame(() => setBefore(drawn));
    return () => cancelAnimationFrame(frame);
  }, [drawn, before]);
  return drawn;
}
