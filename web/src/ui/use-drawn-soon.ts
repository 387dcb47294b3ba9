import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** A row costs some milliseconds, and whoever scrolls shall not notice it: so many of them at once, */
const rowsAtOnce = 2;
/** Nothing moves yet when a list opens. */
const rowsAtFirst = 5;
/** and again as long as this much of a frame has not passed. The browser needs as long again to lay them out and paint them. */
const millisecondsAFrame = 5;

interface Drawing {
  wanted: readonly string[];
  drawn: ReadonlySet<string>;
  isWhole: boolean;
  hasBegun: boolean;
}

/**
 * Which of these rows are drawn by now, given those that are wanted, the most urgent first: after a jump a few at a time, the others in
 * the frames that follow. What was drawn stays so while it is wanted.
 */
export function useDrawnSoon(wanted: readonly string[]): ReadonlySet<string> {
  const [drawing, setDrawing] = useState<Drawing>({ wanted: [], drawn: new Set(), isWhole: true, hasBegun: false });
  const now = drawing.wanted === wanted ? drawing : next(drawing, wanted);
  if (now !== drawing) setDrawing(now);
  const isWhole = useRef(true);
  useEffect(() => {
    isWhole.current = now.isWhole;
    if (now.isWhole) return undefined;
    // Within the frame: rows that came between two frames would be laid out once more when the list is scrolled.
    const frame = requestAnimationFrame(() => {
      const began = performance.now();
      do flushSync(() => setDrawing((before) => next(before, before.wanted)));
      while (!isWhole.current && performance.now() - began < millisecondsAFrame);
    });
    return () => cancelAnimationFrame(frame);
  }, [now]);
  return now.drawn;
}

function next({ drawn, hasBegun }: Drawing, wanted: readonly string[]): Drawing {
  const all = [...new Set(wanted)];
  const missing = all.filter((key) => !drawn.has(key));
  const count = hasBegun ? rowsAtOnce : rowsAtFirst;
  const coming = new Set(missing.slice(0, count));
  return {
    wanted,
    drawn: new Set(all.filter((key) => drawn.has(key) || coming.has(key))),
    isWhole: missing.length <= count,
    hasBegun: hasBegun || all.length > 0,
  };
}
