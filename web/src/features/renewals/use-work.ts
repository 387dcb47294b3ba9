import type { RenewalRow, RenewalWork } from '@hub/contract/renewals';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { ApiError } from '../../lib/api.ts';
import { errorText } from '../../lib/error-text.ts';
import { useText } from '../../lib/i18n.ts';
import { toast } from '../../ui/toast.tsx';
import { isChangedMeanwhile } from '../../ui/use-conflict.ts';
import { askAnew, keepWork, putWork, readWork, type WorkChange } from './queries.ts';
import { fieldText, type WorkField, workFields } from './renewal-words.ts';

/** Two people wrote the same field: what there is now, and what was to be saved. */
export interface Conflict {
  row: RenewalRow;
  field: WorkField;
  change: WorkChange;
  theirs: RenewalWork;
  /** Tells whoever asked for the save how it ended. */
  end: (isSettled: boolean) => void;
}

/** False: it could not be saved. Of two people's words on one field it answers when one is chosen. */
export type Save = (row: RenewalRow, field: WorkField, change: WorkChange) => Promise<boolean>;

const isSame = (field: WorkField, a: RenewalWork, b: RenewalWork): boolean =>
  field === 'owner' ? a.owner?.personId === b.owner?.personId : a[field] === b[field];

/**
 * Saves one field of the work on a term. Who comes second is told what the first has changed: another field is kept beside their own, of the
 * same field they choose.
 */
export function useWork(): { save: Save; conflict: Conflict | null; settle: (takesMine: boolean) => void } {
  const { t, f } = useText();
  const client = useQueryClient();
  // One after another: several fields may have been left before the first answer.
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([]);
  const conflict = conflicts[0] ?? null;
  const put = useCallback(
    async (row: RenewalRow, seen: RenewalWork, change: WorkChange) =>
      keepWork(client, row, await putWork(row.subscriptionId, seen, change)),
    [client],
  );
  const fail = useCallback(
    (error: unknown) => {
      toast({ glyph: 'failed', title: t('renewals.notSaved'), body: errorText(error, t, f) });
      if (error instanceof ApiError && error.problem?.code === 'renewal_term_over') void askAnew(client);
    },
    [client, t, f],
  );
  const meet = useCallback(
    async (row: RenewalRow, field: WorkField, change: WorkChange): Promise<boolean> => {
      const theirs = await readWork(row.subscriptionId);
      if (theirs === null || theirs.termEndsOn !== row.work.termEndsOn) {
        await askAnew(client);
        return true;
      }
      const changed = workFields.filter((one) => !isSame(one, row.work, theirs));
      keepWork(client, row, theirs);
      if (changed.includes(field))
        return new Promise((end) => setConflicts((all) => [...all, { row, field, change, theirs, end }]));
      await put(row, theirs, change);
      const told = changed.map((one) => `${t(`renewals.${one}`)}: ${fieldText(one, theirs, t)}`);
      toast({
        title: t('renewals.bothKept', { name: theirs.changedBy?.name ?? t('renewals.somebody') }),
        body: f.list(told),
      });
      return true;
    },
    [client, put, t, f],
  );
  const save = useCallback<Save>(
    async (row, field, change) => {
      try {
        return await put(row, row.work, change).then(
          () => true,
          (error: unknown) => {
            if (!isChangedMeanwhile(error)) throw error;
            return meet(row, field, change);
          },
        );
      } catch (error) {
        fail(error);
        return false;
      }
    },
    [put, fail, meet],
  );
  const settle = useCallback(
    (takesMine: boolean) => {
      if (conflict === null) return;
      setConflicts((all) => all.filter((one) => one !== conflict));
      const { row, field, change, theirs, end } = conflict;
      if (takesMine) void save({ ...row, work: theirs }, field, change).then(end);
      else end(true);
    },
    [conflict, save],
  );
  return { save, conflict, settle };
}
