import { useLocation } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef } from 'react';

/** For a part that an address can name after its #: it comes into view, and takes the focus, when it is drawn. */
export function useHashPlace<Part extends HTMLElement>(
  name: string,
): { place: RefObject<Part | null>; isNamed: boolean } {
  const place = useRef<Part>(null);
  const isNamed = useLocation({ select: ({ hash }) => hash === name });
  useEffect(() => {
    if (!isNamed) return;
    place.current?.scrollIntoView({ block: 'center' });
    place.current?.focus({ preventScroll: true });
  }, [isNamed]);
  return { place, isNamed };
}
