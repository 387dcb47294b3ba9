import { useLocation } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useRef } from 'react';

const places = new Map<string, number>();

/** Whoever comes back by the browser's history finds the rows where they were left, as far as they are still loaded. */
export function useScrollMemory(scroller: () => Element | null): void {
  const { state, pathname } = useLocation();
  const entry = state.__TSR_key ?? '';
  const shown = useRef({ entry, pathname });
  useLayoutEffect(() => {
    const place = scroller();
    const visit = shown.current;
    const left = places.get(visit.entry) ?? 0;
    if (place !== null && left > 0) place.scrollTop = left;
    return () => void places.set(visit.entry, place?.scrollTop ?? 0);
  }, [scroller]);
  // Another question on the same page is another entry of the history; another page's is known before this one has gone.
  useEffect(() => {
    if (shown.current.pathname === pathname) shown.current.entry = entry;
  }, [entry, pathname]);
}
