import { type Ctx, inTenant } from '../access/index.ts';
import { type ImportRow, setOwnState } from './import-queries.ts';

/** Thrown inside when the person canceled, or another process took the import over: undo what is ours and say nothing. */
export class NoLongerOurs extends Error {}

/** Tells how far the import is. Throws NoLongerOurs. */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- a step of a queued import: whoever queued it was asked, and its end is audited
export async function enterStage(
  ctx: Ctx,
  row: ImportRow,
  stage: 'unpacking' | 'reading' | 'checking' | 'publishing',
): Promise<void> {
  const isOurs = await inTenant(ctx, (tx) => setOwnState(tx, row, { stage, waits_for: null }));
  if (!isOurs) throw new NoLongerOurs();
}
