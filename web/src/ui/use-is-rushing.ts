import { useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Nobody reads rows of which so many screenfuls go by at a glance. */
const screensAGlance = 1.5;
const glanceMilliseconds = 125;
/** Between two turns of a wheel passes less: after it the rows have come to rest. */
const pauseMilliseconds = 70;

export interface Move {
  at: number;
  pixels: number;
}

/** Whether moves that go on at `now` (milliseconds) took more by at a glance than is read: screens of `screen` pixels. One alone is a jump, and ends where it leads. */
export function isRush(moves: readonly Move[], { now, screen }: { now: number; screen: number }): boolean {
  const latest = moves.filter(({ at }) => at > now - glanceMilliseconds);
  const isGoingOn = latest.some(({ at }) => at > now - pauseMilliseconds);
  return (
    isGoingOn && latest.length > 1 && latest.reduce((sum, { pixels }) => sum + pixels, 0) > screen * screensAGlance
  );
}

/** Whether rows go by faster than anybody reads: there is no use in drawing them before it has ended. */
export function useIsRushing(scroller: () => Element | null): boolean {
  const [isRushing, setIsRushing] = useState(false);
  // Before the virtualizer listens: it draws at once what its own listener finds.
  useLayoutEffect(() => {
    const place = scroller();
    if (place === null) return undefined;
    let moves: Move[] = [];
    let top = place.scrollTop;
    let frame: number | undefined;
    const goesOn = (): boolean => isRush(moves, { now: performance.now(), screen: place.clientHeight });
    const look = (): void => {
      frame = goesOn() ? requestAnimationFrame(look) : undefined;
      if (frame !== undefined) return;
      moves = [];
      setIsRushing(false);
    };
    const onScroll = (): void => {
      const at = performance.now();
      moves = [
        ...moves.filter((move) => move.at > at - glanceMilliseconds),
        { at, pixels: Math.abs(place.scrollTop - top) },
      ];
      top = place.scrollTop;
      if (frame !== undefined || !goesOn()) return;
      frame = requestAnimationFrame(look);
      flushSync(() => setIsRushing(true));
    };
    place.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      place.removeEventListener('scroll', onScroll);
      if (frame !== undefined) cancelAnimationFrame(frame);
      setIsRushing(false);
    };
  }, [scroller]);
  return isRushing;
}
