import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { speak } from '../lib/i18n.ts';

configure({ asyncUtilTimeout: 10_000 }); // a page and its dialogs come in parts, and the first test that asks for one waits for its compilation

// jsdom has no layout and no media queries: a wide window, in which a table sees its first rows.
Object.defineProperties(HTMLElement.prototype, {
  clientHeight: { configurable: true, get: () => 720 },
  clientWidth: { configurable: true, get: () => 1200 },
});
const matchMedia = (query: string) => ({
  matches: false,
  media: query,
  addEventListener() {},
  removeEventListener() {},
});

class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return [];
  }
}
Object.assign(window, { matchMedia, ResizeObserver: NoObserver, IntersectionObserver: NoObserver });
window.scrollTo = () => {};
Element.prototype.scrollTo = () => {};
Element.prototype.scrollIntoView = () => {};
HTMLElement.prototype.scrollTo = () => {};

beforeEach(async () => {
  localStorage.clear();
  localStorage.setItem('hub.session', 'somebody'); // has been here before
  await speak('en');
});
afterEach(cleanup);
