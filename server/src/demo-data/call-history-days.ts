import type { RegionCode } from '@hub/contract/regions';
import { businessDay, type BusinessDay } from './business-day.ts';
import type { LegRow } from './call-history-columns.ts';
import type { DemoOrganization, DemoScenario } from './demo-scenario.ts';
import { dayMilliseconds, dayNumber, dayText } from './instants.ts';
import type { CallDraft } from './leg-row.ts';
import { incomingCall, internalCall, outgoingCall, transferredCall } from './person-calls.ts';
import type { Zone } from './places.ts';
import { rosterOf, type Site, type SiteFacts } from './roster.ts';
import { SeededRandom } from './seeded-random.ts';
import { attendantCall, huntGroupCall, queueCall } from './service-calls.ts';
import { storyOn } from './story.ts';
import { abandonedShareOn } from './troubles.ts';

/** Which legs: one region, whole UTC days by Start time, both ends included. */
export interface CallHistoryRange {
  region: RegionCode;
  from: string;
  to: string;
}

export interface CallHistoryDay {
  day: string;
  /**
   * Call by call, the legs of each; made up while they are read, and different arrays every time. After each organization comes
   * an empty one: thousands of them may have no call on a Sunday, and a reader that serves others too needs a place to pause.
   */
  calls: Iterable<LegRow[]>;
}

// The last calls of a UTC day start this early, so that their later legs (a queue's agents, a consultation) stay in the day.
const lastStartMs = dayMilliseconds - 20 * 60_000;

function startOf(random: SeededRandom, business: BusinessDay, day: number): number {
  const share = random.unit();
  let hour = 0;
  while (hour < 23 && share >= (business.cumulative[hour] ?? 1)) hour++;
  return day * dayMilliseconds + Math.min(hour * 3_600_000 + random.below(3_600_000), lastStartMs);
}

/** Chooses the shape of one call. Where a site lacks the service, the shape falls back to a simpler one by itself. */
function makeUp(call: CallDraft, site: Site, sites: readonly Site[]): void {
  const { random } = call;
  const elsewhere = random.chance(0.3) ? random.pick(sites) : site;
  const share = random.unit();
  if (call.roster.organization.story === 'contact-center' && share < 0.65) return queueCall(call, site);
  const shape = random.unit();
  if (shape < 0.27) return internalCall(call, site, elsewhere);
  if (shape < 0.57) return outgoingCall(call, site);
  if (shape < 0.82) return incomingCall(call, site);
  if (shape < 0.88) return huntGroupCall(call, site);
  if (shape < 0.95) return attendantCall(call, site);
  return shape < 0.975 ? queueCall(call, site) : transferredCall(call, site, elsewhere);
}

type BusinessDayOf = (country: string, zone: Zone) => BusinessDay;

function* callsOf(
  scenario: DemoScenario,
  organization: DemoOrganization,
  day: number,
  businessOf: BusinessDayOf,
): Generator<LegRow[]> {
  const story = storyOn(organization.story, day - dayNumber(scenario.madeOn));
  if (story.volume === 0) return;
  const random = new SeededRandom(`${scenario.seed}|${scenario.name}|${organization.orgUuid}|${day}`);
  const abandonedShare = abandonedShareOn(organization, day, scenario.madeOn);
  const mood = 0.85 + 0.3 * random.unit();
  const roster = rosterOf(organization);
  const businesses = roster.sites.map((site) => businessOf(organization.country, site.location.zone));
  const timezones = new Map<SiteFacts, string>(
    roster.sites.map((site, place) => [site.facts, String(businesses[place]?.offsetMinutes ?? 0)]),
  );
  for (const [place, site] of roster.sites.entries()) {
    const business = businesses[place];
    if (!business) continue;
    const expected = site.people.length * organization.callsPerUser * story.volume * business.weight * mood;
    const calls = Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0);
    for (let i = 0; i < calls; i++) {
      const call: CallDraft = {
        random,
        roster,
        timezones,
        startMs: startOf(random, business, day),
        correlationId: random.uuid(),
        interactionId: random.uuid(),
        failureShare: story.failureShare,
        abandonedShare,
        rows: [],
      };
      makeUp(call, site, roster.sites);
      yield call.rows;
    }
  }
}

function* callsOfDay(scenario: DemoScenario, region: RegionCode, day: number): Generator<LegRow[]> {
  const known = new Map<string, BusinessDay>();
  const businessOf: BusinessDayOf = (country, zone) => {
    const key = `${country}${zone.standardMinutes}${zone.summer}`;
    let business = known.get(key);
    if (!business) known.set(key, (business = businessDay(country, zone, day)));
    return business;
  };
  for (const customer of scenario.customers) {
    if (customer.region === region && isLinked(customer)) {
      yield* callsOf(scenario, customer, day, businessOf);
      yield [];
    }
  }
  for (const stranger of scenario.strangers) {
    if (stranger.region === region) yield* callsOf(scenario, stranger, day, businessOf);
  }
}

const isLinked = (customer: { orgUuid: string | null }): customer is DemoOrganization => customer.orgUuid !== null;

/**
 * The legs of each day, which depend on scenario, region and day alone: a range may be split anywhere, and loading a day twice
 * brings the same Report IDs. Throws when a date is no calendar date.
 */
export function* callHistoryDays(scenario: DemoScenario, range: CallHistoryRange): Generator<CallHistoryDay> {
  const last = dayNumber(range.to);
  for (let day = dayNumber(range.from); day <= last; day++) {
    yield { day: dayText(day), calls: callsOfDay(scenario, range.region, day) };
  }
}
