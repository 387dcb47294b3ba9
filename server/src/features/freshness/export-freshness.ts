import { Readable } from 'node:stream';
import type { Cadence } from '@hub/contract/freshness';
import { csvText } from '../../platform/csv/csv-text.ts';
import type { FileReply } from '../../platform/http/index.ts';
import { type Ctx, requirePermission } from '../access/index.ts';
import { askFreshness, type FreshnessQuestion, type ListedFreshness } from './freshness-list.ts';

const rowsAtOnce = 2000;

/** Every row that matches, in the asked order: UTF-8 with BOM. Days are UTC; codes are those of the API. */
export async function exportFreshness(ctx: Ctx, question: FreshnessQuestion): Promise<FileReply> {
  requirePermission(ctx, 'calling_usage.read');
  const { rows } = await askFreshness(ctx, question);
  function* pages(): Generator<string> {
    yield csvText([columns.map(([head]) => head)], { bom: true });
    for (let at = 0; at < rows.length; at += rowsAtOnce)
      yield csvText(
        rows.slice(at, at + rowsAtOnce).map((row) => columns.map(([, value]) => value(row))),
        { bom: false },
      );
  }
  return {
    fileName: `Data freshness_${ctx.clock.today()}.csv`,
    mediaType: 'text/csv',
    body: Readable.from(pages()),
  };
}

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const weekdaysOf = ({ weekdays }: Cadence): string => weekdays.map((day) => dayNames[day - 1]).join(' ');

const columns: readonly (readonly [head: string, value: (row: ListedFreshness) => string | number | null])[] = [
  ['Customer name', ({ customerName }) => customerName],
  ['Org ID', ({ orgUuid }) => orgUuid],
  ['Feed', ({ feed }) => feed],
  ['First day', ({ firstDay }) => firstDay],
  ['Last day', ({ lastDay }) => lastDay],
  ['Last record', ({ lastRecordAt }) => lastRecordAt],
  ['Cadence', ({ cadence }) => cadence.kind],
  ['Expected on', ({ cadence }) => weekdaysOf(cadence)],
  ['Late since', ({ late }) => late && late.from],
  ['Late days', ({ late }) => (late ? late.days : 0)],
  ['Gaps', ({ gaps }) => gaps],
  ['Missing days', ({ missingDays }) => missingDays],
  ['Gap days', ({ gapDays }) => gapDays.map(({ from, to }) => (from === to ? from : `${from}/${to}`)).join(' ')],
];
