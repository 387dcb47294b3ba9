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

const latelyAtMost = 8; // orders of sections, of up to 100,000 rows each
const lately = new WeakMap<object, Map<string, unknown>>();

/** The same of what there are many kinds of: the latest ones are remembered. */
export function toldLately<Answer>(of: object, key: string, tell: () => Answer): Answer {
  const answers = lately.get(of) ?? new Map<string, unknown>();
  lately.set(of, answers);
  const answer = answers.has(key) ? (answers.get(key) as Answer) : tell(); // put there under this key alone
  answers.delete(key);
  answers.set(key, answer);
  const [oldest] = answers.keys();
  if (answers.size > latelyAtMost && oldest !== undefined) answers.delete(oldest);
  return answer;
}

const none: readonly Line[] = [];

export const linesOfProduct = (lines: readonly Line[], product: Product): readonly Line[] =>
  toldOnce(lines, 'by product', () => Map.groupBy(lines, (line) => line.product)).get(product) ?? none;
