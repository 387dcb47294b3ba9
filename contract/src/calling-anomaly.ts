import { z } from 'zod';
import { QualityPolicy } from './calling-policy.ts';
import { CalendarDate } from './ids.ts';

export const AnomalyKind = z.enum(['quality_spike', 'falling_use']);
export type AnomalyKind = z.infer<typeof AnomalyKind>;

const dated = {
  /** The first day of the first of the weeks in a row, and the first day of the last one. */
  since: CalendarDate,
  week: CalendarDate,
};

/** What stands out in the calling of a customer: told beside its statuses, with the numbers of its rule (calling-anomaly-rules.ts). */
export const CallingAnomaly = z.discriminatedUnion('kind', [
  /** Shares and their limit in percent. */
  z.object({
    kind: z.literal('quality_spike'),
    ...dated,
    poorShare: z.number(),
    limit: z.number(),
    knownLegs: z.int(),
    policy: QualityPolicy,
  }),
  z.object({
    kind: z.literal('falling_use'),
    ...dated,
    legs: z.int(),
    usualLegs: z.number(),
    lowDays: z.int(),
    usedDays: z.int(),
  }),
]);
export type CallingAnomaly = z.infer<typeof CallingAnomaly>;
