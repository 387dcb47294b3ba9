import { settlingDays } from './customer-statuses.ts';

/** What a health score is made of (docs/adr/0031-health-score.md). Each is 0 to 100, or not known. */
export const healthFactors = ['use', 'trend', 'quality', 'overage', 'payment', 'activity'] as const;
export type HealthFactor = (typeof healthFactors)[number];

/** Of a customer's lines, invoices, calls and administrators. Undefined: nothing is known of it. */
export interface HealthFacts {
  /** Over the lines whose use and assignment are known. */
  use?: { used: number; assigned: number };
  /** Over the lines whose use is known now and then. */
  trend?: { now: number; before: number };
  /** Call legs of known quality in the last whole weeks. */
  quality?: { poor: number; known: number };
  /** Over the lines whose assignment is known. */
  overage?: { over: number; total: number };
  /** Subscriptions that run by payment state, and invoice lines that are overdue. */
  payment?: { suspended: number; pastDue: number; overdue: number };
  /** Days since the last sign-in of an administrator; null: none ever. */
  activity?: { days: number | null; ageDays: number; inactiveDays: number };
}

/** Fewer legs of known quality say nothing. */
export const leastQualityLegs = 20;

/** How far from the best each factor falls. */
export const healthSteps = {
  /** Points for each percent that use has fallen by: half gone is 0. */
  trend: 2,
  /** For each percent of poor legs: a tenth is 0. */
  quality: 10,
  /** For each percent of licenses assigned over the limit: a fifth is 0. */
  overage: 5,
  /** Where anything is suspended, past due, or an invoice is overdue; the worst counts. */
  suspended: 0,
  pastDue: 30,
  overdue: 60,
} as const;

export interface FactorValue {
  /** In percent, or in days for activity; null: not told as a number. */
  value: number | null;
  /** 0 to 100; null: not known. */
  points: number | null;
}

const unknown: FactorValue = { value: null, points: null };
const within = (points: number): number => Math.min(100, Math.max(0, points));

const rules: { [Factor in HealthFactor]: (facts: NonNullable<HealthFacts[Factor]>) => FactorValue } = {
  use: ({ used, assigned }) => {
    if (assigned === 0) return unknown;
    const value = (100 * used) / assigned;
    return { value, points: within(value) };
  },
  trend: ({ now, before }) => {
    if (before === 0) return unknown;
    const value = (100 * (now - before)) / before;
    return { value, points: within(100 + healthSteps.trend * value) };
  },
  quality: ({ poor, known }) => {
    if (known < leastQualityLegs) return unknown;
    const value = (100 * poor) / known;
    return { value, points: within(100 - healthSteps.quality * value) };
  },
  overage: ({ over, total }) => {
    if (total === 0) return over === 0 ? unknown : { value: null, points: 0 };
    const value = (100 * over) / total;
    return { value, points: within(100 - healthSteps.overage * value) };
  },
  payment: ({ suspended, pastDue, overdue }) => {
    if (suspended > 0) return { value: null, points: healthSteps.suspended };
    if (pastDue > 0) return { value: null, points: healthSteps.pastDue };
    return { value: null, points: overdue > 0 ? healthSteps.overdue : 100 };
  },
  activity: ({ days, ageDays, inactiveDays }) => {
    if (days === null) return ageDays < settlingDays ? unknown : { value: null, points: 0 };
    return { value: days, points: within(100 - (100 * days) / inactiveDays) };
  },
};

/** What a factor is worth. */
export function factorOf<Factor extends HealthFactor>(factor: Factor, facts: HealthFacts): FactorValue {
  const own = facts[factor];
  return own === undefined ? unknown : rules[factor](own);
}

export type HealthWeights = Record<HealthFactor, number>;

/** The mean of the known factors by their weights, a whole number; null where none that counts is known. */
export function scoreOf(points: Partial<Record<HealthFactor, number | null>>, weights: HealthWeights): number | null {
  const known = healthFactors.flatMap((factor) => {
    const own = points[factor] ?? null;
    return own === null || weights[factor] === 0 ? [] : [{ own, weight: weights[factor] }];
  });
  const whole = known.reduce((sum, { weight }) => sum + weight, 0);
  if (whole === 0) return null;
  return Math.round(known.reduce((sum, { own, weight }) => sum + own * weight, 0) / whole);
}
