import type { PartnerId, PersonId } from '@hub/contract/ids';
import { renewalWindows } from '@hub/contract/renewal-rules';
import { demoWork } from '../../demo-data/index.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { findDemoTerms, insertDemoWork } from './demo-record-queries.ts';

/** Work on the renewals that were near when the demo was made, of those who may own them. Doing it again changes nothing. */
export async function addDemoWork(
  tx: TenantTx,
  ctx: Ctx,
  { partnerId, owners, madeOn }: { partnerId: PartnerId; owners: readonly PersonId[]; madeOn: string },
): Promise<void> {
  const { grace, upcoming } = renewalWindows;
  const terms = await findDemoTerms(tx, madeOn, { before: grace, after: upcoming });
  const rows = terms.flatMap(({ id, customerId, termEndsOn }, at) => {
    const work = demoWork[at % demoWork.length];
    if (work === undefined) return [];
    const owner = work.owner === null ? null : (owners[work.owner % Math.max(1, owners.length)] ?? null);
    return {
      partner_id: partnerId,
      customer_id: customerId,
      subscription_id: id,
      term_ends_on: termEndsOn,
      stage: work.stage,
      owner_id: owner,
      note: work.note,
      notice_days: work.noticeDays,
      version: 1,
      changed_by: owner,
      changed_at: ctx.clock.now(),
    };
  });
  await insertDemoWork(tx, rows);
}
