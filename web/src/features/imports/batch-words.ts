import type { ErrorCode } from '@hub/contract/errors';
import type { ImportBatch, ImportCounts, ImportNote, RejectedRow, RejectReason } from '@hub/contract/imports';
import { regionLabels } from '@hub/contract/regions';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { GlyphName } from '../../ui/glyph.tsx';
import { needsOf } from './needs.ts';

/** A batch's state in a word and a shape; what needs a look comes before "Complete". */
export function stateWords(batch: ImportBatch, t: Translate): { glyph: GlyphName; word: string } {
  if (batch.state === 'committed' && batch.counts !== null) {
    if (batch.format === 'zip')
      return { glyph: 'done', word: t('imports.state.unpacked', { count: unpackedFiles(batch) }) };
    const { held, duplicate, read } = batch.counts;
    const rejected = listedRejected(batch);
    if (rejected > 0) return { glyph: 'warning', word: t('imports.state.rejected', { count: rejected }) };
    if (held > 0) return { glyph: 'late', word: t('imports.state.held', { count: held }) };
    if (read > 0 && duplicate === read) return { glyph: 'dotted', word: t('imports.state.already') };
    const emptied = batch.emptied.reduce((sum, { count }) => sum + count, 0);
    if (emptied > 0) return { glyph: 'warning', word: t('imports.state.emptied', { count: emptied }) };
  }
  if (needsOf(batch) !== undefined) return { glyph: 'late', word: t('imports.state.needs') };
  return { glyph: glyphs[batch.state], word: t(`imports.state.${batch.state}`) };
}

/** Rejected rows that can be looked at: nothing is kept of those of people whose data were deleted. */
export const listedRejected = ({ counts, notes }: ImportBatch): number =>
  (counts?.rejected ?? 0) - Number(notes.find(({ code }) => code === 'person_deleted')?.data['rows'] ?? 0);

const unpackedFiles = ({ notes }: ImportBatch): number =>
  Number(notes.find(({ code }) => code === 'unpacked')?.data['files'] ?? 0);

/** Whether the same file may come in when it is tried again: the fault was none of its own. */
export const mayGoOn = ({ state, failure }: ImportBatch): boolean =>
  state === 'failed' && failure !== null && passing.has(failure.code);

const passing: ReadonlySet<ErrorCode> = new Set([
  'import_engine_failed',
  'import_disk_full',
  'import_file_missing',
  'vault_key_missing',
]);

const glyphs: Record<ImportBatch['state'], GlyphName> = {
  queued: 'dotted',
  running: 'running',
  committed: 'done',
  failed: 'failed',
  canceled: 'struck',
  undone: 'struck',
};

/** What becomes of the rows that are read: each is one of these. */
export const countedParts = ['new', 'duplicate', 'replaced', 'rejected', 'held'] as const;

/** An archive has no rows of its own. */
export const countsOf = ({ counts, format }: ImportBatch): ImportCounts | null => (format === 'zip' ? null : counts);

/** The parts that a file has, in words. */
export const partsText = (counts: ImportCounts, t: Translate): string =>
  countedParts
    .filter((part) => counts[part] > 0)
    .map((part) => t(`imports.part.${part}`, { count: counts[part] }))
    .join(', ');

/** Of what feed and region it is, its days, and by which way it came if nobody uploaded it. */
export function batchFacts({ feed, region, source, covers }: ImportBatch, t: Translate, f: Format): string {
  const facts = [`${t(feed === null ? 'feed.unknown' : `feed.${feed}`)} ${regionLabels[region]}`];
  if (covers !== null) facts.push(f.dayRange(covers.from, covers.to));
  if (source !== 'upload') facts.push(t(`source.${source}`));
  return facts.join(', ');
}

export function noteText(note: ImportNote, t: Translate): string {
  return t(`note.${note.code}`, note.data);
}

/** Why this row, with the limit or the number that was expected. */
export function reasonText(row: Pick<RejectedRow, 'reason' | 'data'>, t: Translate, f: Format): string {
  const limit = row.data['limit'];
  if (row.reason === 'column_count' && 'found' in row.data) return t('reason.column_count.found', row.data);
  return t(`reason.${row.reason}`, {
    ...row.data,
    ...(typeof limit === 'string' ? { limit: limitText(limit, f) } : {}),
  });
}

function limitText(limit: string, f: Format): string {
  return Number.isNaN(Date.parse(limit)) ? limit : `${f.seconds(limit)} UTC`;
}

/** Why rows of a group, without the particulars of one row. */
export function reasonGroupText(reason: RejectReason, t: Translate): string {
  switch (reason) {
    case 'column_count':
    case 'time_before':
    case 'time_after':
    case 'too_long':
      return t(`reason.${reason}.short`);
    case 'not_a_time':
    case 'year_short':
    case 'time_required':
    case 'not_a_whole_number':
    case 'below_zero':
    case 'value_required':
    case 'word_unknown':
    case 'quote_misplaced':
    case 'quote_not_closed':
      return t(`reason.${reason}`);
  }
}
