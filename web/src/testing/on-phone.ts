import { onTestFinished, vi } from 'vitest';

/** A window of 390 px until the test ends: its media queries hold, and a list that scrolls with the page has a height. */
export function onPhone(): void {
  // As set-up.ts does: a browser's window has it, jsdom's does not.
  const before = window.matchMedia;
  const none = (): void => {};
  Object.assign(window, {
    matchMedia: (query: string) => {
      const [, most = '0'] = /max-width: (\d+)px/.exec(query) ?? [];
      return { matches: Number(most) >= 390, media: query, addEventListener: none, removeEventListener: none };
    },
  });
  const height = vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(720);
  onTestFinished(() => {
    Object.assign(window, { matchMedia: before });
    height.mockRestore();
  });
}
