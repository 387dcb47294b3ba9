import { ImportBatch } from '@hub/contract/imports';
import type { ImportRow } from './import-queries.ts';

const instant = (value: Date | null): string | null => value?.toISOString() ?? null;

/** The batch as the contract shows it. */
export function importView(row: ImportRow): ImportBatch {
  const isRunning = row.state === 'running';
  const counts = row.state === 'committed' || row.state === 'undone' ? countsOf(row) : null;
  const seconds = secondsOf(row);
  return ImportBatch.parse({
    id: row.id,
    number: row.number,
    region: row.region,
    feed: row.feed,
    format: row.format,
    source: row.source,
    fileName: row.file_name,
    fileBytes: row.file_bytes,
    sha256: row.sha256?.toString('hex') ?? null,
    state: row.state,
    stage: isRunning ? row.stage : null,
    waitsFor: row.state === 'queued' ? row.waits_for : null,
    progress: isRunning
      ? {
          rowsDone: row.rows_done,
          bytesDone: Math.min(row.bytes_done, row.file_bytes),
          bytesTotal: row.file_bytes,
          rowsPerSecond: row.rows_per_second,
          secondsLeft: row.seconds_left,
        }
      : null,
    counts,
    emptied: row.emptied,
    notes: row.notes,
    failure: row.failure,
    covers: row.covers_from && row.covers_to ? { from: instant(row.covers_from), to: instant(row.covers_to) } : null,
    orgUuid: row.org_uuid,
    mappingId: row.mapping_id,
    period: row.period_from === null ? null : { from: row.period_from, to: row.period_to },
    archiveId: row.archive_id,
    archiveNumber: row.archive_number,
    corrects:
      row.corrects_id === null || row.corrects_number === null
        ? null
        : { id: row.corrects_id, number: row.corrects_number },
    createdAt: instant(row.created_at),
    startedAt: instant(row.started_at),
    endedAt: instant(row.ended_at),
    createdBy: row.created_by_name,
    seconds,
    rowsPerSecond: row.read_rows === null || counts === null || !seconds ? null : row.read_rows / seconds,
    canBeUndone: row.can_be_undone && row.state === 'committed',
    undone: row.undone_at === null ? null : { at: instant(row.undone_at), by: row.undone_by_name },
  });
}

const countsOf = (row: ImportRow) => ({
  read: row.read_rows,
  new: row.new_rows,
  duplicate: row.duplicate_rows,
  replaced: row.replaced_rows,
  rejected: row.rejected_rows,
  held: row.held_rows,
});

/** From the beginning of the attempt that ended it. */
function secondsOf({ started_at, ended_at }: ImportRow): number | null {
  return started_at === null || ended_at === null
    ? null
    : Math.max(0, (ended_at.getTime() - started_at.getTime()) / 1000);
}
