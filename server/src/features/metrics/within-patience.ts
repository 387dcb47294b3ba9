import { setTimeout as sleep } from 'node:timers/promises';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import type { Ctx } from '../access/index.ts';

/** A region has so long to answer when all are asked. */
const patienceMilliseconds = 3000;

/** What each region answers, in their order; undefined where one is away or late. Throws region_unavailable where none answers. */
export async function answersInTime<Answer>(
  ctx: Ctx,
  regions: readonly RegionCode[],
  ask: (region: RegionCode) => Promise<Answer>,
): Promise<(Answer | undefined)[]> {
  const answers = await Promise.all(regions.map((region) => answerWithin(ctx, region, ask)));
  if (answers.every((answer) => answer === undefined))
    throw new HubError('region_unavailable', { region: regions.join(', ') });
  return answers;
}

/** Undefined: the region's store does not answer, or not in time. */
async function answerWithin<Answer>(
  ctx: Ctx,
  region: RegionCode,
  ask: (region: RegionCode) => Promise<Answer>,
): Promise<Answer | undefined> {
  const patience = new AbortController();
  const late = sleep(patienceMilliseconds, 'late' as const, { signal: patience.signal }).catch(() => 'late' as const);
  try {
    const answer = await Promise.race([ask(region), late]);
    if (answer !== 'late') return answer;
    ctx.log.warn({ region, trackingId: ctx.trackingId }, 'a region answered too late');
    return undefined;
  } catch (error) {
    // Anything but the store's own fault is no region's silence and fails the question.
    if (!(error instanceof StoreFault)) throw error;
    ctx.log.warn({ err: error, region, trackingId: ctx.trackingId }, 'a region did not answer');
    return undefined;
  } finally {
    patience.abort();
  }
}
