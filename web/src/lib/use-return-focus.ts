import { useEffect, useState } from 'react';

/** For what opens over the page and is taken away when it closes: the focus goes back to where it was, unless it went elsewhere meanwhile. */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (!isLost) return;
      const isThere = before instanceof HTMLElement && before !== document.body && before.isConnected;
      const place = isThere ? before : nextPlace();
      place?.focus({ preventScroll: true });
    },
    [before],
  );
}

/** Where a keyboard goes on when what it came from is gone: the row of the table that it was in, or the page. */
export const nextPlace = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('#content [role="grid"] [tabindex="0"]') ?? document.getElementById('content');
