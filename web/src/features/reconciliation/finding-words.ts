import type { Money } from '@hub/contract/reconciliation';
import type { Finding } from '@hub/contract/reconciliation-rules';
import type { Format } from '../../lib/format.ts';
import type { GlyphName } from '../../ui/glyph.tsx';

export const findingGlyphs: Record<Finding, GlyphName> = {
  bought_not_billed: 'failed',
  billed_less: 'falling',
  assigned_beyond_billed: 'warning',
  billed_not_bought: 'cross',
  billed_more: 'late',
  not_comparable: 'dotted',
  agreement: 'done',
};

/** With a plus where too much is billed. */
export const signedMoney = ({ amount, currency }: Money, f: Format): string =>
  `${/^[^-]*[1-9]/.test(amount) ? '+' : ''}${f.money(amount, currency)}`;
