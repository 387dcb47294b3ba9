import type { BulkAct } from '@hub/contract/bulk-jobs';
import { changeMembers, findMembersAmong, getMemberGroup, lockMemberGroup } from '../customer-groups/index.ts';
import { releaseToGroup } from '../imports/index.ts';
import type { Membership } from './member-act.ts';

/** The customers of a group that has them added one by one. */
export function membersOf(given: BulkAct & { act: 'add_to_group' | 'remove_from_group' }): Membership {
  const { groupId } = given;
  return {
    permission: 'groups.write',
    async settle(tx) {
      await getMemberGroup(tx, groupId);
      return given;
    },
    async lock(tx) {
      await lockMemberGroup(tx, groupId);
    },
    findAmong: (tx, customerIds) => findMembersAmong(tx, { groupId, customerIds }),
    async change(tx, ctx, change) {
      await changeMembers(tx, ctx, { groupId, ...change });
      return change.add.length === 0 ? {} : { afterwards: () => releaseToGroup(ctx, groupId, change.add) };
    },
  };
}
