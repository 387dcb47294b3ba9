import { join } from 'node:path';
import { qualityPolicies } from '@hub/contract/calling-policy';
import type { MetricKey } from '@hub/contract/metrics';
import type { RegionCode } from '@hub/contract/regions';
import type { Ctx } from '../server/src/features/access/index.ts';
import { askMetrics as ask } from '../server/src/features/metrics/ask-metrics.ts';
import type { RegionalStore } from '../server/src/platform/regional-store/index.ts';
import { questionRounds } from './bench-process.ts';
import { type Figure, inWords, medianOf, runsInWords } from './figures.ts';
import { askPeers, inOrder, type PeerAnswer, type PeerQuestionName, peerQuestions } from './metrics-peers.ts';
import { repeated, secondsOf } from './timing.ts';

export interface Asked {
  ctx: Ctx;
  region: RegionCode;
  /** A Sunday. */
  from: string;
  to: string;
  /** First day of the last week. */
  lastWeek: string;
  /** Of what was answered before, nothing is remembered. */
  forget: () => Promise<void>;
}

const all = {
  bucket: 'whole',
  zone: 'UTC',
  hasQueues: false,
  sort: 'name',
  sortBy: 'last',
  order: 'asc',
  limit: 100_000,
} as const;

/** What the peers are asked too. */
const own: Record<PeerQuestionName, (asked: Asked) => Promise<PeerAnswer>> = {
  trend: async ({ ctx, region, from, to }) => {
    const { totals, buckets } = await ask(ctx, { ...all, region, from, to, bucket: 'week', metrics: usedMetrics });
    return buckets.map((_, at) => [String(at), ...usedMetrics.map((key) => Number(totals[key]?.[at]))]);
  },
  table: async ({ ctx, region, lastWeek, to }) => {
    const { rows } = await ask(ctx, { ...all, region, from: lastWeek, to, metrics: usedMetrics, by: 'customer' });
    return inOrder(
      rows.map(({ orgUuid, values }) => [String(orgUuid), ...usedMetrics.map((key) => Number(values[key]?.[0]))]),
    );
  },
  quality: ({ ctx, region, lastWeek, to }) =>
    Promise.all(
      qualityPolicies.map(async (policy) => {
        const { totals } = await ask(ctx, {
          ...all,
          region,
          from: lastWeek,
          to,
          metrics: ['knownLegs', 'poorLegs'],
          policy,
        });
        return [policy, Number(totals.knownLegs?.[0]), Number(totals.poorLegs?.[0])];
      }),
    ),
};
const usedMetrics: readonly MetricKey[] = ['activeUsers', 'callLegs', 'callMinutes'];
const whatIsAsked: Record<PeerQuestionName, string> = {
  trend: 'users, legs and minutes of eight weeks',
  table: 'customers and usage of a week',
  quality: 'poor share of a week by both policies',
};

/** How long each of these takes, nothing remembered. */
export async function timeOwn(asked: Asked): Promise<Record<PeerQuestionName, number[]>> {
  const timed = (name: PeerQuestionName): Promise<number[]> =>
    repeated(questionRounds, async () => {
      await asked.forget();
      return secondsOf(() => own[name](asked));
    });
  return { trend: await timed('trend'), table: await timed('table'), quality: await timed('quality') };
}

/** Throws where an answer is another one. */
export async function comparePeers(
  { store, folder, tell, size }: { store: RegionalStore; folder: string; tell: (figure: Figure) => void; size: string },
  asked: Asked,
  fromFacts: Record<PeerQuestionName, number[]>,
): Promise<void> {
  const { from, to, lastWeek } = asked;
  const fromRollups = await timeOwn(asked);
  const peers = await askPeers(store, join(folder, 'peer'), {
    partnerId: asked.ctx.actor.partnerId,
    from,
    to,
    lastWeek,
  });
  for (const name of peerQuestions) {
    const answer = JSON.stringify(await own[name](asked));
    const seconds = medianOf(fromRollups[name]);
    const what = `${size}: ${whatIsAsked[name]}`;
    tell({
      what: `${what}, cold`,
      value: seconds,
      unit: 'seconds',
      detail: `${runsInWords(fromRollups[name])}; from the facts alone ${medianOf(fromFacts[name]).toFixed(3)} s`,
    });
    for (const peer of peers) {
      const { answer: other, runs } = peer.answers[name];
      if (JSON.stringify(other) !== answer)
        throw new Error(`${peer.name} answers something else to: ${whatIsAsked[name]}.`);
      const theirs = medianOf(runs);
      tell({
        what: `${what}: ${peer.name} ÷ Partner Hub`,
        value: theirs / seconds,
        unit: 'ratio',
        detail: `the same answer in ${inWords(theirs, 'seconds')}; ÷ from the facts alone ${(theirs / medianOf(fromFacts[name])).toFixed(2)}`,
      });
    }
  }
  for (const { name, version, loadSeconds } of peers)
    tell({
      what: `${size}: ${name} loads the columns that are asked for`,
      value: loadSeconds,
      unit: 'seconds',
      detail: version,
    });
}
