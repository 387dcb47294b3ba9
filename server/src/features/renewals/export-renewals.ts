import { Readable } from 'node:stream';
import type { RequestOf } from '@hub/contract/endpoint';
import { productNames } from '@hub/contract/products';
import type { RenewalStage, RenewalUrgency } from '@hub/contract/renewal-rules';
import type * as api from '@hub/contract/renewals';
import type { RenewalRow } from '@hub/contract/renewals';
import { csvText } from '../../platform/csv/csv-text.ts';
import type { FileReply } from '../../platform/http/index.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { askedOf } from './ask-renewals.ts';
import { findRenewals } from './renewal-queries.ts';
import { holdRenewals, tellRenewals } from './told-rows.ts';

interface CsvColumn {
  head: string;
  cell: (row: RenewalRow) => string | number | null;
}

const rowsAtOnce = 1000;
const urgencyNames: Record<RenewalUrgency, string> = { high: 'High priority', upcoming: 'Upcoming', grace: 'Grace' };
const stageNames: Record<RenewalStage, string> = {
  not_started: 'Not started',
  contacted: 'Contacted',
  quoted: 'Quoted',
  agreed: 'Agreed',
  lost: 'Lost',
};

const columns: CsvColumn[] = [
  { head: 'Urgency', cell: ({ urgency }) => urgencyNames[urgency] },
  { head: 'Customer', cell: ({ customerName }) => customerName },
  { head: 'Subscription ID', cell: ({ reference }) => reference },
  { head: 'Renews or ends on', cell: ({ endsOn }) => endsOn },
  { head: 'Days until', cell: ({ daysUntil }) => daysUntil },
  { head: 'Auto renew', cell: ({ autoRenews }) => (autoRenews ? 'yes' : 'no') },
  { head: 'Last day to reduce licenses', cell: (row) => row.lastDayToReduce },
  { head: 'Notice days', cell: ({ work }) => work.noticeDays },
  {
    head: 'Products',
    cell: ({ products }) => products.map(({ product, ordered }) => `${productNames[product]}: ${ordered}`).join('; '),
  },
  { head: 'Total licenses', cell: ({ products }) => products.reduce((sum, { ordered }) => sum + ordered, 0) },
  {
    head: 'Assigned licenses',
    cell: ({ products }) =>
      products.some(({ assigned }) => assigned === null)
        ? null
        : products.reduce((sum, { assigned }) => sum + (assigned ?? 0), 0),
  },
  { head: 'Owner', cell: ({ work }) => work.owner?.name ?? null },
  { head: 'Stage', cell: ({ work }) => stageNames[work.stage] },
  { head: 'Note', cell: ({ work }) => work.note },
  { head: 'Next term in months', cell: (row) => row.nextTermMonths },
];

/** All rows that match: UTF-8 with BOM, what is not known empty, a column of the forecast for each currency. */
export async function exportRenewals(
  ctx: Ctx,
  { region, sort, order, ...narrowed }: RequestOf<typeof api.exportRenewals>['query'],
  left?: AbortSignal,
): Promise<FileReply> {
  requirePermission(ctx, 'subscriptions.read');
  const { today, found } = await inTenant(ctx, async (tx) => {
    const asked = await askedOf(tx, ctx, narrowed, [region]);
    return { today: asked.today, found: await holdRenewals(tx, await findRenewals(tx, { ...asked, sort, order })) };
  });
  const { rows } = await tellRenewals(ctx, found, { region, today, left });
  const currencies = [...new Set(rows.flatMap(({ forecast }) => forecast.map(({ currency }) => currency)))].toSorted();
  const all = [...columns, ...currencies.map(forecastColumn), unpricedColumn];
  function* pages(): Generator<string> {
    yield csvText([all.map(({ head }) => head)], { bom: true });
    for (let at = 0; at < rows.length; at += rowsAtOnce)
      yield csvText(
        rows.slice(at, at + rowsAtOnce).map((row) => all.map(({ cell }) => cell(row))),
        { bom: false },
      );
  }
  return { fileName: `Renewals_${region}_${today}.csv`, mediaType: 'text/csv', body: Readable.from(pages()) };
}

const forecastColumn = (currency: string): CsvColumn => ({
  head: `Forecast ${currency}`,
  cell: ({ forecast }) => forecast.find((money) => money.currency === currency)?.amount ?? null,
});

const unpricedColumn: CsvColumn = {
  head: 'Not in the forecast',
  cell: ({ products }) =>
    products.flatMap(({ product, price }) => (price === null ? [productNames[product]] : [])).join('; '),
};
