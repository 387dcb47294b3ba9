import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { speak } from '../lib/i18n.ts';

// jsdom has no layout and no media queries; the tables take their first size from the virtualizer's initialRect.
window.matchMedia = (query) =>
  ({ matches: false, media: query, onchange: null, addEventListener() {}, removeEventListener() {}, addListener() {}, removeListener() {}, dispatchEvent: () => false });

class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return [];
  }
}
Object.assign(window, { ResizeObserver: NoObserver, IntersectionObserver: NoObserver });
window.scrollTo = () => {};
Element.prototype.scrollTo = () => {};
Element.prototype.scrollIntoView = () => {};
HTMLElement.prototype.scrollTo = () => {};

beforeEach(async () => {
  localStorage.clear();
  await speak('en');
});
afterEach(cleanup);
