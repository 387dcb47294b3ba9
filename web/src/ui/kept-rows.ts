import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';

/** The rows of a range, and those that stay in the document wherever it is. */
export function withKept(range: Range, kept: readonly number[]): number[] {
  const there = kept.filter((index) => index >= 0 && index < range.count);
  return [...new Set([...defaultRangeExtractor(range), ...there])].toSorted((a, b) => a - b);
}
