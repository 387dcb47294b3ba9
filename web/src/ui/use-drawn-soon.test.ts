import { renderHook, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useDrawnSoon } from './use-drawn-soon.ts';

const rows = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `row ${from + index}`);

test('many rows at once are drawn a few at a time, the first ones first, and then all', async () => {
  const seen: number[] = [];
  const wanted = rows(0, 20);
  const { result } = renderHook(() => {
    const drawn = useDrawnSoon(wanted);
    seen.push(drawn.size);
    return drawn;
  });
  expect([...result.current]).toEqual(rows(0, 5));
  await waitFor(() => expect(result.current.size).toBe(20));
  expect(Math.max(...seen.map((size, index) => size - (seen[index - 1] ?? 5)))).toBe(2);
});

test('rows that stay in view stay drawn, those that left are forgotten', async () => {
  const { result, rerender } = renderHook(({ wanted }) => useDrawnSoon(wanted), {
    initialProps: { wanted: rows(0, 8) },
  });
  await waitFor(() => expect(result.current.size).toBe(8));
  rerender({ wanted: rows(3, 8) });
  expect(result.current).toEqual(new Set(rows(3, 7)));
  await waitFor(() => expect(result.current.size).toBe(8));
  rerender({ wanted: rows(100, 30) });
  expect(result.current.size).toBe(2);
  await waitFor(() => expect(result.current.size).toBe(30));
});

test('a row that is named twice does not keep the frames busy', async () => {
  let renders = 0;
  const wanted = [...rows(0, 3), 'row 1'];
  const { result } = renderHook(() => {
    renders += 1;
    return useDrawnSoon(wanted);
  });
  await waitFor(() => expect(result.current.size).toBe(3));
  await new Promise((resolve) => void setTimeout(resolve, 100));
  const settled = renders;
  await new Promise((resolve) => void setTimeout(resolve, 200));
  expect(renders).toBe(settled);
});
