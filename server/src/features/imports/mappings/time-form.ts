import type { Conversion } from '@hub/contract/import-mappings';

export type TimeForm = Extract<Conversion, { kind: 'time' }>['form'];

/** Whether a time says of which zone it is. */
export const namesZone = (text: string): boolean => /(Z|UTC|[+-]\d\d:?\d\d)$/.test(text.trim());

/** In what form these are times or days; undefined where one of them is none. Of 3/4 nobody knows; the day first is what most of the world writes. */
export function timeForm(samples: readonly string[]): TimeForm | undefined {
  const texts = samples.map((text) => text.trim()).filter((text) => text !== '' && text !== '0');
  if (texts.length === 0) return undefined;
  const all = (pattern: RegExp): boolean => texts.every((text) => pattern.test(text));
  if (all(/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)/)) return 'iso';
  if (all(/^1\d{9}([.]\d+)?$/)) return 'epoch';
  if (all(/^1\d{12}$/)) return 'epoch_ms';
  if (!all(/^\d{1,2}[./-]\d{1,2}[./-]\d{4}/)) return undefined;
  return texts.some((text) => Number(text.split(/[./-]/)[1]) > 12) ? 'month_first' : 'day_first';
}

/** A day without a time. */
export const isDayAlone = (text: string): boolean => /^(\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})$/.test(text);

/** A time of a day. */
export const isClock = (text: string): boolean =>
  /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?( ?[ap][.]?m[.]?)?$/i.test(text);
