import type { RegionCode } from '@hub/contract/regions';
import { undoDays } from '@hub/contract/imports';
import { type Ctx, inTenant } from '../access/index.ts';
import { feedOf } from './feeds/all-feeds.ts';
import type { ImportRow } from './import-queries.ts';
import { type BatchFacts, deleteReplaced, markReplaced, removeUndone } from './replaced-queries.ts';
import {
  findReplacedDue,
  findSupersededDue,
  findUndoneDue,
  setNoLongerUndoable,
  setReplacedGone,
  setSupersededMarked,
  setUndoneGone,
} from './undo-queries.ts';

/** Longer than any question runs (30 s) and waits for its turn: whoever asked before a commit has its answer by then. */
const graceSeconds = 300;
const keptMilliseconds = undoDays * 86_400_000 + 3_600_000; // an hour more, for clocks that differ

/**
 * What follows a commit or an undo once nobody can still be reading around it, for one partner. Between imports: each step may be stopped at
 * any moment and is done again.
 */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- the hub itself, for no person; what is cleaned up was asked and audited before
export async function cleanStore(ctx: Ctx, region: RegionCode): Promise<void> {
  const store = ctx.stores.get(region);
  if (!store) return;
  const factsOf = (row: ImportRow): BatchFacts => ({
    store,
    partnerId: row.partner_id,
    batch: row.number,
    attempt: row.attempt,
    feed: feedOf(row.feed ?? 'webex_call_history'),
  });
  // What was undone first: of a record that it replaced and that was replaced again, the later mark stands.
  for (const row of await inTenant(ctx, (tx) => findUndoneDue(tx, region, graceSeconds))) {
    await removeUndone(factsOf(row));
    await inTenant(ctx, (tx) => setUndoneGone(tx, row.id));
  }
  for (const row of await inTenant(ctx, (tx) => findSupersededDue(tx, region, graceSeconds))) {
    await markReplaced(factsOf(row));
    await inTenant(ctx, (tx) => setSupersededMarked(tx, row.id));
  }
  const before = new Date(ctx.clock.now().getTime() - keptMilliseconds);
  for (const row of await inTenant(ctx, (tx) => findReplacedDue(tx, region, before))) {
    if (!(await inTenant(ctx, (tx) => setNoLongerUndoable(tx, row.id)))) continue;
    await deleteReplaced(factsOf(row));
    await inTenant(ctx, (tx) => setReplacedGone(tx, row.id));
  }
}
