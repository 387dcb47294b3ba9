import { act, fireEvent, renderHook, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { isRush, type Move, useIsRushing } from './use-is-rushing.ts';

const every = (milliseconds: number, pixels: number, count: number): Move[] =>
  Array.from({ length: count }, (_, turn) => ({ at: turn * milliseconds, pixels }));
const at = (moves: readonly Move[], later = 0) => ({ now: (moves.at(-1)?.at ?? 0) + later, screen: 700 });

test('a wheel that takes screenfuls by is a rush, one at which people read is none', () => {
  const fast = every(30, 1500, 20);
  expect(isRush(fast, at(fast))).toBe(true);
  const frames = every(16, 180, 60);
  expect(isRush(frames, at(frames))).toBe(true);
  const notches = every(30, 100, 20);
  expect(isRush(notches, at(notches))).toBe(false);
  const arrowHeld = every(33, 36, 40);
  expect(isRush(arrowHeld, at(arrowHeld))).toBe(false);
});

test('one jump is none, wherever it leads; a rush ends with a pause, and when it slows', () => {
  expect(isRush(every(30, 300_000, 1), { now: 0, screen: 700 })).toBe(false);
  const fast = every(30, 1500, 20);
  expect(isRush(fast, at(fast, 60))).toBe(true);
  expect(isRush(fast, at(fast, 80))).toBe(false);
  const slowing = [...fast, ...every(30, 60, 5).map(({ at: moment, pixels }) => ({ at: 600 + moment, pixels }))];
  expect(isRush(slowing, at(slowing))).toBe(false);
});

test('the hook tells the rush while it lasts, and its end without another movement', async () => {
  const place = document.createElement('div'); // 720 px high (testing/set-up.ts)
  const scroller = () => place;
  const { result } = renderHook(() => useIsRushing(scroller));
  const scrollTo = (top: number): void => {
    place.scrollTop = top;
    fireEvent.scroll(place);
  };
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now()); // however slow this machine is
  act(() => scrollTo(100_000));
  expect(result.current).toBe(false);
  act(() => scrollTo(50_000)); // back: what counts is the way
  expect(result.current).toBe(true);
  clock.mockRestore();
  await waitFor(() => expect(result.current).toBe(false));
  act(() => scrollTo(50_100));
  expect(result.current).toBe(false);
});
