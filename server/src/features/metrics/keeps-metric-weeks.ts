import type { Installation } from '../access/index.ts';
import { type Chore, partnerChore } from '../imports/index.ts';
import { keepMetricWeeks, readKeeping } from './keep-metric-weeks.ts';

const looksEvery = 10_000; // milliseconds
const atOnceMilliseconds = 1500; // then the imports go on first

/** A chore of the import queue: keeps what is counted in weeks of calling, soon after whatever changes it. */
export function keepsMetricWeeks(installation: Installation): Chore {
  const kept = new Map<string, string>();
  return partnerChore(installation, {
    looksEvery,
    fault: 'weeks of calling could not be kept',
    work: async (ctx, region, isOver) => {
      const until = ctx.clock.today();
      const { visible, bands, hasRollups } = await readKeeping(ctx, region);
      const state = JSON.stringify([visible.version, bands, hasRollups, until]);
      const of = `${region} ${ctx.actor.partnerId}`;
      if (kept.get(of) === state) return false;
      const latest = performance.now() + atOnceMilliseconds;
      const isEnough = (): boolean => isOver() || performance.now() > latest;
      if (await keepMetricWeeks(ctx, region, { until, isOver: isEnough })) kept.set(of, state);
      return true;
    },
  });
}
