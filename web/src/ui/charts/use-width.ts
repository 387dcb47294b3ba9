import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** The width in CSS pixels that an element is given, also after changes. */
export function useWidth<Part extends HTMLElement>(): { box: RefObject<Part | null>; width: number } {
  const box = useRef<Part>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const part = box.current;
    if (part === null) return;
    const measure = (): void => setWidth(part.clientWidth);
    measure();
    const growth = new ResizeObserver(measure);
    growth.observe(part);
    return () => growth.disconnect();
  }, []);
  return { box, width };
}
