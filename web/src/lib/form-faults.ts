import type { Translate } from './i18n.ts';

/**
 * The words of a field's fault. A schema tells it by a code: required, number, positive, date, reversed, twice, long, domain, email; whatever has
 * no code lacks a value.
 */
export function faultText(fault: { message?: string | undefined } | undefined, t: Translate): string | null {
  if (fault === undefined) return null;
  switch (fault.message ?? '') {
    case 'number':
      return t('form.fault.number');
    case 'positive':
      return t('form.fault.positive');
    case 'date':
      return t('form.fault.date');
    case 'reversed':
      return t('form.fault.reversed');
    case 'twice':
      return t('form.fault.twice');
    case 'long':
      return t('form.fault.long');
    case 'domain':
      return t('form.fault.domain');
    case 'email':
      return t('error.invalidEmail');
    default:
      return t('error.required');
  }
}
