import { Readable } from 'node:stream';
import { type MetricKey, metricOf } from '@hub/contract/metrics';
import { csvText } from '../../platform/csv/csv-text.ts';
import type { FileReply } from '../../platform/http/index.ts';
import { type Ctx, requirePermission } from '../access/index.ts';
import { comparedCells, comparedHead } from './compared-columns.ts';
import { askTable, type TableQuestion } from './ask-metrics.ts';

const rowsAtOnce = 1000;

type Cell = string | number | null;

/** A line for each row and bucket, and without `by` a line a bucket: UTF-8 with BOM, what the last bucket is compared with in columns of its own, what is not known empty, shares and averages with all their digits. */
export async function exportMetrics(ctx: Ctx, question: TableQuestion, left?: AbortSignal): Promise<FileReply> {
  requirePermission(ctx, 'calling_usage.read');
  const { rows, totals, totalsBefore, comparedWith, buckets, customers } = await askTable(ctx, question, left);
  const { by, metrics } = question;
  const names: Record<string, string[]> = {
    customer: ['Customer', 'Org ID'],
    location: ['Customer', 'Org ID', 'Location'],
    endpointType: ['Endpoint type'],
    user: ['User', 'Location'],
    queue: ['Customer', 'Org ID', 'Queue', 'Location'],
  };
  const namesOf = (row: (typeof rows)[number]): Cell[] => {
    const customer = customers.get(row.orgUuid ?? '')?.name ?? '';
    if (by === 'location') return [customer, row.orgUuid, row.name];
    if (by === 'queue') return [customer, row.orgUuid, row.name, row.location];
    if (by === 'user') return [row.name, row.location];
    return by === 'customer' ? [row.name, row.orgUuid] : [row.name];
  };
  const header = [
    ...(by === undefined ? [] : (names[by] ?? [])),
    'From',
    ...metrics.map((key: MetricKey) => metricOf(key).label),
    ...comparedHead(question, comparedWith),
  ];
  const lines = function* (): Generator<Cell[]> {
    const all =
      by === undefined
        ? [{ cells: [] as Cell[], values: totals, before: totalsBefore }]
        : rows.map((row) => ({ cells: namesOf(row), values: row.values, before: row.before }));
    for (const { cells, values, before } of all)
      for (const [at, bucket] of buckets.entries())
        yield [
          ...cells,
          bucket,
          ...metrics.map((key) => values[key]?.[at] ?? null),
          ...comparedCells(question, at === buckets.length - 1 ? before : null),
        ];
  };
  function* pages(): Generator<string> {
    yield csvText([header], { bom: true });
    let page: Cell[][] = [];
    for (const line of lines()) {
      page.push(line);
      if (page.length < rowsAtOnce) continue;
      yield csvText(page, { bom: false });
      page = [];
    }
    if (page.length > 0) yield csvText(page, { bom: false });
  }
  return {
    fileName: `Calling engagement_${question.region}_${question.from}_${question.to}.csv`,
    mediaType: 'text/csv',
    body: Readable.from(pages()),
  };
}
