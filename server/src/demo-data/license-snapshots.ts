import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { productNames } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import { type DemoLine, demoRecords } from './demo-records.ts';
import type { DemoCustomer, DemoScenario } from './demo-scenario.ts';
import { SeededRandom } from './seeded-random.ts';
import { storyOn } from './story.ts';

/** A line of a license snapshot. Null: the feed does not tell. */
export interface LicenseSnapshot {
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

/** What `from` to `to` have of a region, day by day: each line of each subscription and trial of a linked customer that runs on that day. */
export function* licenseSnapshots(
  scenario: DemoScenario,
  { region, from, to }: { region: RegionCode; from: string; to: string },
): Generator<LicenseSnapshot> {
  const made = Date.parse(scenario.madeOn);
  const daysSinceMade = (day: string): number => Math.round((Date.parse(day) - made) / dayMilliseconds);
  const linked = [...demoRecords(scenario)].filter(
    (entry): entry is [DemoCustomer & { orgUuid: string }, (typeof entry)[1]] =>
      entry[0].region === region && entry[0].orgUuid !== null,
  );
  for (let since = daysSinceMade(from); since <= daysSinceMade(to); since++) {
    const day = new Date(made + since * dayMilliseconds).toISOString().slice(0, 10);
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
}

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

const head = 'date,org_id,subscription_id,product,ordered,assigned,used_7d,used_90d';

const sliceLines = 300; // 1 to 3 ms of work between two turns of the event loop

/** Writes the same as a CSV that the import knows, replacing the file. No text of it needs quotes. Others get their turn while it is written. */
export async function writeLicenseSnapshotsCsv(
  path: string,
  scenario: DemoScenario,
  range: { region: RegionCode; from: string; to: string },
): Promise<void> {
  const file = await open(path, 'w');
  try {
    let lines = [head];
    for (const one of licenseSnapshots(scenario, range)) {
      lines.push(
        [one.day, one.orgUuid, one.subscription, one.product, one.ordered, one.assigned, one.used7d, one.used90d]
          .map((value) => value ?? '')
          .join(','),
      );
      if (lines.length < sliceLines) continue;
      await file.writeFile(`${lines.join('\n')}\n`); // goes on where the last slice ended
      await nextTurn();
      lines = [];
    }
    await file.writeFile(lines.map((line) => `${line}\n`).join(''));
  } finally {
    await file.close();
  }
}
