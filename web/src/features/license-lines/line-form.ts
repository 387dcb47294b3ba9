import { Product, productNames } from '@hub/contract/products';
import type { LicenseLine } from '@hub/contract/subscriptions';
import { z } from 'zod';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';

const most = 10_000_000;
const count = z
  .string()
  .trim()
  .regex(/^\d{1,8}$/, 'number')
  .refine((text) => Number(text) <= most, 'number');

/** Lines as they are typed; an empty assignment is one that is not known. */
export const LineForms = z
  .array(z.object({ product: Product, ordered: count, assigned: z.union([z.string().trim().length(0), count]) }))
  .superRefine((lines, context) => {
    for (const [index, { product }] of lines.entries()) {
      if (lines.findIndex((line) => line.product === product) < index)
        context.addIssue({ code: 'custom', message: 'twice', path: [index, 'product'] });
    }
  });
export type LineForms = z.input<typeof LineForms>;

export function formLines(lines: readonly LicenseLine[]): LineForms {
  return lines.map(({ product, ordered, assigned }) => ({
    product,
    ordered: String(ordered),
    assigned: assigned === null ? '' : String(assigned),
  }));
}

export function termLines(lines: LineForms): LicenseLine[] {
  return lines.map(({ product, ordered, assigned }) => ({
    product,
    ordered: Number(ordered),
    assigned: assigned.trim() === '' ? null : Number(assigned),
  }));
}

/** "Webex Calling: 40 assigned of 60", a line after the other. */
export function linesText(lines: LineForms, t: Translate, f: Format): string {
  return f.list(
    lines.map(({ product, ordered, assigned }) =>
      assigned.trim() === ''
        ? t('lines.ordered', { product: productNames[product], ordered })
        : t('lines.assignedOf', { product: productNames[product], ordered, assigned }),
    ),
  );
}
