import {
  type CustomerStatus,
  renewsSoonDays,
  type StatusEntry,
  type StatusReason,
} from '@hub/contract/customer-statuses';
import type { CustomerRow } from '@hub/contract/customers';
import { productNames } from '@hub/contract/products';
import { daysUntil } from '../../lib/calendar.ts';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { GlyphName } from '../../ui/glyph.tsx';

/** Each status by its silhouette. Only what costs money or time stands on a ground. */
export const statusLooks: Record<CustomerStatus, { glyph: GlyphName; ground?: 'red' | 'over' | 'amber' }> = {
  suspended: { glyph: 'failed', ground: 'red' },
  license_overage: { glyph: 'warning', ground: 'over' },
  expired: { glyph: 'struck' },
  expires_soon: { glyph: 'quarter', ground: 'amber' },
  ready_for_order_setup: { glyph: 'diamond' },
  no_recent_activity: { glyph: 'dotted' },
  trial: { glyph: 'half' },
  subscription: { glyph: 'disc' },
};

export const statusWord = (status: CustomerStatus, t: Translate): string => t(`status.${status}`);

type Next = CustomerRow['next'];

const ago = (day: string, today: string): number => Math.max(0, daysUntil(day, today));
const ahead = (day: string, today: string): number => Math.max(0, daysUntil(today, day));

/** A renewal by itself is told of in its last days, beside Subscription: it never "expires soon". */
function renewal(next: Next, today: string): { days: number; reference: string } | null {
  if (next?.verb !== 'renews') return null;
  const days = ahead(next.on, today);
  return days <= renewsSoonDays ? { days, reference: next.reference } : null;
}

/** The few words beside the status: "unpaid for 12 days", "+14", "6 days left". Null where there is nothing to add. */
export function briefReason(
  { status, reasons }: StatusEntry,
  today: string,
  t: Translate,
  next: Next = null,
): string | null {
  const first = reasons[0];
  if (first === undefined) return null;
  switch (first.code) {
    case 'payment':
      return t('brief.payment', { days: ago(earliest(reasons), today) });
    case 'over':
      return t('brief.over', { over: reasons.reduce((sum, each) => sum + (each.code === 'over' ? each.over : 0), 0) });
    case 'ended':
      return t('brief.ended', { days: ago(first.on, today) });
    case 'ends': {
      const { of, on } =
        reasons.filter((each) => each.code === 'ends').toSorted((a, b) => (a.on < b.on ? -1 : 1))[0] ?? first;
      return t(of.kind === 'trial' ? 'brief.trialLeft' : 'brief.left', { days: ahead(on, today) });
    }
    case 'setup':
      return t('brief.setup', { orders: reasons.length });
    case 'inactive':
      return first.last === null ? t('brief.neverSignedIn') : t('brief.inactive', { days: ago(first.last, today) });
    case 'active': {
      if (status === 'subscription') {
        const renews = renewal(next, today);
        return renews === null ? null : t('brief.renews', { days: renews.days });
      }
      const until = earliestEnd(reasons);
      return until === null ? null : t('brief.left', { days: ahead(until, today) });
    }
  }
}

const earliest = (reasons: readonly StatusReason[]): string => reasons.map(({ since }) => since).toSorted()[0] ?? '';

function earliestEnd(reasons: readonly StatusReason[]): string | null {
  const ends = reasons.flatMap((each) => (each.code === 'active' && each.until !== null ? [each.until] : []));
  return ends.toSorted()[0] ?? null;
}

/** One reason as a sentence: "3 licenses over for Webex Calling on Sub-4711 for 12 days". */
export function reasonText(reason: StatusReason, today: string, t: Translate, f: Format): string {
  switch (reason.code) {
    case 'payment':
      return t(reason.state === 'suspended' ? 'why.payment_suspended' : 'why.past_due', {
        reference: reason.of.reference,
        days: ago(reason.since, today),
      });
    case 'over':
      return t('why.over', {
        over: reason.over,
        product: productNames[reason.product],
        reference: reason.of.reference,
        days: ago(reason.since, today),
      });
    case 'ended':
      return t('why.ended', { ...reason.of, days: ago(reason.on, today) });
    case 'ends':
      return t('why.ends', { ...reason.of, days: ahead(reason.on, today) });
    case 'setup':
      return t(setupSentence(reason.state), { reference: reason.of.reference, days: ago(reason.since, today) });
    case 'inactive':
      return reason.last === null ? t('why.neverSignedIn') : t('why.inactive', { days: ago(reason.last, today) });
    case 'active':
      return reason.until === null
        ? t('why.active', { ...reason.of })
        : t('why.activeUntil', { ...reason.of, date: f.date(reason.until) });
  }
}

function setupSentence(state: Extract<StatusReason, { code: 'setup' }>['state']) {
  return state === 'provisioning' || state === 'updating' || state === 'pending_rpl_review'
    ? (`why.setup.${state}` as const)
    : 'why.setup.pending_setup';
}

/** Every reason of a status, and the renewal that a subscription is about to make. */
export function reasonTexts(entry: StatusEntry, today: string, t: Translate, f: Format, next: Next = null): string[] {
  const renews = entry.status === 'subscription' ? renewal(next, today) : null;
  const texts = entry.reasons
    .map((reason) => withoutRenewed(reason, next))
    .filter((reason) => !(renews !== null && reason.code === 'active' && reason.of.reference === renews.reference))
    .map((reason) => reasonText(reason, today, t, f));
  return renews === null ? texts : [...texts, t('why.renews', renews)];
}

/** What renews by itself runs on: its day is the renewal's, not an end. */
function withoutRenewed(reason: StatusReason, next: Next): StatusReason {
  const isRenewed = next?.verb === 'renews' && reason.code === 'active' && reason.of.reference === next.reference;
  return isRenewed && reason.until === next.on ? { ...reason, until: null } : reason;
}

type Place = 'subscriptions' | 'trials' | 'contact';

/** The part of the customer page where a status is mended. */
const places: Record<CustomerStatus, Place> = {
  suspended: 'subscriptions',
  license_overage: 'subscriptions',
  expired: 'subscriptions',
  expires_soon: 'subscriptions',
  ready_for_order_setup: 'subscriptions',
  no_recent_activity: 'contact',
  trial: 'trials',
  subscription: 'subscriptions',
};

/** What to do about a status: its words, and the part of the customer page that leads there. */
export function nextAct({ status, reasons }: StatusEntry, t: Translate): { label: string; place: Place } {
  const first = reasons[0];
  const isOfTrial = first !== undefined && 'of' in first && first.of.kind === 'trial';
  return { label: t(`next.${status}`), place: isOfTrial ? 'trials' : places[status] };
}
