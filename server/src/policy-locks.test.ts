import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTenant } from './features/access/index.ts';
import { lockCallingPolicy } from './features/calling-policy/calling-policy-queries.ts';
import { lockHealthPolicy } from './features/health-score/health-policy-queries.ts';
import { lockRules } from './features/retention/retention-queries.ts';
import { lockLowAssignmentRule } from './features/subscription-analytics/low-assignment-queries.ts';
import type { TenantTx } from './platform/directory/directory.ts';
import { testHub } from './testing/test-hub.ts';

test.each([
  ['call quality', lockCallingPolicy],
  ['the health score', lockHealthPolicy],
  ['retention', lockRules],
  ['low assignment', lockLowAssignmentRule],
])('the rules of %s change while something else of the partner is written, but not twice at once', async (_, lock) => {
  const hub = await testHub();
  const { partnerId } = await hub.partner();
  const ctx = hub.ctx(partnerId);
  const lockSoon = (): Promise<void> =>
    inTenant(ctx, async (tx) => {
      await sql`set local lock_timeout = '100ms'`.execute(tx);
      await lock(tx, partnerId);
    });
  const during = (hold: (tx: TenantTx) => Promise<unknown>): Promise<void> =>
    inTenant(ctx, async (tx) => {
      await hold(tx);
      await lockSoon();
    });
  // As every row that refers to a partner holds it until its transaction ends.
  await during((tx) => sql`select from partner where id = ${partnerId}::uuid for key share`.execute(tx));
  await expect(during((tx) => lock(tx, partnerId))).rejects.toMatchObject({ code: '55P03' });
});
