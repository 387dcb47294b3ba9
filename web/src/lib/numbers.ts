import type { Language } from '@hub/contract/sessions';

const locales: Record<Language, string> = { en: 'en-US', bg: 'bg', ko: 'ko' };
const minus = (text: string): string => text.replace('-', '\u2212');

/** Numbers of metrics in one language: whole, with decimals, short for an axis, and as a change with its sign. */
export interface Numbers {
  fixed: (value: number, digits: number) => string;
  compact: (value: number) => string;
  signed: (value: number, digits: number) => string;
}

export function numbersFor(language: Language): Numbers {
  const locale = locales[language];
  const decimals = (digits: number) => ({ minimumFractionDigits: digits, maximumFractionDigits: digits });
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 2 });
  return {
    fixed: (value, digits) => minus(new Intl.NumberFormat(locale, decimals(digits)).format(value)),
    compact: (value) => minus(compact.format(value)).replace(/K$/, 'k'),
    signed: (value, digits) => {
      const text = new Intl.NumberFormat(locale, { ...decimals(digits), signDisplay: 'exceptZero' }).format(value);
      return /[1-9]/.test(text) ? minus(text) : `\u00B1${text}`;
    },
  };
}
