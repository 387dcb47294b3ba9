import type { Product } from '@hub/contract/products';
import type { Line } from './lines.ts';

const told = new WeakMap<object, Map<string, unknown>>();

/** What follows from a list that is never changed, told once for as long as the list is remembered. A key stands for one kind of answer. */
export function toldOnce<Answer>(of: object, key: string, tell: () => Answer): Answer {
  const answers = told.get(of) ?? new Map<string, unknown>();
  told.set(of, answers);
  if (!answers.has(key)) answers.set(key, tell());
  return answers.get(key) as Answer; // put there under this key alone
}

export const linesOfProduct = (lines: readonly Line[], product: Product): readonly Line[] =>
  toldOnce(lines, `lines of ${product}`, () => lines.filter((line) => line.product === product));
