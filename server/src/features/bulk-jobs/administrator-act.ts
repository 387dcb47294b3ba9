import type { BulkAct } from '@hub/contract/bulk-jobs';
import { changeAssignments, findAssignedAmong, getAdministrator, lockMember } from '../administrators/index.ts';
import { releaseAssigned } from '../imports/index.ts';
import type { Membership } from './member-act.ts';

/** The customers that a partner administrator has assigned. */
export function assignmentsOf(given: BulkAct & { act: 'assign_administrator' | 'unassign_administrator' }): Membership {
  const { personId } = given;
  return {
    permission: 'administrators.write',
    async settle(tx, { actor: { partnerId } }) {
      await getAdministrator(tx, { partnerId, personId, you: undefined });
      return given;
    },
    async lock(tx, { actor }) {
      await lockMember(tx, { partnerId: actor.partnerId, personId, actor });
    },
    findAmong: (tx, customerIds) => findAssignedAmong(tx, { personId, customerIds }),
    async change(tx, ctx, change) {
      const { added } = await changeAssignments(tx, ctx, { personId, ...change });
      const organizations = added.flatMap(({ region, orgUuid }) => (orgUuid === null ? [] : [{ region, orgUuid }]));
      if (organizations.length === 0) return {};
      return { afterwards: () => releaseAssigned(ctx, personId, organizations) };
    },
  };
}
