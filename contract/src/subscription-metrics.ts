import type { Unit } from './units.ts';

/** The sections of subscription analytics, in the order of the page. */
export const sections = ['recently_added', 'expiring', 'renewing', 'low_assignment', 'over_limit'] as const;
export type Section = (typeof sections)[number];

/** Both ends count: 0 ≤ days ≤ 90. */
export const sectionDays = 90;

interface SubscriptionMetric {
  /** English head, also in CSV files. The page's words have the same key. */
  label: string;
  /** percent: 0 to 100. Percents and ratios are not rounded. */
  unit: Unit | 'percent';
  /** contracts: dates of subscriptions and trials; licenses: license snapshots. */
  feed: 'contracts' | 'licenses';
  /** What rows it can be told of. */
  by: readonly ('region' | 'customer' | 'line')[];
  /** In words, for docs/metrics.md too, where it stands under the key in kebab case. T: total, A: assigned, U: used in 7 days. */
  formula: string;
  /** More is worse, less is worse, or neither. */
  worse?: 'more' | 'less';
}

const ofRegion = ['region'] as const;
const customers = (label: string, feed: SubscriptionMetric['feed'], formula: string): SubscriptionMetric => ({
  label,
  unit: 'count',
  feed,
  by: ofRegion,
  formula,
});
const assignment = (of: string): SubscriptionMetric => ({
  label: 'License assignment',
  unit: 'percent',
  feed: 'licenses',
  by: ofRegion,
  formula: `100 × ΣA ÷ ΣT over ${of} whose assignment is known`,
  worse: 'less',
});
const usage = (of: string): SubscriptionMetric => ({
  label: 'License usage',
  unit: 'percent',
  feed: 'licenses',
  by: ofRegion,
  formula: `100 × ΣU ÷ ΣT over ${of} whose use is known`,
  worse: 'less',
});

/** The numbers of cards (DOMAIN 1.4). Formulas stand under the same keys in server/src/features/subscription-analytics. */
export const subscriptionMetrics = {
  totalCustomers: customers(
    'Total customers',
    'contracts',
    'Customers of the partner with an active line of Calling or Meetings',
  ),
  nearingExpiration: {
    ...customers(
      'Nearing expiration',
      'contracts',
      'Of these, customers with an active subscription or trial of any product that ends within 90 days and does not renew by itself',
    ),
    worse: 'more',
  },
  nearingRenewal: customers(
    'Nearing renewal',
    'contracts',
    'Of these, customers with an active subscription of any product that renews by itself within 90 days',
  ),
  lowLicenseAssignment: {
    ...customers(
      'Low license assignment',
      'licenses',
      'Of these, customers with a line of Calling or Meetings whose assignment is low by the partner’s rule; empty where no assignment is known',
    ),
    worse: 'more',
  },
  overLicenseLimit: {
    ...customers(
      'Over license limit',
      'licenses',
      'Of these, customers with a line of Calling or Meetings with A > T; empty where no assignment is known',
    ),
    worse: 'more',
  },

  newCustomers: customers(
    'New customers',
    'contracts',
    'Customers with an active line that was added 0 to 90 days ago',
  ),
  newLicenses: {
    label: 'Total licenses',
    unit: 'count',
    feed: 'contracts',
    by: ofRegion,
    formula: 'ΣT over all active lines of these customers, also those that were added earlier',
  },

  expiringCustomers: {
    ...customers(
      'Expiring customers',
      'contracts',
      'Customers with a line that ends in 0 to 90 days and does not renew by itself',
    ),
    worse: 'more',
  },
  expiringAssignment: assignment('expiring lines'),
  expiringUsage: usage('expiring lines'),

  renewingCustomers: customers(
    'Renewing customers',
    'contracts',
    'Customers with a line that renews by itself in 0 to 90 days',
  ),
  renewingAssignment: assignment('renewing lines'),
  renewingUsage: usage('renewing lines'),

  lowCustomers: {
    ...customers(
      'Customers with low assignment',
      'licenses',
      'Customers with a line whose assignment is low by the partner’s rule; empty where no assignment is known',
    ),
    worse: 'more',
  },
  lowAssignment: assignment('lines of low assignment'),
  lowUsage: {
    label: 'License usage upon assignment',
    unit: 'percent',
    feed: 'licenses',
    by: ofRegion,
    formula:
      '100 × Σ min(U, A) ÷ ΣT over lines of low assignment whose use is known: licenses that are assigned and used, of all',
    worse: 'less',
  },
  lowUsageOfAssigned: {
    label: 'Used of assigned',
    unit: 'percent',
    feed: 'licenses',
    by: ofRegion,
    formula: '100 × Σ min(U, A) ÷ ΣA over lines of low assignment whose use is known',
    worse: 'less',
  },
  lowUnassigned: {
    label: 'Total unassigned licenses',
    unit: 'count',
    feed: 'licenses',
    by: ofRegion,
    formula: 'Σ max(0, T − A) over lines of low assignment',
    worse: 'more',
  },

  overCustomers: {
    ...customers(
      'Customers with overages',
      'licenses',
      'Customers with a line with A > T; empty where no assignment is known',
    ),
    worse: 'more',
  },
  overLicenses: {
    label: 'Total licenses in overage',
    unit: 'count',
    feed: 'licenses',
    by: ofRegion,
    formula: 'Σ max(0, A − T) over lines',
    worse: 'more',
  },
  overAverage: {
    label: 'Average license overage',
    unit: 'ratio',
    feed: 'licenses',
    by: ofRegion,
    formula: 'Total licenses in overage ÷ customers with overages; empty without one',
    worse: 'more',
  },
} as const satisfies Record<string, SubscriptionMetric>;

export type SubscriptionMetricKey = keyof typeof subscriptionMetrics;
export const subscriptionMetricOf = (key: SubscriptionMetricKey): SubscriptionMetric => subscriptionMetrics[key];

/** Above the toggle: of Calling and Meetings together, or of every product. */
export const headlineMetrics = [
  'totalCustomers',
  'nearingExpiration',
  'nearingRenewal',
  'lowLicenseAssignment',
  'overLicenseLimit',
] as const satisfies readonly SubscriptionMetricKey[];

/** Of the toggle's product. */
export const sectionMetrics = {
  recently_added: ['newCustomers', 'newLicenses'],
  expiring: ['expiringCustomers', 'expiringAssignment', 'expiringUsage'],
  renewing: ['renewingCustomers', 'renewingAssignment', 'renewingUsage'],
  low_assignment: ['lowCustomers', 'lowAssignment', 'lowUsage', 'lowUsageOfAssigned', 'lowUnassigned'],
  over_limit: ['overCustomers', 'overLicenses', 'overAverage'],
} as const satisfies Record<Section, readonly SubscriptionMetricKey[]>;

interface Column {
  label: string;
  unit: Unit | 'percent' | 'text' | 'days' | 'months' | 'flag' | 'licenses' | 'weeks';
  formula: string;
}

/** The columns of the tables. licenses: used, assigned and available as one bar; weeks: a sparkline. */
export const subscriptionColumns = {
  customer: { label: 'Customer', unit: 'text', formula: 'Name of the customer' },
  reference: { label: 'Subscription ID', unit: 'text', formula: 'ID of the subscription, or of the trial' },
  daysSinceAdded: {
    label: 'Days since added',
    unit: 'days',
    formula: 'Today − the day on which it was ordered, or else on which it starts',
  },
  daysUntilExpiration: { label: 'Days until expiration', unit: 'days', formula: 'The last day − today' },
  daysUntilRenewal: { label: 'Days until renewal', unit: 'days', formula: 'The last day of the running term − today' },
  monthsSinceAdded: {
    label: 'Months since added',
    unit: 'months',
    formula: 'Full calendar months from the day on which it was added to today',
  },
  monthsRemaining: {
    label: 'Months remaining',
    unit: 'months',
    formula: 'Full calendar months from today to the last day of the running term',
  },
  autoRenews: { label: 'Auto renew?', unit: 'flag', formula: 'Whether it renews by itself' },
  total: {
    label: 'Total licenses',
    unit: 'count',
    formula: 'T: ordered, by the latest snapshot of the last 7 days, or else by the contract',
  },
  licenses: {
    label: 'Used/Assigned/Available licenses',
    unit: 'licenses',
    formula: 'U, A and max(0, T − A), by the latest snapshot of the last 7 days',
  },
  assignedShare: { label: 'Licenses assigned (%)', unit: 'percent', formula: '100 × A ÷ T' },
  usedShare: { label: 'Licenses used (%)', unit: 'percent', formula: '100 × U ÷ T' },
  weeklyAssignmentChange: {
    label: 'Weekly assignment change',
    unit: 'count',
    formula: 'A − A of 7 days ago; 0 stands for what is younger than 7 days',
  },
  weeklyUsageChange: {
    label: 'Weekly usage change',
    unit: 'count',
    formula: 'U − U of 7 days ago; 0 stands for what is younger than 7 days',
  },
  lastThreeMonthsUsage: {
    label: 'Last 3 months usage',
    unit: 'count',
    formula: 'Licenses used in 90 days by the feed, or else the highest use in 7 days of that window',
  },
  usageWeeks: {
    label: 'Use by week',
    unit: 'weeks',
    formula: 'U on each of 13 days, a week apart, the last one today',
  },
  peerMedian: {
    label: 'Peer median (%)',
    unit: 'percent',
    formula: 'Median of 100 × A ÷ T of the peers, itself among them',
  },
} as const satisfies Record<string, Column>;
export type SubscriptionColumn = keyof typeof subscriptionColumns;

/** As DOMAIN 1.4 has them, and beside them what explains them. */
export const sectionColumns = {
  recently_added: [
    'customer',
    'reference',
    'daysSinceAdded',
    'total',
    'licenses',
    'weeklyAssignmentChange',
    'weeklyUsageChange',
  ],
  expiring: ['customer', 'reference', 'daysUntilExpiration', 'total', 'licenses', 'lastThreeMonthsUsage', 'usageWeeks'],
  renewing: ['customer', 'reference', 'daysUntilRenewal', 'total', 'licenses', 'lastThreeMonthsUsage', 'usageWeeks'],
  low_assignment: [
    'customer',
    'reference',
    'monthsSinceAdded',
    'assignedShare',
    'peerMedian',
    'total',
    'licenses',
    'weeklyAssignmentChange',
  ],
  over_limit: ['customer', 'reference', 'monthsRemaining', 'autoRenews', 'total', 'assignedShare', 'usedShare'],
} as const satisfies Record<Section, readonly SubscriptionColumn[]>;
