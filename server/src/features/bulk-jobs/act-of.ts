import type { BulkAct } from '@hub/contract/bulk-jobs';
import { assignmentsOf } from './administrator-act.ts';
import type { Act } from './bulk-act.ts';
import { membersOf } from './group-act.ts';
import { memberAct } from './member-act.ts';
import { tagAct, tagUndo } from './tag-act.ts';
import { trialAct, trialUndo } from './trial-act.ts';

/** How an act is done, or taken back of the job `undoes`. */
export function actOf(given: BulkAct, undoes: string | null): Act {
  const isUndo = undoes !== null;
  switch (given.act) {
    case 'add_tags':
    case 'remove_tags':
      return isUndo ? tagUndo(given, undoes) : tagAct(given);
    case 'assign_administrator':
    case 'unassign_administrator':
      return memberAct(assignmentsOf(given), { isAdding: (given.act === 'assign_administrator') !== isUndo });
    case 'add_to_group':
    case 'remove_from_group':
      return memberAct(membersOf(given), { isAdding: (given.act === 'add_to_group') !== isUndo });
    case 'start_trial':
      return isUndo ? trialUndo(given) : trialAct(given);
  }
}
