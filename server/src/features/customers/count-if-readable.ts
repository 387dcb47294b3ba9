import type { ErrorCode } from '@hub/contract/errors';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { Ctx } from '../access/index.ts';
import { countMatching } from './list-customers.ts';

const unreadable: readonly ErrorCode[] = [
  'filter_invalid',
  'filter_too_long',
  'permission_denied',
  'token_scope_missing',
];

/** As countMatching, of a filter that was stored: undefined where it does not read any more, such as after an update, or not for the actor. */
export async function countIfReadable(tx: TenantTx, ctx: Ctx, filter: string): Promise<number | undefined> {
  try {
    return await countMatching(tx, ctx, filter);
  } catch (error) {
    if (error instanceof HubError && unreadable.includes(error.code)) return undefined;
    throw error;
  }
}
