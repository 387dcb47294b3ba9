import { Readable } from 'node:stream';
import { productNames } from '@hub/contract/products';
import type {
  CustomerRow,
  exportChosenCustomersCsv as chosenEndpoint,
  exportCustomersCsv as endpoint,
  exportCustomersInSteps as stepsEndpoint,
  FileStep,
} from '@hub/contract/customers';
import type { RequestOf } from '@hub/contract/endpoint';
import { regionLabels } from '@hub/contract/regions';
import { csvText } from '../../platform/csv/csv-text.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { FileReply } from '../../platform/http/index.ts';
import { type XlsxColumn, xlsxStream } from '../../platform/xlsx/xlsx-stream.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import type { Position } from './customer-order.ts';
import { amongIds, countWhere, findPage } from './customer-page-queries.ts';
import { findRows } from './customer-row-queries.ts';
import type { Condition } from './customers-filter-queries.ts';
import { meaningOf } from './list-customers.ts';
import { readFilter } from './read-filter.ts';
import { requireRights } from './require-rights.ts';
import { toldRows } from './told-rows.ts';

/** What a filter leaves, or customers named one by one: of both, those that the actor sees. */
type Asked = RequestOf<typeof endpoint>['query'] | RequestOf<typeof chosenEndpoint>['body'];
type Cell = string | number | null;

const rowsAtOnce = 2000;

/** What is asked for in its order; UTF-8 with BOM. Throws filter_invalid, filter_too_long. */
export async function exportCustomersCsv(ctx: Ctx, asked: Asked): Promise<FileReply> {
  requirePermission(ctx, 'customers.export');
  await noteExport(ctx, asked, 'csv');
  return fileOf(ctx, 'csv', Readable.from(pieces.csv(rowPages(ctx, asked))));
}

/** The same as a workbook. Throws filter_invalid, filter_too_long. */
export async function exportCustomersXlsx(ctx: Ctx, asked: Asked): Promise<FileReply> {
  requirePermission(ctx, 'customers.export');
  await noteExport(ctx, asked, 'xlsx');
  return fileOf(ctx, 'xlsx', Readable.from(pieces.xlsx(rowPages(ctx, asked))));
}

/** Either, piece by piece with how far it is. Throws filter_invalid, filter_too_long. */
export async function exportCustomersInSteps(
  ctx: Ctx,
  { format, selection, ...order }: RequestOf<typeof stepsEndpoint>['body'],
): Promise<FileReply> {
  requirePermission(ctx, 'customers.export');
  const asked = { ...selection, ...order };
  const of = await noteExport(ctx, asked, format);
  let rows = 0;
  async function* counted(): AsyncGenerator<Cell[][]> {
    for await (const page of rowPages(ctx, asked)) {
      rows += page.length;
      yield page;
    }
  }
  const stepOf = (piece: string | Buffer, isWhole: boolean): string => {
    // Between the count and the last page somebody may have come or gone.
    const step: FileStep = {
      rows,
      of: isWhole ? rows : Math.max(of, rows),
      piece: Buffer.from(piece).toString('base64'),
      isWhole,
    };
    return `${JSON.stringify(step)}\n`;
  };
  async function* steps(): AsyncGenerator<string> {
    for await (const piece of pieces[format](counted())) yield stepOf(piece, false);
    yield stepOf('', true);
  }
  return { ...fileOf(ctx, format, Readable.from(steps())), mediaType: 'application/x-ndjson' };
}

type Format = 'csv' | 'xlsx';

const mediaTypes: Record<Format, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const fileOf = (ctx: Ctx, format: Format, body: Readable): FileReply => ({
  fileName: `Customers_${ctx.clock.today()}.${format}`,
  mediaType: mediaTypes[format],
  body,
});

const pieces: Record<Format, (pages: AsyncIterable<Cell[][]>) => AsyncGenerator<string | Buffer>> = {
  csv: csvPieces,
  xlsx: (pages) => xlsxStream({ name: 'Customers', columns }, pages),
};

async function* csvPieces(pages: AsyncIterable<Cell[][]>): AsyncGenerator<string> {
  yield csvText([columns.map(({ title }) => title)], { bom: true });
  for await (const rows of pages) yield csvText(rows, { bom: false });
}

/** Before the first row leaves: who breaks off has taken some too. Answers how many rows there are. */
async function noteExport(ctx: Ctx, asked: Asked, format: Format): Promise<number> {
  requirePermission(ctx, 'customers.export');
  const { sort, order } = asked;
  return inTenant(ctx, async (tx) => {
    const rows = await countWhere(tx, await conditionOf(tx, ctx, asked));
    const by = 'filter' in asked ? { filter: asked.filter } : { customers: asked.customerIds.length };
    await audit(tx, ctx, {
      action: 'customers.export',
      target: { kind: 'partner', id: ctx.actor.partnerId },
      after: { format, ...by, sort, order, rows },
    });
    return rows;
  });
}

async function conditionOf(tx: TenantTx, ctx: Ctx, asked: Asked): Promise<Condition> {
  if ('filter' in asked) return (await meaningOf(tx, ctx, asked.filter, asked.sort)).condition;
  requireRights(ctx, readFilter(''), asked.sort);
  return amongIds(asked.customerIds);
}

/** Each page is a transaction of its own: a slow reader holds none. */
async function* rowPages(ctx: Ctx, asked: Asked): AsyncGenerator<Cell[][]> {
  const { sort, order } = asked;
  for (let after: Position | undefined; ; ) {
    const last = after;
    const { page, rows } = await inTenant(ctx, async (tx) => {
      const condition = await conditionOf(tx, ctx, asked);
      const found = await findPage(tx, { condition, sort, order, after: last, limit: rowsAtOnce });
      return {
        page: found,
        rows: toldRows(
          ctx.actor,
          await findRows(
            tx,
            found.map(({ id }) => id),
          ),
        ),
      };
    });
    if (rows.length > 0) yield rows.map((row) => columns.map(({ cell }) => cell(row)));
    if (page.length < rowsAtOnce) return;
    after = page.at(-1);
  }
}

/** `license_overage` is `License overage`. */
const inWords = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).replaceAll('_', ' ');
const managed = { owned: 'Partner organization', external: 'External administrator', own: 'Own organization' };

const columns: readonly (XlsxColumn & { cell: (row: CustomerRow) => Cell })[] = [
  { title: 'Customer ID', kind: 'text', width: 38, cell: ({ id }) => id },
  { title: 'Name', kind: 'text', width: 40, cell: ({ name }) => name },
  {
    title: 'Statuses',
    kind: 'text',
    width: 36,
    cell: ({ statuses }) => statuses.map(({ status }) => inWords(status)).join('; '),
  },
  {
    title: 'Setup errors',
    kind: 'text',
    width: 36,
    cell: ({ failedSetup }) =>
      failedSetup?.reasons
        .map(({ of, state, note }) => [of.reference, inWords(state), note].filter(Boolean).join(': '))
        .join('; ') ?? null,
  },
  {
    title: 'Calling anomalies',
    kind: 'text',
    width: 28,
    cell: ({ anomalies }) => anomalies?.map(({ kind, since }) => `${inWords(kind)} since ${since}`).join('; ') ?? null,
  },
  { title: 'Tags', kind: 'text', width: 24, cell: ({ tags }) => tags.map(({ name }) => name).join('; ') },
  {
    title: 'Products',
    kind: 'text',
    width: 36,
    cell: ({ products }) => products.map((product) => productNames[product]).join('; '),
  },
  { title: 'Licenses ordered', kind: 'number', width: 16, cell: ({ licenses }) => licenses?.ordered ?? null },
  { title: 'Licenses assigned', kind: 'number', width: 16, cell: ({ licenses }) => licenses?.assigned ?? null },
  { title: 'Licenses unassigned', kind: 'number', width: 16, cell: ({ licenses }) => licenses?.unassigned ?? null },
  { title: 'Licenses over', kind: 'number', width: 16, cell: ({ licenses }) => licenses?.over ?? null },
  { title: 'Next date', kind: 'date', width: 12, cell: ({ next }) => next?.on ?? null },
  { title: 'Next', kind: 'text', width: 10, cell: ({ next }) => (next ? inWords(next.verb) : null) },
  { title: 'Next concerns', kind: 'text', width: 20, cell: ({ next }) => next?.reference ?? null },
  {
    title: 'Last sign-in',
    kind: 'date',
    width: 12,
    cell: ({ lastSignIn: { on, isKnown } }) => on ?? (isKnown ? 'Never' : null),
  },
  { title: 'Region', kind: 'text', width: 8, cell: ({ region }) => regionLabels[region] },
  { title: 'Country', kind: 'text', width: 8, cell: ({ country }) => country },
  { title: 'Managed as', kind: 'text', width: 22, cell: ({ kind }) => managed[kind] },
  { title: 'Organization ID', kind: 'text', width: 38, cell: ({ orgUuid }) => orgUuid },
  { title: 'External ID', kind: 'text', width: 20, cell: ({ externalId }) => externalId },
  { title: 'Domain', kind: 'text', width: 24, cell: ({ domain }) => domain },
  { title: 'Contact', kind: 'text', width: 24, cell: ({ contact }) => contact.name || null },
  { title: 'Contact e-mail', kind: 'text', width: 28, cell: ({ contact }) => contact.email || null },
  { title: 'Contact phone', kind: 'text', width: 18, cell: ({ contact }) => contact.phone || null },
  { title: 'Created (UTC)', kind: 'instant', width: 18, cell: ({ createdAt }) => createdAt },
];
