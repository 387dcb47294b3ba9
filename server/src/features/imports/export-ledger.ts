import { Readable } from 'node:stream';
import type { FileReply } from '../../platform/http/index.ts';
import { csvText } from '../../platform/csv/csv-text.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import type { ImportBatch } from '@hub/contract/imports';
import { importView } from './import-view.ts';
import { findImports, type LedgerFilter } from './ledger-queries.ts';

const pageRows = 500;

/** Every import that matches as a row of a CSV, newest first: what it brought, how, and what became of each row. Times are UTC. */
export async function exportLedger(ctx: Ctx, filter: LedgerFilter): Promise<FileReply> {
  requirePermission(ctx, 'imports.read');
  async function* pages(): AsyncGenerator<string> {
    yield csvText([columns.map(([head]) => head)], { bom: true });
    for (let after: number | undefined; ; ) {
      const { rows } = await inTenant(ctx, (tx) => findImports(tx, { ...filter, after, limit: pageRows }));
      if (rows.length === 0) return;
      yield csvText(
        rows.map(importView).map((batch) => columns.map(([, value]) => value(batch))),
        { bom: false },
      );
      after = rows.at(-1)?.number;
    }
  }
  const day = ctx.clock.now().toISOString().slice(0, 10);
  return { fileName: `Imports_${day}.csv`, mediaType: 'text/csv', body: Readable.from(pages()) };
}

const numbered = (number: number | null | undefined): string | null =>
  number === null || number === undefined ? null : `B-${number}`;

/** Heads and values; codes are those of the API. */
const columns: readonly (readonly [head: string, value: (batch: ImportBatch) => string | number | null])[] = [
  ['Import', ({ number }) => numbered(number)],
  ['State', ({ state }) => state],
  ['Feed', ({ feed }) => feed],
  ['Region', ({ region }) => region],
  ['Source', ({ source }) => source],
  ['From archive', ({ archiveNumber }) => numbered(archiveNumber)],
  ['Corrects', ({ corrects }) => numbered(corrects?.number)],
  ['File', ({ fileName }) => fileName],
  ['Bytes', ({ fileBytes }) => fileBytes],
  ['SHA-256', ({ sha256 }) => sha256],
  ['By', ({ createdBy }) => createdBy],
  ['Received', ({ createdAt }) => createdAt],
  ['Started', ({ startedAt }) => startedAt],
  ['Ended', ({ endedAt }) => endedAt],
  ['Seconds', ({ seconds }) => seconds],
  ['Rows per second', ({ rowsPerSecond }) => (rowsPerSecond === null ? null : Math.round(rowsPerSecond))],
  ['Read', ({ counts }) => counts && counts.read],
  ['New', ({ counts }) => counts && counts.new],
  ['Duplicate', ({ counts }) => counts && counts.duplicate],
  ['Replaced', ({ counts }) => counts && counts.replaced],
  ['Rejected', ({ counts }) => counts && counts.rejected],
  ['Held', ({ counts }) => counts && counts.held],
  ['First', ({ covers }) => covers && covers.from],
  ['Last', ({ covers }) => covers && covers.to],
  ['Failure', ({ failure }) => failure && failure.code],
  ['Undone', ({ undone }) => undone && undone.at],
  ['Undone by', ({ undone }) => undone && undone.by],
];
