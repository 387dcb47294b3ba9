import {
  CustomerStatus,
  type FailedSetup,
  renewsSoonDays,
  type SetupFailure,
  type StatusEntry,
  type StatusReason,
} from '@hub/contract/customer-statuses';
import type { CustomerRow } from '@hub/contract/customers';
import { productNames } from '@hub/contract/products';
import { daysUntil } from '../../lib/calendar.ts';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { GlyphName } from '../../ui/glyph.tsx';
import { anomalyBrief, type AnomalyReason, type AnomalySign, anomalySigns, anomalyText } from './anomaly-words.ts';

/** What is told of a customer with a badge: its statuses, and beside them an order whose setup went wrong and what stands out in its calling. */
export type Sign = StatusEntry | (FailedSetup & { status: 'failed_setup' }) | AnomalySign;
type Reason = StatusReason | SetupFailure | AnomalyReason;

/** Highest first; what went wrong in a setup stands before an order that waits for one, and anomalies of calling behind it. */
export function signsOf(row: Pick<CustomerRow, 'statuses' | 'failedSetup' | 'anomalies'>): Sign[] {
  const { statuses, failedSetup } = row;
  const before = (status: CustomerStatus): StatusEntry[] =>
    statuses.filter((entry) => CustomerStatus.options.indexOf(entry.status) < CustomerStatus.options.indexOf(status));
  const [higher, waiting] = [before('ready_for_order_setup'), before('no_recent_activity')];
  return [
    ...higher,
    ...(failedSetup === null ? [] : [{ ...failedSetup, status: 'failed_setup' as const }]),
    ...waiting.slice(higher.length),
    ...anomalySigns(row),
    ...statuses.slice(waiting.length),
  ];
}

/** Each status by its silhouette. Only what costs money or time stands on a ground. */
export const statusLooks: Record<Sign['status'], { glyph: GlyphName; ground?: 'red' | 'over' | 'amber' }> = {
  suspended: { glyph: 'paused', ground: 'red' },
  license_overage: { glyph: 'warning', ground: 'over' },
  expired: { glyph: 'struck' },
  expires_soon: { glyph: 'quarter', ground: 'amber' },
  failed_setup: { glyph: 'cross' },
  ready_for_order_setup: { glyph: 'diamond' },
  quality_spike: { glyph: 'zigzag' },
  falling_use: { glyph: 'falling' },
  no_recent_activity: { glyph: 'dotted' },
  trial: { glyph: 'half' },
  subscription: { glyph: 'disc' },
};

export const statusWord = (status: Sign['status'], t: Translate): string => t(`status.${status}`);

/** In a dense table. */
export const shortStatusWord = (status: Sign['status'], t: Translate): string =>
  status === 'ready_for_order_setup' ? t('status.ready_for_order_setup.short') : statusWord(status, t);

type Next = CustomerRow['next'];

const ago = (day: string, today: string): number => Math.max(0, daysUntil(day, today));
const ahead = (day: string, today: string): number => Math.max(0, daysUntil(today, day));

/** A renewal by itself is told of in its last days, beside Subscription: it never "expires soon". */
function renewal(next: Next, today: string): { days: number; reference: string | null } | null {
  if (next?.verb !== 'renews') return null;
  const days = ahead(next.on, today);
  return days <= renewsSoonDays ? { days, reference: next.reference } : null;
}

/** The few words beside the status: "unpaid for 12 days", "+14", "6 days left". Null where there is nothing to add. */
export function briefReason(
  { status, reasons: given }: Sign,
  today: string,
  t: Translate,
  next: Next = null,
): string | null {
  const reasons: readonly Reason[] = given;
  const first = reasons[0];
  if (first === undefined) return null;
  switch (first.code) {
    case 'payment':
      return t('brief.payment', { days: ago(earliest(reasons), today) });
    case 'over': {
      const over = reasons.reduce((sum, each) => sum + (each.code === 'over' ? (each.over ?? 0) : 0), 0);
      return over === 0 ? null : t('brief.over', { over });
    }
    case 'ended':
      return t('brief.ended', { days: ago(first.on, today) });
    case 'ends': {
      const { of, on } =
        reasons.filter((each) => each.code === 'ends').toSorted((a, b) => (a.on < b.on ? -1 : 1))[0] ?? first;
      return t(of.kind === 'trial' ? 'brief.trialLeft' : 'brief.left', { days: ahead(on, today) });
    }
    case 'setup':
      return t('brief.setup', { orders: reasons.length });
    case 'setup_failed':
      return reasons.length === 1 ? null : t('brief.setup', { orders: reasons.length });
    case 'anomaly':
      return anomalyBrief(first, t);
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

const earliest = (reasons: readonly Reason[]): string => reasons.map(({ since }) => since).toSorted()[0] ?? '';

function earliestEnd(reasons: readonly Reason[]): string | null {
  const ends = reasons.flatMap((each) => (each.code === 'active' && each.until !== null ? [each.until] : []));
  return ends.toSorted()[0] ?? null;
}

/**
 * One reason as a sentence: "3 licenses over for Webex Calling on Sub-4711 for 12 days". Whoever may not see subscriptions reads of "a
 * subscription" instead.
 */
export function reasonText(reason: Reason, today: string, t: Translate, f: Format): string {
  if (reason.code === 'anomaly') return anomalyText(reason, t, f);
  if (reason.code === 'inactive')
    return reason.last === null ? t('why.neverSignedIn') : t('why.inactive', { days: ago(reason.last, today) });
  const { kind, reference } = reason.of;
  if (reference !== null) return sentence({ ...reason, named: reference, of: { kind, reference } }, today, t, f);
  // The sentences that name the kind themselves need nothing more.
  const text = sentence({ ...reason, named: t('why.unnamed', { kind }), of: { kind, reference: '' } }, today, t, f);
  return begun(text.replace(/\s+(?=[\s,.])/gu, ''));
}

const begun = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

type Told = Exclude<Reason, { code: 'inactive' | 'anomaly' }> & {
  /** What the contract is called in the middle of a sentence. */
  named: string;
  of: { kind: 'subscription' | 'trial'; reference: string };
};

function sentence(reason: Told, today: string, t: Translate, f: Format): string {
  const { named: reference } = reason;
  switch (reason.code) {
    case 'payment':
      return t(reason.state === 'suspended' ? 'why.payment_suspended' : 'why.past_due', {
        reference,
        days: ago(reason.since, today),
      });
    case 'over': {
      const told = { product: productNames[reason.product], days: ago(reason.since, today) };
      return reason.over === null
        ? t('why.over.unnumbered', told)
        : t('why.over', { ...told, over: reason.over, reference });
    }
    case 'ended':
      return t('why.ended', { ...reason.of, days: ago(reason.on, today) });
    case 'ends':
      return t('why.ends', { ...reason.of, days: ahead(reason.on, today) });
    case 'setup':
      return t(setupSentence(reason.state), { reference, days: ago(reason.since, today) });
    case 'setup_failed': {
      const text = t(`why.setup.${reason.state}`, { reference, days: ago(reason.since, today) });
      return reason.note === null ? text : t('why.provider', { reason: text, text: reason.note });
    }
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
export function reasonTexts(entry: Sign, today: string, t: Translate, f: Format, next: Next = null): string[] {
  const renews = entry.status === 'subscription' ? renewal(next, today) : null;
  const reasons: readonly Reason[] = entry.reasons;
  const texts = reasons
    .filter((reason) => renews === null || !isRenewed(reason, next))
    // What renews by itself runs on: its day is the renewal's, not an end.
    .map((reason) => (isRenewed(reason, next) ? { ...reason, until: null } : reason))
    .map((reason) => reasonText(reason, today, t, f));
  // Without references one sentence may stand for several.
  const told = [...new Set(texts)];
  if (renews === null) return told;
  const reference = renews.reference ?? t('why.unnamed', { kind: 'subscription' });
  return [...told, begun(t('why.renews', { ...renews, reference }))];
}

const isRenewed = (reason: Reason, next: Next): boolean =>
  next?.verb === 'renews' &&
  reason.code === 'active' &&
  reason.of.reference === next.reference &&
  reason.until === next.on;

type Place = 'subscriptions' | 'trials' | 'calling' | 'contact';

/** The part of the customer page where a status is mended. */
const places: Record<Sign['status'], Place> = {
  suspended: 'subscriptions',
  license_overage: 'subscriptions',
  expired: 'subscriptions',
  expires_soon: 'subscriptions',
  failed_setup: 'subscriptions',
  ready_for_order_setup: 'subscriptions',
  quality_spike: 'calling',
  falling_use: 'calling',
  no_recent_activity: 'contact',
  trial: 'trials',
  subscription: 'subscriptions',
};

/** What to do about a status: its words, and the part of the customer page that leads there. */
export function nextAct({ status, reasons }: Sign, t: Translate): { label: string; place: Place } {
  const first = reasons[0];
  const isOfTrial = first !== undefined && 'of' in first && first.of.kind === 'trial';
  return { label: t(`next.${status}`), place: isOfTrial ? 'trials' : places[status] };
}
