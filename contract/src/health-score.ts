import { z } from 'zod';
import { CustomerFilter } from './customers.ts';
import { endpoint } from './endpoint.ts';
import { healthFactors } from './health-rules.ts';
import { CalendarDate, CustomerId } from './ids.ts';
import { RegionCode } from './regions.ts';

const storeErrors = ['region_not_served', 'region_unavailable', 'question_too_slow', 'asker_left'] as const;
const filterErrors = ['filter_invalid', 'filter_too_long'] as const;

export const HealthFactor = z.enum(healthFactors);

const Weight = z.int().min(0).max(100);
const weights = { use: Weight, trend: Weight, quality: Weight, overage: Weight, payment: Weight, activity: Weight };

/** How much each factor counts beside the others, 0 leaves it out; and how many weeks before use is compared with. */
export const HealthPolicy = z
  .object({ ...weights, trendWeeks: z.union([z.literal(4), z.literal(13)]) })
  .refine((policy) => healthFactors.some((factor) => policy[factor] > 0), 'One factor has to count.');
export type HealthPolicy = z.infer<typeof HealthPolicy>;

export const defaultHealthPolicy: HealthPolicy = {
  use: 30,
  trend: 20,
  quality: 15,
  overage: 10,
  payment: 15,
  activity: 10,
  trendWeeks: 4,
};

/** A factor of a customer. */
const Factor = z.object({
  factor: HealthFactor,
  /** In percent; of activity in days. Null: it is no number, or not known. */
  value: z.number().nullable(),
  /** 0 to 100; null: not known, and in no score. */
  points: z.number().nullable(),
});

/** Who may not see calling is told nothing of it: the factor is missing, and is in no score. */
const scored = {
  /** 0 to 100; null: nothing that counts is known. */
  score: z.int().nullable(),
  /** Of how many of the factors that count something is known. */
  known: z.int(),
  counted: z.int(),
  factors: z.array(Factor),
};

export const HealthRow = z.object({ customerId: CustomerId, customerName: z.string(), ...scored });
export type HealthRow = z.infer<typeof HealthRow>;

export const getCustomerHealth = endpoint({
  method: 'GET',
  path: '/api/customers/:customerId/health-score',
  permission: 'subscriptions.read',
  summary: 'The health score of a customer with every factor that made it.',
  params: z.object({ customerId: CustomerId }),
  reply: z.object({
    ...scored,
    policy: HealthPolicy,
    today: CalendarDate,
    /** What is behind the points of payment and activity. */
    payment: z.object({ suspended: z.int(), pastDue: z.int(), overdue: z.int() }).nullable(),
    activity: z.object({ days: z.int().nullable(), inactiveDays: z.int() }).nullable(),
  }),
  errors: ['customer_not_found', ...storeErrors],
});

export const HealthSort = z.enum(['customer', 'score', ...healthFactors]);
export type HealthSort = z.infer<typeof HealthSort>;

export const listHealthScores = endpoint({
  method: 'GET',
  path: '/api/health-scores',
  permission: 'subscriptions.read',
  summary: 'The customers of a region by health, a page at a time. Customers without a score come last.',
  query: z.object({
    region: RegionCode,
    filter: CustomerFilter.optional(),
    q: z.string().max(200).optional(),
    sort: HealthSort.default('score'),
    order: z.enum(['asc', 'desc']).default('asc'),
    after: z.string().max(8000).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(50),
  }),
  reply: z.object({
    items: z.array(HealthRow),
    next: z.string().nullable(),
    count: z.int(),
    withoutScore: z.int(),
    today: CalendarDate,
    policy: HealthPolicy,
  }),
  errors: [...storeErrors, ...filterErrors, 'cursor_invalid'],
});

/** Points by which customers are counted together; each holds both ends. */
export const healthBands = [
  { from: 0, to: 49 },
  { from: 50, to: 79 },
  { from: 80, to: 100 },
] as const;

const HealthSums = z.object({
  customers: z.int(),
  withoutScore: z.int(),
  /** Of the scores that there are; null: of none. */
  mean: z.number().nullable(),
  /** How many scores lie in each of healthBands. */
  bands: z.array(z.int()).length(healthBands.length),
});
export type HealthSums = z.infer<typeof HealthSums>;

export const getHealthTotals = endpoint({
  method: 'GET',
  path: '/api/health-scores/totals',
  permission: 'subscriptions.read',
  summary: 'The scores of all regions, added up and region by region: numbers only, no customer leaves its region.',
  query: z.object({ filter: CustomerFilter.optional() }),
  reply: z.object({
    today: CalendarDate,
    /** Null: the region did not answer within 3 seconds, and nothing of it is in the totals. */
    regions: z.array(z.object({ region: RegionCode, sums: HealthSums.nullable() })),
    totals: HealthSums,
  }),
  errors: [...storeErrors, ...filterErrors],
});

export const getHealthPolicy = endpoint({
  method: 'GET',
  path: '/api/health-policy',
  permission: 'subscriptions.read',
  summary: 'How much each factor of the health score counts.',
  reply: HealthPolicy,
  errors: [],
});

export const changeHealthPolicy = endpoint({
  method: 'PUT',
  path: '/api/health-policy',
  permission: 'partner.write',
  summary: 'Changes how much each factor counts. Every score follows at once.',
  body: HealthPolicy,
  reply: HealthPolicy,
  errors: [],
});

const Asked = z.coerce.number().pipe(Weight);

export const previewHealthScores = endpoint({
  method: 'GET',
  path: '/api/health-scores/preview',
  permission: 'subscriptions.read',
  summary: 'How scores and places would change by other weights: those that move furthest, at most 20.',
  query: z.object({
    region: RegionCode,
    use: Asked,
    trend: Asked,
    quality: Asked,
    overage: Asked,
    payment: Asked,
    activity: Asked,
    trendWeeks: z.coerce.number().pipe(HealthPolicy.shape.trendWeeks),
  }),
  reply: z.object({
    /** Customers with a score, now and then. */
    now: z.int(),
    proposed: z.int(),
    /** Whose place among all would be another. */
    moved: z.int(),
    rows: z.array(
      z.object({
        customerId: CustomerId,
        customerName: z.string(),
        before: z.int().nullable(),
        after: z.int().nullable(),
        /** From 1, the lowest score; equal scores share one. */
        placeBefore: z.int().nullable(),
        placeAfter: z.int().nullable(),
      }),
    ),
  }),
  errors: [...storeErrors],
});
