import { afterEach, beforeEach, expect, test } from 'vitest';
import { leaveToast, watchToastFocus } from './toast-focus.ts';

let stop = () => {};
beforeEach(() => {
  document.body.innerHTML =
    '<main id="content" tabindex="-1"><input id="field"></main><div class="toast"><button id="undo"></button><button></button></div>';
  stop = watchToastFocus();
});
afterEach(() => stop());

const active = () => document.activeElement?.id;
const press = (key: string) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  (document.activeElement ?? document.body).dispatchEvent(event);
  return event.defaultPrevented;
};

test('F6 leads to what a toast offers, and back', () => {
  document.getElementById('field')?.focus();
  expect(press('F6')).toBe(true);
  expect(active()).toBe('undo');
  press('F6');
  expect(active()).toBe('field');
});

test('who leaves a toast comes to the page where his place is gone', () => {
  document.getElementById('field')?.focus();
  press('F6');
  document.getElementById('field')?.remove();
  leaveToast();
  expect(active()).toBe('content');
});

test('without a toast F6 is left to the browser', () => {
  document.querySelector('.toast')?.remove();
  expect(press('F6')).toBe(false);
});
