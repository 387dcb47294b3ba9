import { metricOf, type MetricsBefore, type MetricValue } from '@hub/contract/metrics';
import type { Span } from './comparison.ts';
import type { MetricQuestion } from './metric-question.ts';

const isAsked = ({ comparison = 'none' }: MetricQuestion): boolean => comparison !== 'none';

/** The heads of a file's columns that a question compares with. */
export const comparedHead = (question: MetricQuestion, days: Span | null): string[] =>
  isAsked(question) && days ? question.metrics.map((key) => `${metricOf(key).label} (${days.from} to ${days.to})`) : [];

/** Empty in every line but that of the last bucket. */
export const comparedCells = (question: MetricQuestion, before: MetricsBefore): MetricValue[] =>
  isAsked(question) ? question.metrics.map((key) => before?.[key] ?? null) : [];
