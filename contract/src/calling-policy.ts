import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/**
 * When a leg is poor (docs/metrics.md#quality-policies). documented: every stream is over all three limits. any_threshold: a stream meets or
 * exceeds one of them.
 */
export const QualityPolicy = z.enum(['documented', 'any_threshold']);
export type QualityPolicy = z.infer<typeof QualityPolicy>;
export const qualityPolicies = QualityPolicy.options;

/** Counts changes of the rules of any policy. */
export const qualityPolicyVersion = 1;

/** Jitter and latency in milliseconds, packet loss in percent. */
export const qualityLimits = { jitter: 150, latency: 400, packetLoss: 5 } as const;

/** Legs of a user in a week: light from 1, regular and heavy from these numbers on. */
export const UsageBands = z
  .object({ regularFrom: z.int().min(2).max(1000), heavyFrom: z.int().min(3).max(10_000) })
  .refine(({ regularFrom, heavyFrom }) => regularFrom < heavyFrom, {
    message: 'Heavy use begins above regular use.',
    path: ['heavyFrom'],
  });
export type UsageBands = z.infer<typeof UsageBands>;

export const CallingPolicy = z.object({ qualityPolicy: QualityPolicy, bands: UsageBands });
export type CallingPolicy = z.infer<typeof CallingPolicy>;

export const getCallingPolicy = endpoint({
  method: 'GET',
  path: '/api/calling-policy',
  permission: 'calling_usage.read',
  summary: 'Which quality policy the partner uses, and from how many legs a week use is regular and heavy.',
  reply: CallingPolicy,
  errors: [],
});

export const changeCallingPolicy = endpoint({
  method: 'PUT',
  path: '/api/calling-policy',
  permission: 'partner.write',
  summary: 'Changes the quality policy and the bands of use. Every number that depends on them follows at once.',
  body: CallingPolicy,
  reply: CallingPolicy,
  errors: [],
});
