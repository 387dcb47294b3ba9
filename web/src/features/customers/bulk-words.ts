import type { BulkJob } from '@hub/contract/bulk-jobs';
import type { Permission } from '@hub/contract/permissions';
import type { Translate } from '../../lib/i18n.ts';

export type BulkKind = BulkJob['act'];

/** What each act asks of the role, beside the right to change customers. */
export const bulkNeeds: Record<BulkKind, Permission> = {
  add_tags: 'tags.write',
  remove_tags: 'tags.write',
  assign_administrator: 'administrators.write',
  unassign_administrator: 'administrators.write',
  add_to_group: 'groups.write',
  remove_from_group: 'groups.write',
  start_trial: 'subscriptions.write',
};

/** In the order in which they are offered. */
export const bulkKinds = Object.keys(bulkNeeds) as BulkKind[];

export const bulkWord = (kind: BulkKind, t: Translate): string => t(`bulk.act.${kind}`);

/** A job by its act; one that takes another back says so. */
export const jobWord = ({ act, undoes }: Pick<BulkJob, 'act' | 'undoes'>, t: Translate): string =>
  undoes === null ? bulkWord(act, t) : t('bulk.undoOf', { act: bulkWord(act, t) });

export const isGoing = ({ state }: Pick<BulkJob, 'state'>): boolean => state === 'queued' || state === 'running';
