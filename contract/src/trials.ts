import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { CalendarDate, CustomerId, TrialId } from './ids.ts';
import { productNames } from './products.ts';
import { ContractDate, ContractReference, LicenseLine, LicenseLines } from './subscriptions.ts';

/** The longest that a trial may run from its first day, extensions included (DOMAIN 3). */
export const trialMaximumDays = 180;

const terms = {
  startsOn: ContractDate,
  /** The last day on which it runs. */
  endsOn: ContractDate,
  /** What is tried, with how many licenses. */
  lines: LicenseLines.min(1, 'A trial needs a product: name at least one.').superRefine((lines, context) => {
    for (const [at, { product, ordered }] of lines.entries())
      if (ordered < 1)
        context.addIssue({
          code: 'custom',
          path: [at, 'ordered'],
          message: `A trial needs licenses: give ${productNames[product]} at least 1, or leave it out.`,
        });
  }),
};

export const Trial = z.object({
  id: TrialId,
  customerId: CustomerId,
  reference: z.string(),
  startsOn: CalendarDate,
  /** The last day on which it runs. */
  endsOn: CalendarDate,
  lines: z.array(LicenseLine),
  version: z.int(),
});
export type Trial = z.infer<typeof Trial>;

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

export const TrialTerms = z
  .object(terms)
  .refine(({ startsOn, endsOn }) => startsOn <= endsOn, {
    path: ['endsOn'],
    error: 'It must not end before it starts.',
  })
  .refine(({ startsOn, endsOn }) => dayNumber(endsOn) - dayNumber(startsOn) <= trialMaximumDays, {
    path: ['endsOn'],
    error: `A trial runs at most ${trialMaximumDays} days.`,
  });
export type TrialTerms = z.infer<typeof TrialTerms>;

export const listTrials = endpoint({
  method: 'GET',
  path: '/api/customers/:customerId/trials',
  permission: 'subscriptions.read',
  summary: 'The trials of a customer, the latest start first.',
  params: z.object({ customerId: CustomerId }),
  reply: z.object({ items: z.array(Trial) }),
  errors: ['customer_not_found'],
});

export const startTrial = endpoint({
  method: 'POST',
  path: '/api/customers/:customerId/trials',
  permission: 'subscriptions.write',
  summary:
    'Records a trial of a customer, one at a time for each product, that is not over yet. Without a reference it gets one. The customer’s statuses follow at once.',
  params: z.object({ customerId: CustomerId }),
  body: TrialTerms.safeExtend({ reference: ContractReference.optional() }),
  reply: Trial,
  errors: [
    'customer_not_found',
    'contract_reference_taken',
    'contract_reference_not_yours',
    'customer_own',
    'trial_in_past',
    'trial_of_product_open',
  ],
});

export const changeTrial = endpoint({
  method: 'PUT',
  path: '/api/trials/:trialId',
  permission: 'subscriptions.write',
  summary: 'Replaces the dates and products of a trial, unless somebody else has changed it since.',
  params: z.object({ trialId: TrialId }),
  body: TrialTerms.safeExtend({ version: z.int() }),
  reply: Trial,
  errors: ['trial_not_found', 'changed_meanwhile', 'trial_in_past', 'trial_of_product_open'],
});

export const removeTrial = endpoint({
  method: 'DELETE',
  path: '/api/trials/:trialId',
  permission: 'subscriptions.write',
  summary: 'Removes a trial that was recorded by mistake. One that has ended is kept.',
  params: z.object({ trialId: TrialId }),
  errors: ['trial_not_found', 'contract_ended'],
});
