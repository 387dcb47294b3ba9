import { nameKey } from '@hub/contract/given-names';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { Ctx } from '../access/index.ts';
import { requireAskable } from '../customers/index.ts';
import { findGroups } from './group-queries.ts';
import { leadsBack, userOf } from './group-rules.ts';

/**
 * Under lockGroups. `before`: what it is now. Throws filter_invalid, filter_too_long, group_name_taken, group_within_itself,
 * group_in_use where another group's filter knows it by its old name, and permission_denied or token_scope_missing for a new filter by what
 * the actor is not told: who is in the group would tell it.
 */
export async function refuseGroup(
  tx: TenantTx,
  ctx: Ctx,
  { id, name, filter }: { id: string; name: string; filter: string | null },
  before?: { name: string; filter: string | null },
): Promise<void> {
  if (filter !== null && filter !== before?.filter) requireAskable(ctx, filter, 'name');
  const others = (await findGroups(tx)).filter((group) => group.id !== id);
  const taken = others.find((group) => nameKey(group.name) === nameKey(name));
  if (taken) throw new HubError('group_name_taken', { name: taken.name });
  if (before !== undefined && nameKey(before.name) !== nameKey(name)) refuseUsed(before.name, others);
  const through = leadsBack({ name, filter }, others);
  if (through !== undefined) throw new HubError('group_within_itself', { name: through });
}

/** Throws group_in_use. */
export function refuseUsed(name: string, others: Parameters<typeof userOf>[1]): void {
  const user = userOf(name, others);
  if (user !== undefined) throw new HubError('group_in_use', { name: user });
}
