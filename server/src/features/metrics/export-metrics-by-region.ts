import { Readable } from 'node:stream';
import { metricOf } from '@hub/contract/metrics';
import { csvText } from '../../platform/csv/csv-text.ts';
import type { FileReply } from '../../platform/http/index.ts';
import { type Ctx, requirePermission } from '../access/index.ts';
import { comparedCells, comparedHead } from './compared-columns.ts';
import type { MetricQuestion } from './metric-question.ts';
import { askMetricsByRegion } from './metrics-by-region.ts';

/** A line for each region and bucket; of a region that did not answer one line, which says so. */
export async function exportMetricsByRegion(
  ctx: Ctx,
  question: MetricQuestion,
  left?: AbortSignal,
): Promise<FileReply> {
  requirePermission(ctx, 'calling_usage.read');
  const { regions, buckets, comparedWith } = await askMetricsByRegion(ctx, question, left);
  const { metrics, from, to } = question;
  const header = [
    'Region',
    'Answered',
    'Customers',
    'From',
    ...metrics.map((key) => metricOf(key).label),
    ...comparedHead(question, comparedWith),
  ];
  const lines = regions.flatMap(({ region, hasAnswered, customers, values, before }) =>
    hasAnswered
      ? buckets.map((bucket, at) => [
          region.toUpperCase(),
          'yes',
          customers,
          bucket,
          ...metrics.map((key) => values[key]?.[at] ?? null),
          ...comparedCells(question, at === buckets.length - 1 ? before : null),
        ])
      : [[region.toUpperCase(), 'no', null, null, ...metrics.map(() => null), ...comparedCells(question, null)]],
  );
  return {
    fileName: `Calling engagement_all regions_${from}_${to}.csv`,
    mediaType: 'text/csv',
    body: Readable.from([csvText([header, ...lines], { bom: true })]),
  };
}
