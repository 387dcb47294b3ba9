import { productNames } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import { type DemoLine, type DemoRecords, demoRecords } from './demo-records.ts';
import type { DemoCustomer, DemoScenario } from './demo-scenario.ts';
import { type ReportOf, rowReport } from './report-lines.ts';
import { SeededRandom } from './seeded-random.ts';
import { storyOn } from './story.ts';

/** A line of a license snapshot. Null: the feed does not tell. */
interface LicenseSnapshot {
  day: string;
  orgUuid: string;
  subscription: string;
  product: string;
  ordered: number;
  assigned: number | null;
  used7d: number | null;
  used90d: number | null;
}

const dayMilliseconds = 86_400_000;
const windowWeeks = 12; // of the figure over 90 days
const fullAfter = -14; // until then not everything that is assigned today was
/** Days of which one customer of each region has no snapshot. */
const gap = { from: -24, to: -18 };

type Linked = [DemoCustomer & { orgUuid: string }, DemoRecords];

const linkedOf = (scenario: DemoScenario, region: RegionCode): Linked[] =>
  [...demoRecords(scenario)].filter(
    (entry): entry is Linked => entry[0].region === region && entry[0].orgUuid !== null,
  );

/** What a day has of a region: each line of each subscription and trial of a linked customer that runs on that day. */
function* snapshotsOn(scenario: DemoScenario, linked: readonly Linked[], day: string): Generator<LicenseSnapshot> {
  const since = Math.round((Date.parse(day) - Date.parse(scenario.madeOn)) / dayMilliseconds);
  for (const [place, [customer, { subscriptions, trials }]] of linked.entries()) {
    if (place === gapPlace && since >= gap.from && since <= gap.to) continue;
    for (const { reference, startsOn, endsOn, lines } of [...subscriptions, ...trials]) {
      if (since < startsOn || (endsOn !== null && since > endsOn)) continue;
      for (const line of lines)
        yield {
          day,
          orgUuid: customer.orgUuid,
          subscription: reference,
          product: productNames[line.product],
          ordered: line.ordered,
          ...figuresOf(line, {
            story: customer.story,
            isTold: place % 6 !== 2,
            since,
            random: new SeededRandom(`${scenario.seed}|licenses|${reference}|${line.product}`),
          }),
        };
    }
  }
}

/** A file that the import knows by its heads; a day by itself is the same as within a longer range. */
export const licenseReport: ReportOf = rowReport((scenario, region) => {
  const linked = linkedOf(scenario, region);
  return {
    ofCall: () => [],
    ofDay: (day) =>
      [...snapshotsOn(scenario, linked, day)].map((one) => ({
        date: one.day,
        org_id: one.orgUuid,
        subscription_id: one.subscription,
        product: one.product,
        ordered: one.ordered,
        assigned: one.assigned ?? '',
        used_7d: one.used7d ?? '',
        used_90d: one.used90d ?? '',
      })),
  };
});

const gapPlace = 3;

/** Today as many are assigned as the subscription's line says; earlier fewer. Use follows what happens to the customer's calls. */
function figuresOf(
  line: DemoLine,
  {
    story,
    isTold,
    since,
    random,
  }: { story: DemoCustomer['story']; isTold: boolean; since: number; random: SeededRandom },
): Pick<LicenseSnapshot, 'assigned' | 'used7d' | 'used90d'> {
  const { ordered, overSince } = line;
  const today = line.assigned;
  if (today === null) return { assigned: null, used7d: null, used90d: null };
  const firstShare = 0.8 + random.unit() * 0.15;
  const useShare = 0.55 + random.unit() * 0.4;
  const assignedOn = (day: number): number => {
    if (overSince !== null)
      return day >= overSince ? today : Math.min(ordered, Math.round(ordered * growth(firstShare, day)));
    return Math.round(today * growth(firstShare, day));
  };
  const assigned = assignedOn(since);
  if (!isTold) return { assigned, used7d: null, used90d: null };
  const usedOn = (day: number): number => {
    const share = Math.min(1, storyOn(story, day).volume) * useShare;
    return Math.min(assignedOn(day), Math.round(assignedOn(day) * share));
  };
  const weeks = Array.from({ length: windowWeeks + 1 }, (_, week) => usedOn(since - 7 * week));
  const used7d = weeks[0] ?? 0;
  return { assigned, used7d, used90d: Math.min(assigned, Math.max(...weeks)) };
}

/** From its first share nine weeks before the day of the demo to all of it. */
const growth = (firstShare: number, day: number): number =>
  firstShare + (1 - firstShare) * Math.min(1, Math.max(0, (day + 63) / (63 + fullAfter)));
