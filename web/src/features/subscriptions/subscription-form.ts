import { PaymentState, SetupState } from '@hub/contract/customer-statuses';
import { CalendarDate } from '@hub/contract/ids';
import type { Subscription, SubscriptionTerms } from '@hub/contract/subscriptions';
import { z } from 'zod';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { ConflictField } from '../../ui/use-conflict.ts';
import { formLines, LineForms, linesText, termLines } from '../license-lines/index.ts';

const date = z.string().refine((text) => CalendarDate.safeParse(text).success, 'date');

/** A subscription as it is typed. */
export const SubscriptionForm = z
  .object({
    reference: z.string().trim().min(1, 'required').max(100, 'long'),
    lines: LineForms,
    startsOn: date,
    isEndless: z.boolean(),
    endsOn: z.string(),
    termMonths: z
      .string()
      .trim()
      .regex(/^\d{0,3}$/, 'number')
      .refine((text) => text === '' || (Number(text) >= 1 && Number(text) <= 120), 'number'),
    autoRenews: z.boolean(),
    paymentState: PaymentState,
    setupState: SetupState,
    setupNote: z.string().trim().max(500, 'long'),
  })
  .superRefine(({ startsOn, endsOn, isEndless }, context) => {
    if (isEndless) return;
    const message = !CalendarDate.safeParse(endsOn).success ? 'date' : endsOn < startsOn ? 'reversed' : null;
    if (message !== null) context.addIssue({ code: 'custom', message, path: ['endsOn'] });
  });
export type SubscriptionForm = z.input<typeof SubscriptionForm>;

export function newSubscription(today: string): SubscriptionForm {
  return {
    reference: '',
    lines: [{ product: 'calling', ordered: '', assigned: '' }],
    startsOn: today,
    isEndless: false,
    endsOn: '',
    termMonths: '12',
    autoRenews: true,
    paymentState: 'current',
    setupState: 'provisioned',
    setupNote: '',
  };
}

export function formOf(subscription: Subscription): SubscriptionForm {
  const { reference, startsOn, endsOn, termMonths, autoRenews, paymentState, setupState, setupNote } = subscription;
  return {
    reference,
    lines: formLines(subscription.lines),
    startsOn,
    isEndless: endsOn === null,
    endsOn: endsOn ?? '',
    termMonths: termMonths === null ? '' : String(termMonths),
    autoRenews,
    paymentState,
    setupState,
    setupNote: setupNote ?? '',
  };
}

export function termsOf(form: SubscriptionForm): SubscriptionTerms {
  const { reference, startsOn, endsOn, isEndless, termMonths, autoRenews, paymentState, setupState, setupNote } = form;
  return {
    reference,
    startsOn,
    endsOn: isEndless ? null : endsOn,
    termMonths: termMonths === '' ? null : Number(termMonths),
    autoRenews,
    paymentState,
    setupState,
    setupNote: setupNote === '' ? null : setupNote,
    lines: termLines(form.lines),
  };
}

/** How a conflict tells each field. */
export function conflictFields(t: Translate, f: Format): ConflictField<SubscriptionForm>[] {
  const day = (text: string): string => (CalendarDate.safeParse(text).success ? f.date(text) : text);
  return [
    { label: t('subs.id'), names: ['reference'], text: (form) => form.reference },
    { label: t('lines.title'), names: ['lines'], text: (form) => linesText(form.lines, t, f) },
    { label: t('subs.startDate'), names: ['startsOn'], text: (form) => day(form.startsOn) },
    {
      label: t('subs.endDate'),
      names: ['isEndless', 'endsOn'],
      text: (form) => (form.isEndless ? t('subs.endless') : day(form.endsOn)),
    },
    { label: t('subs.termMonths'), names: ['termMonths'], text: (form) => form.termMonths },
    {
      label: t('subs.autoRenew'),
      names: ['autoRenews'],
      text: (form) => t(form.autoRenews ? 'subs.autoRenew.on' : 'subs.autoRenew.off'),
    },
    { label: t('subs.payment'), names: ['paymentState'], text: (form) => t(`subs.payment.${form.paymentState}`) },
    { label: t('subs.setup'), names: ['setupState'], text: (form) => t(`subs.setup.${form.setupState}`) },
    { label: t('subs.setupNote'), names: ['setupNote'], text: (form) => form.setupNote },
  ];
}
