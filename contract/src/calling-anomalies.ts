import { z } from 'zod';
import { CallingAnomaly } from './calling-anomaly.ts';
import { QualityPolicy } from './calling-policy.ts';
import { endpoint } from './endpoint.ts';
import { CalendarDate, CustomerId } from './ids.ts';

export const DayOfUse = z.object({
  day: CalendarDate,
  legs: z.int(),
  usual: z.number(),
  deviation: z.number(),
  limit: z.number(),
  isLow: z.boolean(),
});
export type DayOfUse = z.infer<typeof DayOfUse>;

export const getCallingAnomalies = endpoint({
  method: 'GET',
  path: '/api/customers/:customerId/calling-anomalies',
  permission: 'calling_usage.read',
  summary:
    'Both rules with their numbers for one customer, whether they hold or not: a spike of poor quality, and falling use.',
  params: z.object({ customerId: CustomerId }),
  reply: z.object({
    policy: QualityPolicy,
    /** Null: the feed of the region has not reached the last two weeks. */
    quality: z
      .object({
        week: CalendarDate,
        poorShare: z.number().nullable(),
        /** Null: none of the weeks before has legs of known quality. */
        limit: z.number().nullable(),
        knownLegs: z.int(),
        isSpike: z.boolean(),
      })
      .nullable(),
    use: z
      .object({
        week: CalendarDate,
        legs: z.int(),
        /** Null: too few weeks came before. */
        usual: z
          .object({
            legs: z.number(),
            usedDays: z.int(),
            lowDays: z.int(),
            days: z.array(DayOfUse).length(7),
          })
          .nullable(),
        isFalling: z.boolean(),
      })
      .nullable(),
    anomalies: z.array(CallingAnomaly),
  }),
  errors: ['customer_not_found', 'region_not_served', 'region_unavailable', 'question_too_slow', 'asker_left'],
});
