import type { BulkJob } from '@hub/contract/bulk-jobs';
import type { BulkJobRow } from './bulk-queries.ts';

/** A job as its person sees it. */
export const jobView = (row: BulkJobRow): BulkJob =>
  ({
    id: row.id,
    act: row.act.act,
    state: row.state,
    total: row.total,
    looked: row.changed + row.unchanged + row.failed,
    changed: row.changed,
    unchanged: row.unchanged,
    failed: row.failed,
    undoes: row.undoes,
    mayUndo: mayUndo(row),
    isUndone: row.undoneBy !== null && !isGivenUp(row),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }) as BulkJob;

/** Once, unless the undoing was stopped: another one goes on where that one was. */
export const mayUndo = (row: BulkJobRow): boolean =>
  (row.state === 'done' || row.state === 'canceled') &&
  row.changed > 0 &&
  row.undoes === null &&
  (row.undoneBy === null || isGivenUp(row));

const isGivenUp = ({ undoState }: BulkJobRow): boolean => undoState === 'canceled';
