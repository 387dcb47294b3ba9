import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { callingUsageMeasures } from '@hub/contract/calling-usage';
import { csvText } from '../../platform/csv/csv-text.ts';
import type { FileReply } from '../../platform/http/index.ts';
import { type Ctx, requirePermission } from '../access/index.ts';
import { measureKeys } from './measures.ts';
import type { UsageQuestion } from './usage-question.ts';
import { askUsage, type NamedUsage } from './usage-table.ts';

const rowsAtOnce = 2000;

/** The rows of the table as the Calling usage details report: UTF-8 with BOM, 20 columns, an absent feed's cells empty. */
export async function exportCallingUsage(ctx: Ctx, question: UsageQuestion): Promise<FileReply> {
  requirePermission(ctx, 'calling_usage.read');
  const { rows } = await askUsage(ctx, question);
  const header = ['Customer name', 'Org ID', 'Location', ...measureKeys.map((key) => callingUsageMeasures[key].label)];

  function* pages(): Generator<string> {
    yield csvText([header], { bom: true });
    for (let at = 0; at < rows.length; at += rowsAtOnce)
      yield csvText(rows.slice(at, at + rowsAtOnce).map(csvRow), { bom: false });
  }
  return {
    fileName: `Calling usage details_${codeOf(ctx)}_${ctx.clock.today()}.csv`,
    mediaType: 'text/csv',
    body: Readable.from(pages()),
  };
}

const csvRow = (row: NamedUsage): (string | number | null)[] => [
  row.customerName,
  row.orgUuid,
  row.location,
  ...measureKeys.map((key) => row.cells[key]),
];

/** Eight alphanumeric characters that tell two downloads apart. */
function codeOf(ctx: Ctx): string {
  const digest = createHash('sha256').update(ctx.clock.id()).digest();
  return digest.readBigUInt64BE(0).toString(36).padStart(13, '0').slice(-8);
}
