import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import type { Act, Applied } from './bulk-act.ts';

/** Something that a customer is in or is not in, such as a group. */
export interface Membership extends Pick<Act, 'permission' | 'settle' | 'lock'> {
  findAmong: (tx: TenantTx, customerIds: readonly string[]) => Promise<ReadonlySet<string>>;
  change: (tx: TenantTx, ctx: Ctx, change: { add: string[]; remove: string[] }) => Promise<Applied>;
}

/** Puts each in, or takes each out. Those that a job put in are taken out to undo it, whoever else was in it before stays. */
export function memberAct({ findAmong, change, ...rest }: Membership, { isAdding }: { isAdding: boolean }): Act {
  return {
    ...rest,
    async judge(tx, ctx, items) {
      const ids = items.map(({ customerId }) => customerId);
      const inside = await findAmong(tx, ids);
      const changed = ids.filter((id) => inside.has(id) !== isAdding);
      const isChanged = new Set(changed);
      return {
        verdicts: ids.map((customerId) =>
          isChanged.has(customerId)
            ? { customerId, outcome: 'changed', before: {} }
            : { customerId, outcome: 'unchanged' },
        ),
        apply: async () =>
          changed.length === 0
            ? {}
            : change(tx, ctx, isAdding ? { add: changed, remove: [] } : { add: [], remove: changed }),
      };
    },
  };
}
