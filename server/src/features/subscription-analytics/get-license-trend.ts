import type { ReplyOf } from '@hub/contract/endpoint';
import type { RegionCode } from '@hub/contract/regions';
import type * as api from '@hub/contract/subscription-analytics';
import { type Ctx, requirePermission } from '../access/index.ts';
import { answersInTime } from '../metrics/index.ts';
import { pointOf } from './trend-points.ts';
import type { Held } from './trend-queries.ts';
import { addHeld, heldTogether, type TrendQuestion, trendRegion } from './trend-of-region.ts';
import { type TrendBucket, trendWindow } from './trend-window.ts';

interface Question extends TrendQuestion {
  region?: RegionCode | undefined;
  weeks: number;
  bucket: 'week' | 'day';
}

interface OfRegion {
  points: TrendBucket[];
  previous: TrendBucket[];
  held: (Held | undefined)[];
  heldBefore: (Held | undefined)[];
}

/** How licenses were held over time. Without a region every region is asked, and those that answer in time are added up. */
export async function getLicenseTrend(
  ctx: Ctx,
  question: Question,
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.getLicenseTrend>> {
  requirePermission(ctx, 'subscriptions.read');
  const { region } = question;
  const regions = region === undefined ? [...ctx.stores.keys()] : [region];
  const ask = async (one: RegionCode): Promise<OfRegion> => {
    const of = await trendRegion(ctx, one, question, left);
    const { points, previous } = trendWindow(of.today, question);
    const [held, heldBefore] = await Promise.all([
      heldTogether(of, endsOf(points)),
      heldTogether(of, endsOf(previous)),
    ]);
    return { points, previous, held, heldBefore };
  };
  const answers = region === undefined ? await answersInTime(ctx, regions, ask) : [await ask(region)];
  const told = answers.flatMap((answer) => (answer ? [answer] : []));
  const [first] = told;
  if (!first) throw new Error('No region answered, and none was missed.');
  return {
    points: first.points.map((point, at) => pointOf(point, addHeld(told.map(({ held }) => held[at])))),
    previous: first.previous.map((point, at) => pointOf(point, addHeld(told.map(({ heldBefore }) => heldBefore[at])))),
    regions: regions.map((one, at) => ({ region: one, hasAnswered: answers[at] !== undefined })),
  };
}

const endsOf = (buckets: readonly TrendBucket[]): string[] => buckets.map(({ end }) => end);
