import { type Ctx, inTenant } from '../access/index.ts';
import { dateIn } from './date-in.ts';
import { refreshCustomers } from './refresh-customers.ts';
import { readPolicy, readPolicyVersion, setPolicyApplied } from './policy-queries.ts';
import { type CustomerPlace, lockDueCustomers, pageCustomers } from './statuses-queries.ts';

/** Customers of one transaction: few enough that nobody who edits one of them waits. */
const batchSize = 1000;
/** Batches under way at a time: while one is derived here, PostgreSQL reads the other. */
const walks = 2;

/**
 * Brings every customer of a partner of which something may be another today, and after a change of the policy or of the rules every customer, to what its
 * facts say today. Those that a write holds at this moment are passed over: it derives them itself. Returns how many were looked at.
 */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- the hub itself, for no person; what time brings is told by the history of statuses
export async function refreshDueCustomers(ctx: Ctx, isOver: () => boolean = () => false): Promise<number> {
  const looked = await applyPolicy(ctx, isOver);
  const each = await Promise.all(Array.from({ length: walks }, () => walkDue(ctx, isOver)));
  return each.reduce((sum, found) => sum + found, looked);
}

/** Batch after batch of those who are due and in nobody's hands, until none is left. */
async function walkDue(ctx: Ctx, isOver: () => boolean): Promise<number> {
  let looked = 0;
  for (let found = batchSize; found === batchSize && !isOver(); looked += found)
    found = await inTenant(ctx, async (tx) => {
      const { timeZone } = await readPolicy(tx, ctx.actor.partnerId);
      const ids = await lockDueCustomers(tx, dateIn(timeZone, ctx.clock.now()), batchSize);
      if (ids.length > 0) await refreshCustomers(tx, ctx, ids);
      return ids.length;
    });
  return looked;
}

/** One walk over everybody for each change. What stops in between begins anew; who was derived by it already is read, not written. */
async function applyPolicy(ctx: Ctx, isOver: () => boolean): Promise<number> {
  const { partnerId } = ctx.actor;
  const { version, isPolicyNew } = await inTenant(ctx, (tx) => readPolicyVersion(tx, partnerId));
  if (!isPolicyNew) return 0;
  let looked = 0;
  let last: CustomerPlace | undefined;
  do {
    if (isOver()) return looked;
    last = await inTenant(ctx, async (tx) => {
      const page = await pageCustomers(tx, last, batchSize);
      const ids = page.map(({ id }) => id);
      if (ids.length > 0) await refreshCustomers(tx, ctx, ids);
      looked += ids.length;
      return page.at(-1);
    });
  } while (last !== undefined);
  await inTenant(ctx, (tx) => setPolicyApplied(tx, partnerId, version));
  return looked;
}
