import { useEffect, useRef } from 'react';

/** Rows that answer another question begin with the first one, wherever the former ones had been scrolled to. */
export function useFromTheTop(asked: string, scroller: () => Element | null): void {
  const before = useRef(asked);
  useEffect(() => {
    if (before.current === asked) return;
    before.current = asked;
    const place = scroller();
    if (place !== null) place.scrollTop = 0;
  }, [asked, scroller]);
}
