import { z } from 'zod';
import { CalendarDate } from './ids.ts';
import { Product } from './products.ts';

/** Highest first: a customer has all that apply, and is sorted by its highest (DOMAIN 4.1). */
export const CustomerStatus = z.enum([
  'suspended',
  'license_overage',
  'expired',
  'expires_soon',
  'ready_for_order_setup',
  'no_recent_activity',
  'trial',
  'subscription',
]);
export type CustomerStatus = z.infer<typeof CustomerStatus>;

export const PaymentState = z.enum(['current', 'past_due', 'suspended']);
export type PaymentState = z.infer<typeof PaymentState>;

/** The first is done; the next four wait for somebody; the last two went wrong, and the provider says how. */
export const SetupState = z.enum([
  'provisioned',
  'pending_setup',
  'provisioning',
  'updating',
  'pending_rpl_review',
  'error',
  'provisioned_with_errors',
]);
export type SetupState = z.infer<typeof SetupState>;

/** What a status is about, by the id that people know it by; that is null to whoever may not see subscriptions. */
const Of = z.object({ kind: z.enum(['subscription', 'trial']), reference: z.string().nullable() });

/** Why a status applies. Dates, never numbers of days: "in 5 days" is counted when it is shown. */
export const StatusReason = z.discriminatedUnion('code', [
  z.object({ code: z.literal('payment'), of: Of, state: PaymentState, since: CalendarDate }),
  /** How many are over is null to whoever may not see subscriptions. */
  z.object({ code: z.literal('over'), of: Of, product: Product, over: z.int().min(1).nullable(), since: CalendarDate }),
  z.object({ code: z.literal('ended'), of: Of, on: CalendarDate, since: CalendarDate }),
  z.object({ code: z.literal('ends'), of: Of, on: CalendarDate, since: CalendarDate }),
  z.object({ code: z.literal('setup'), of: Of, state: SetupState, since: CalendarDate }),
  /** `last` is null where no administrator of the customer has ever signed in. */
  z.object({ code: z.literal('inactive'), last: CalendarDate.nullable(), since: CalendarDate }),
  z.object({ code: z.literal('active'), of: Of, until: CalendarDate.nullable(), since: CalendarDate }),
]);
export type StatusReason = z.infer<typeof StatusReason>;

export const StatusEntry = z.object({
  status: CustomerStatus,
  /** The earliest of its reasons. */
  since: CalendarDate,
  reasons: z.array(StatusReason).min(1),
});
export type StatusEntry = z.infer<typeof StatusEntry>;

/** An order whose setup went wrong. */
export const SetupFailure = z.object({
  code: z.literal('setup_failed'),
  of: Of,
  state: z.enum(['error', 'provisioned_with_errors']),
  /** What the provider says of it; null where it says nothing, and to whoever may not see subscriptions. */
  note: z.string().nullable(),
  since: CalendarDate,
});
export type SetupFailure = z.infer<typeof SetupFailure>;

/** Told beside the eight statuses, as a renewal by itself is, and as urgent as an order that waits for its setup (DOMAIN, decisions). */
export const FailedSetup = z.object({
  /** The earliest of its reasons. */
  since: CalendarDate,
  reasons: z.array(SetupFailure).min(1),
});
export type FailedSetup = z.infer<typeof FailedSetup>;

/** How many days before an end a customer "expires soon", and after how many without a sign-in it is "not recently active". */
export const StatusWindows = z.object({
  expiresSoonDays: z.int().min(1).max(90),
  inactiveDays: z.int().min(7).max(730),
});
export type StatusWindows = z.infer<typeof StatusWindows>;

export const usualWindows: StatusWindows = { expiresSoonDays: 14, inactiveDays: 90 };
/** A renewal is told of so many days before. */
export const renewsSoonDays = 30;
/** An organization younger than this is not called inactive. */
export const settlingDays = 30;
