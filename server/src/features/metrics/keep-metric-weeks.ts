import { qualityWeeks } from '@hub/contract/calling-engagement';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, regionalScope } from '../access/index.ts';
import { readCallingPolicy } from '../calling-policy/index.ts';
import { areRollupsBuilt, countRemovals, readVisibility } from '../imports/index.ts';
import { featureParts } from './feature-legs.ts';
import { feedOf, sources } from './formulas.ts';
import { dropOtherWeeks, findKeptWeeks, findStamps, keepWeek, nameOf } from './kept-week-queries.ts';
import { keptKinds, keptParts, markOf } from './kept-weeks.ts';
import type { SourceQuestion } from './source-queries.ts';
import { dayNumber, dayOf, windowOf } from './window.ts';

/** What the page of calling engagement asks at most, and the week that goes on. */
const keptWeeks = qualityWeeks + 1;

/** All that decides what is kept of a partner in a region, but for the records themselves. */
// oxlint-disable-next-line hub/verb-asks -- the hub itself, for no person
export async function readKeeping(ctx: Ctx, region: RegionCode) {
  const { store, scope } = await regionalScope(ctx, region);
  const hasRollups = await areRollupsBuilt(store, ctx.actor.partnerId);
  const read = await inTenant(ctx, async (tx) => ({
    visible: await readVisibility(tx, region),
    removals: await countRemovals(tx, region),
    bands: (await readCallingPolicy(tx, ctx.actor.partnerId)).bands,
  }));
  return { store, scope, hasRollups, ...read };
}

/**
 * Counts whole weeks of calling of a partner in a region, the newest first, and keeps what was counted, so that questions over weeks need not
 * count them again. `until`: a day of the last week. Returns whether all of them are kept; false: it was over before.
 */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- the hub itself, for no person; what is kept are counts of its own records
export async function keepMetricWeeks(
  ctx: Ctx,
  region: RegionCode,
  { until, isOver = () => false }: { until: string; isOver?: () => boolean },
): Promise<boolean> {
  const { partnerId } = ctx.actor;
  const { removals, bands, ...known } = await readKeeping(ctx, region);
  const { store } = known;
  if (!known.hasRollups) return true; // once they are built there is more to keep
  const last = dayNumber(until) - new Date(`${until}T00:00:00Z`).getUTCDay();
  const span = { from: dayOf(last - 7 * (keptWeeks - 1)), to: dayOf(last + 6) };
  const stamps = {
    call_history: await findStamps(known, 'call_history', span),
    media_quality: await findStamps(known, 'media_quality', span),
  };
  const wanted = keptKinds.flatMap((kind) => {
    const ofFeed = feedOf[kind.source] === 'media_quality' ? stamps.media_quality : stamps.call_history;
    return [...ofFeed].map(([week, stamp]) => ({ kind, week, mark: markOf(kind.source, { stamp, removals, bands }) }));
  });
  const marks = [...new Set(wanted.map(({ mark }) => mark))];
  const kept = await findKeptWeeks(store, { partnerId, marks });
  const missing = wanted.filter(({ kind, week, mark }) => !kept.has(nameOf(kind, week, mark)));
  for (const { kind, week, mark } of missing.toSorted((a, b) => (a.week < b.week ? 1 : a.week > b.week ? -1 : 0))) {
    if (isOver()) return false;
    const window = windowOf(
      { from: week, to: dayOf(dayNumber(week) + 6), bucket: 'week', zone: 'UTC' },
      ctx.clock.now(),
    );
    const everybody = { orgUuid: undefined, location: undefined, features: featureParts };
    const question: SourceQuestion = { ...known, ...everybody, window, by: kind.by, bands };
    const rows = await sources[kind.source](question);
    await keepWeek(store, kind, { partnerId, week, mark, rows, parts: keptParts[kind.source] });
  }
  await dropOtherWeeks(store, { partnerId, marks });
  return true;
}
