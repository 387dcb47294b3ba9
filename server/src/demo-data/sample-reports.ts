import type { FeedCode } from '@hub/contract/imports';
import { dayMilliseconds, dayNumber } from './instants.ts';
import { headLine, type Row, rowLine } from './report-lines.ts';
import {
  autoAttendantRow,
  callQueueRow,
  deviceRow,
  huntGroupRow,
  locationRow,
  phoneNumberRow,
  queueAgentRow,
} from './report-rows.ts';
import type { Party, Roster } from './roster.ts';
import { sampleCallHistoryCsv, sampleRoster } from './sample-call-history.ts';
import { SeededRandom } from './seeded-random.ts';

export interface SampleInput {
  orgUuid: string;
  customerName: string;
  /** 2026-11-20: of what is of a day, and the last one of what has several. */
  day: string;
}

interface Sample extends SampleInput {
  random: SeededRandom;
  roster: Roster;
}

/** Also what the file is called by. */
const samples: Record<Exclude<FeedCode, 'webex_call_history'>, { name: string; rows: (sample: Sample) => Row[] }> = {
  webex_media_quality: { name: 'media-quality', rows: mediaQualityRows },
  webex_call_queue_stats: { name: 'call-queue-stats', rows: queueRows },
  webex_call_queue_agent_stats: { name: 'call-queue-agent-stats', rows: agentRows },
  webex_auto_attendant_stats: { name: 'auto-attendant-stats', rows: attendantRows },
  webex_hunt_group_stats: { name: 'hunt-group-stats', rows: huntGroupRows },
  webex_phone_numbers: { name: 'phone-numbers', rows: numberRows },
  webex_devices: { name: 'devices', rows: deviceRows },
  webex_locations: { name: 'locations', rows: locationRows },
  license_snapshots: { name: 'license-snapshots', rows: licenseRows },
};

/** A small valid file of a feed, of one organization. The same input gives the same rows, so importing it twice adds nothing. */
export function sampleReport(feed: FeedCode, input: SampleInput): { name: string; csv: string } {
  if (feed === 'webex_call_history') return { name: 'detailed-call-history', csv: sampleCallHistoryCsv(input) };
  const { name, rows: rowsOf } = samples[feed];
  const random = new SeededRandom(`sample|${feed}|${input.orgUuid}|${input.day}`);
  const rows = rowsOf({ ...input, random, roster: sampleRoster(input) });
  const lines = [...rows.slice(0, 1).map(headLine), ...rows.map(rowLine)];
  return { name, csv: lines.map((line) => `${line}\r\n`).join('') };
}

const daysBefore = (day: string, days: number): string =>
  new Date((dayNumber(day) - days) * dayMilliseconds).toISOString().slice(0, 10);

const peopleOf = ({ roster }: Sample): Party[] => roster.sites.flatMap(({ people }) => people);
const isNamed = (party: Party | undefined): party is Party => party !== undefined;
const emailOf = ({ extension }: Party): string => `user${extension}@sample.example`;
function mediaQualityRows({ random, orgUuid, day, roster }: Sample): Row[] {
  const morning = dayNumber(day) * dayMilliseconds + 9 * 3_600_000;
  return roster.sites.flatMap(({ people }) =>
    people.slice(0, 6).map((person, place) => {
      const isPoor = place === 2;
      return {
        'Org UUID': orgUuid,
        'Start time': new Date(morning + place * 900_000 + random.below(600_000)).toISOString(),
        Location: person.site.name,
        User: person.name,
        Email: emailOf(person),
        'User UUID': person.uuid,
        'Call ID': `sample-${random.uuid()}`,
        'Call duration': 60 + random.below(900),
        'Audio codec': 'opus',
        'Audio jitter': isPoor ? 180 + random.below(60) : random.below(20),
        'Audio packet loss': isPoor ? 6 + random.below(4) : random.below(2),
        'Audio latency': isPoor ? 420 + random.below(100) : 20 + random.below(80),
      };
    }),
  );
}

function queueRows(sample: Sample): Row[] {
  const { random, roster } = sample;
  return roster.sites
    .map(({ queue }) => queue)
    .filter(isNamed)
    .map((queue) => {
      const [answered, abandoned] = [40 + random.below(30), 3 + random.below(6)];
      return callQueueRow(sample, queue, {
        answered,
        abandoned,
        overflowed: 0,
        timedOut: 0,
        transferred: 0,
        talkSeconds: answered * (120 + random.below(60)),
        holdSeconds: answered * (10 + random.below(10)),
        waitSeconds: answered * (15 + random.below(20)),
        abandonedSeconds: abandoned * (20 + random.below(40)),
        agentsAssigned: 4,
        agentsHandling: 4,
      });
    });
}

function agentRows(sample: Sample): Row[] {
  const { random, roster } = sample;
  return roster.sites.flatMap(({ queue, people }) =>
    queue === undefined
      ? []
      : people.slice(0, 4).map((agent) => {
          const [answered, bounced] = [8 + random.below(10), random.below(3)];
          return queueAgentRow(sample, agent.name, queue, {
            answered,
            bounced,
            talkSeconds: answered * (120 + random.below(60)),
            holdSeconds: answered * random.below(20),
          });
        }),
  );
}

function attendantRows(sample: Sample): Row[] {
  const { random, roster } = sample;
  return roster.sites
    .map(({ attendant }) => attendant)
    .filter(isNamed)
    .map((attendant) => {
      const [answered, unanswered, busy] = [50 + random.below(40), random.below(8), random.below(4)];
      const total = answered + unanswered + busy;
      return autoAttendantRow(sample, attendant, {
        answered,
        unanswered,
        busy,
        totalSeconds: total * (30 + random.below(30)),
        menuSeconds: total * (10 + random.below(10)),
      });
    });
}

function huntGroupRows(sample: Sample): Row[] {
  const { random, roster } = sample;
  return roster.sites
    .map(({ huntGroup }) => huntGroup)
    .filter(isNamed)
    .map((group) => {
      const [answered, abandoned] = [20 + random.below(20), 1 + random.below(4)];
      return huntGroupRow(sample, group, {
        answered,
        abandoned,
        talkSeconds: answered * (90 + random.below(60)),
        holdSeconds: answered * random.below(10),
        waitSeconds: answered * (4 + random.below(8)),
        abandonedSeconds: abandoned * 30,
        agentsHandling: 3,
      });
    });
}

function numberRows(sample: Sample): Row[] {
  const { country } = sample.roster.organization;
  return peopleOf(sample).map((person, place) =>
    phoneNumberRow(sample, person, { country, userType: 'People', isActive: place !== 3, email: emailOf(person) }),
  );
}

const models = ['Cisco 8851', 'Cisco 8845', 'Cisco 7821', 'Cisco Desk Pro'];

function deviceRows(sample: Sample): Row[] {
  const { random } = sample;
  return peopleOf(sample)
    .slice(0, 10)
    .map((person, place) =>
      deviceRow(sample, person, {
        product: models[place % models.length] ?? '',
        type: 'phone',
        // 02: given by nobody, so that it is no real device's.
        mac: ['02', ...Array.from({ length: 4 }, () => random.below(256)), place]
          .map((part) => (typeof part === 'string' ? part : part.toString(16).padStart(2, '0').toUpperCase()))
          .join(':'),
        status: place === 4 ? 'disconnected' : 'connected',
        firmware: place === 5 ? 'sip88xx.12-8-1' : 'sip88xx.14-2-1',
        email: emailOf(person),
      }),
    );
}

function locationRows(sample: Sample): Row[] {
  return sample.roster.sites.map(({ facts }, place) =>
    locationRow(sample, facts, {
      address: `${100 + 20 * place} Sample Street`,
      city: 'Washington',
      state: 'DC',
      postalCode: '20001',
      country: sample.roster.organization.country,
      timeZone: 'America/New_York',
      language: 'en_US',
    }),
  );
}

const weeks = 8;

/** Weekly: one product grows over what was ordered, one has room, one is hardly used. */
function licenseRows({ orgUuid, day }: Sample): Row[] {
  const snapshot = (
    week: number,
    product: string,
    [ordered, assigned, used]: readonly [number, number, number],
  ): Row => ({
    date: daysBefore(day, 7 * (weeks - 1 - week)),
    org_id: orgUuid,
    subscription_id: 'Sub-Sample1',
    product,
    ordered,
    assigned,
    used_7d: used,
    used_90d: Math.min(assigned, used + 2),
  });
  return Array.from({ length: weeks }, (_, week) => [
    snapshot(week, 'Webex Calling Professional', [12, 7 + week, 6 + week]),
    snapshot(week, 'Webex Calling Workspaces', [6, 3, 3]),
    snapshot(week, 'Webex Meetings', [20, 5, 1 + (week % 2)]),
  ]).flat();
}
