import { onTestFinished, vi } from 'vitest';

/** A window of 390 px until the test ends: its media queries hold, and a list that scrolls with the page has a height. */
export function onPhone(): void {
  const none = (): void => {};
  const media = vi.spyOn(window, 'matchMedia').mockImplementation((query) => {
    const [, most = '0'] = /max-width: (\d+)px/.exec(query) ?? [];
    return {
      matches: Number(most) >= 390,
      media: query,
      onchange: null,
      addListener: none,
      removeListener: none,
      addEventListener: none,
      removeEventListener: none,
      dispatchEvent: () => true,
    };
  });
  const height = vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(720);
  onTestFinished(() => {
    media.mockRestore();
    height.mockRestore();
  });
}
