import type { Translate } from './i18n.ts';

/** "9 s", "4 min 10 s", "2 h 5 min". */
export function durationText(seconds: number, t: Translate): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return t('duration.seconds', { s: whole });
  if (whole < 3600) return t('duration.minutes', { m: Math.floor(whole / 60), s: whole % 60 });
  return t('duration.hours', { h: Math.floor(whole / 3600), m: Math.floor((whole % 3600) / 60) });
}
