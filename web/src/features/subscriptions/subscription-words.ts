import type { PaymentState, SetupState } from '@hub/contract/customer-statuses';
import type { Subscription } from '@hub/contract/subscriptions';
import { daysUntil } from '../../lib/calendar.ts';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { GlyphName } from '../../ui/glyph.tsx';

type Dates = Pick<Subscription, 'startsOn' | 'endsOn'>;

/** It runs on both of its days. */
export function isActive({ startsOn, endsOn }: Dates, today: string): boolean {
  return startsOn <= today && (endsOn === null || today <= endsOn);
}

/** What comes next of it: its beginning, its renewal, its end, or that it has ended. */
export function nextText(
  { startsOn, endsOn, autoRenews }: Dates & { autoRenews: boolean },
  today: string,
  t: Translate,
  f: Format,
): string {
  if (today < startsOn) return t('subs.begins', { date: f.date(startsOn), days: daysUntil(today, startsOn) });
  if (endsOn === null) return t('subs.endless');
  const days = daysUntil(today, endsOn);
  if (days < 0) return t('subs.ended', { date: f.date(endsOn), days: -days });
  return t(autoRenews ? 'subs.renews' : 'subs.ends', { date: f.date(endsOn), days });
}

export function runText({ startsOn, endsOn }: Dates, t: Translate, f: Format): string {
  return endsOn === null ? t('subs.from', { date: f.date(startsOn) }) : f.dateRange(startsOn, endsOn);
}

export const paymentGlyphs: Record<PaymentState, GlyphName> = {
  current: 'done',
  past_due: 'warning',
  suspended: 'paused',
};

export const setupGlyphs: Record<SetupState, GlyphName> = {
  provisioned: 'done',
  pending_setup: 'late',
  provisioning: 'running',
  updating: 'running',
  pending_rpl_review: 'late',
  error: 'failed',
  provisioned_with_errors: 'warning',
};
