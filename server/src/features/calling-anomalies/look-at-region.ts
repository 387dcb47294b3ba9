import { anomalyRules } from '@hub/contract/calling-anomaly-rules';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, regionalScope } from '../access/index.ts';
import { readCallingPolicy } from '../calling-policy/index.ts';
import { customerNames } from '../customers/index.ts';
import { areRollupsBuilt, readVisibility } from '../imports/index.ts';
import { readLook, type ToldOf, writeAnomalies, writeLook } from './anomaly-queries.ts';
import { findCallingSums, findLastDay } from './calling-sums-queries.ts';
import { judgeCalling } from './judge-calling.ts';
import { judgedWeek, weeksBefore } from './weeks.ts';

const organizationsAtOnce = 10_000;
const questionSeconds = 60;

/**
 * Judges every customer of a region anew where anything that decides is another than at the last look: which records count (imports, undoing,
 * retention, deletions), the quality policy, the week, or the rules themselves. Returns whether it was.
 */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- the hub itself, for no person; what records say of a customer is no act of anybody
export async function lookAtRegion(ctx: Ctx, region: RegionCode): Promise<boolean> {
  const { partnerId } = ctx.actor;
  const weeks = weeksBefore(ctx.clock.today());
  const known = await inTenant(ctx, async (tx) => ({
    visible: await readVisibility(tx, region),
    policy: (await readCallingPolicy(tx, partnerId)).qualityPolicy,
    look: await readLook(tx, region),
  }));
  const { visible, policy, look } = known;
  const state = [anomalyRules, weeks.to, policy, visible.version].join('|');
  if (look?.state === state) return false;
  const customers = await inTenant(ctx, (tx) => customerNames(tx, region));
  const idOf = new Map(customers.flatMap(({ id, orgUuid }) => (orgUuid === null ? [] : [[String(orgUuid), id]])));
  const { store, scope } = await regionalScope(ctx, region);
  const hasRollups = await areRollupsBuilt(store, partnerId);
  const question = { store, scope, visible, hasRollups, weeks, seconds: questionSeconds };
  const [legsUntil, mediaUntil] = await Promise.all([findLastDay(question, 'legs'), findLastDay(question, 'media')]);
  const judged = { quality: judgedWeek(weeks, mediaUntil), use: judgedWeek(weeks, legsUntil) };
  const told: ToldOf[] = [];
  const slices = Math.ceil(idOf.size / organizationsAtOnce);
  for (let slice = 0; slice < slices; slice += 1)
    for (const [org, sums] of await findCallingSums({ ...question, policy, of: { slice, slices } })) {
      const customerId = idOf.get(org);
      if (customerId === undefined) continue;
      const { anomalies } = judgeCalling(sums, { weeks, judged, policy });
      told.push(...anomalies.map((anomaly) => ({ customerId, anomaly })));
    }
  await inTenant(ctx, async (tx) => {
    await writeAnomalies(tx, partnerId, region, told);
    await writeLook(tx, partnerId, region, { state, legsUntil, mediaUntil });
  });
  return true;
}
