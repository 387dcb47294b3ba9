import { z } from 'zod';
import { endpoint } from './endpoint.ts';

const Percent = z.int().min(1).max(100);

/**
 * When a subscription's assignment is low (docs/metrics.md#rule-of-low-assignment): compared with its peers, subscriptions and trials of the same
 * product and size band of the same partner and region; or, where these are too few, by itself.
 */
export const LowAssignmentRule = z.object({
  /** In the lowest so many percent of its peers, itself among them; ties are in. */
  percentile: z.int().min(1).max(50),
  /** And below so many percent assigned. */
  belowPercent: Percent,
  /** Nothing that was added more recently is flagged. */
  minimumAgeDays: z.int().min(0).max(365),
  /** With fewer peers, itself not counted, only the fallback counts. */
  minimumPeers: z.int().min(1).max(1000),
  /** Fewer peers than that: below so many percent assigned. */
  fallbackBelowPercent: Percent,
  /** From how many licenses on each further band begins; the first begins at 1. */
  sizeBands: z
    .array(z.int().min(2).max(1_000_000))
    .max(8)
    .refine(
      (bands) => bands.every((from, at) => at === 0 || from > (bands[at - 1] ?? 0)),
      'Each band begins above the one before.',
    ),
});
export type LowAssignmentRule = z.infer<typeof LowAssignmentRule>;

/** DOMAIN 1.4. */
export const defaultLowAssignmentRule: LowAssignmentRule = {
  percentile: 25,
  belowPercent: 60,
  minimumAgeDays: 30,
  minimumPeers: 8,
  fallbackBelowPercent: 50,
  sizeBands: [25, 100, 500],
};

export const getLowAssignmentRule = endpoint({
  method: 'GET',
  path: '/api/low-assignment-rule',
  permission: 'subscriptions.read',
  summary: 'When the partner calls the assignment of a subscription low.',
  reply: LowAssignmentRule,
  errors: [],
});

export const changeLowAssignmentRule = endpoint({
  method: 'PUT',
  path: '/api/low-assignment-rule',
  permission: 'partner.write',
  summary: 'Changes when assignment is low. Every number that depends on it follows at once; recorded nights stay.',
  body: LowAssignmentRule,
  reply: LowAssignmentRule,
  errors: [],
});
