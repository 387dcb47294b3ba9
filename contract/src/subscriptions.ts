import { z } from 'zod';
import { PaymentState, SetupState } from './customer-statuses.ts';
import { TagMark } from './customer-tags.ts';
import { visible } from './given-names.ts';
import { endpoint } from './endpoint.ts';
import { CalendarDate, CustomerId, SubscriptionId } from './ids.ts';
import { Product } from './products.ts';

const most = 10_000_000;

/** How many licences of one product; `assigned` is null where no feed tells. */
export const LicenseLine = z.object({
  product: Product,
  ordered: z.int().min(0).max(most),
  assigned: z.int().min(0).max(most).nullable(),
});
export type LicenseLine = z.infer<typeof LicenseLine>;

/** A product once. */
export const LicenseLines = z
  .array(LicenseLine)
  .max(Product.options.length)
  .refine(
    (lines) => new Set(lines.map(({ product }) => product)).size === lines.length,
    'A product stands there twice.',
  );

/** The id that the provider and the people know it by, such as Sub-4711. */
export const ContractReference = z.string().transform(visible).pipe(z.string().min(1).max(100));

/** No contract lies outside; a year mistyped as 0026 or 20226 does. */
export const ContractDate = CalendarDate.refine(
  (day) => day >= '1970-01-01' && day <= '2199-12-31',
  'It must lie between 1970 and 2199.',
);

const terms = {
  reference: ContractReference,
  startsOn: ContractDate,
  /** The last day on which it runs; null: without end. */
  endsOn: ContractDate.nullable(),
  /** How far an automatic renewal moves the end. */
  termMonths: z.int().min(1).max(120).nullable(),
  autoRenews: z.boolean(),
  paymentState: PaymentState,
  setupState: SetupState,
  /** What the provider says of its setup. */
  setupNote: z.string().transform(visible).pipe(z.string().max(500)).nullable(),
  lines: LicenseLines,
};

export const Subscription = z.object({
  id: SubscriptionId,
  customerId: CustomerId,
  ...terms,
  // As stored: what may be given today is asked of what is given.
  reference: z.string(),
  startsOn: CalendarDate,
  endsOn: CalendarDate.nullable(),
  setupNote: z.string().nullable(),
  lines: z.array(LicenseLine),
  /** Counts changes: whoever changes it says which version they saw. */
  version: z.int(),
});
export type Subscription = z.infer<typeof Subscription>;

export const SubscriptionTerms = z
  .object(terms)
  .refine(({ startsOn, endsOn }) => endsOn === null || startsOn <= endsOn, {
    path: ['endsOn'],
    error: 'It must not end before it starts.',
  });
export type SubscriptionTerms = z.infer<typeof SubscriptionTerms>;

export const listSubscriptions = endpoint({
  method: 'GET',
  path: '/api/customers/:customerId/subscriptions',
  permission: 'subscriptions.read',
  summary: 'The subscriptions of a customer with their tags, the latest start first.',
  params: z.object({ customerId: CustomerId }),
  reply: z.object({ items: z.array(Subscription.extend({ tags: z.array(TagMark) })) }),
  errors: ['customer_not_found'],
});

export const createSubscription = endpoint({
  method: 'POST',
  path: '/api/customers/:customerId/subscriptions',
  permission: 'subscriptions.write',
  summary: 'Records a subscription of a customer. The customer’s statuses follow at once.',
  params: z.object({ customerId: CustomerId }),
  body: SubscriptionTerms,
  reply: Subscription,
  errors: ['customer_not_found', 'contract_reference_taken', 'contract_reference_not_yours'],
});

export const changeSubscription = endpoint({
  method: 'PUT',
  path: '/api/subscriptions/:subscriptionId',
  permission: 'subscriptions.write',
  summary: 'Replaces the terms of a subscription, unless somebody else has changed it since.',
  params: z.object({ subscriptionId: SubscriptionId }),
  body: SubscriptionTerms.safeExtend({ version: z.int() }),
  reply: Subscription,
  errors: ['subscription_not_found', 'contract_reference_taken', 'contract_reference_not_yours', 'changed_meanwhile'],
});

export const removeSubscription = endpoint({
  method: 'DELETE',
  path: '/api/subscriptions/:subscriptionId',
  permission: 'subscriptions.write',
  summary: 'Removes a subscription that was recorded by mistake. One that has ended is kept.',
  params: z.object({ subscriptionId: SubscriptionId }),
  errors: ['subscription_not_found', 'contract_ended'],
});
