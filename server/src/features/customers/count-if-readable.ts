import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { Ctx } from '../access/index.ts';
import { countMatching } from './list-customers.ts';

/** As countMatching, of a filter that was stored: undefined where it does not read any more, such as after an update. */
export async function countIfReadable(tx: TenantTx, ctx: Ctx, filter: string): Promise<number | undefined> {
  try {
    return await countMatching(tx, ctx, filter);
  } catch (error) {
    if (error instanceof HubError && (error.code === 'filter_invalid' || error.code === 'filter_too_long'))
      return undefined;
    throw error;
  }
}
