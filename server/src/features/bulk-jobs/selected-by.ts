import type { BulkSelection } from '@hub/contract/bulk-jobs';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { meaningOf } from '../customers/index.ts';
import { type Selected, theseIds, whereSo } from './bulk-queries.ts';

/** The ids that a selection names, as they are at this moment. Throws filter_invalid, filter_too_long. */
export async function selectedBy(tx: TenantTx, ctx: Ctx, selection: BulkSelection): Promise<Selected> {
  if ('customerIds' in selection) return theseIds(selection.customerIds);
  return whereSo((await meaningOf(tx, ctx, selection.filter)).condition);
}
