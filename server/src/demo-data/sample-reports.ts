import type { FeedCode } from '@hub/contract/imports';
import { dayMilliseconds, dayNumber } from './instants.ts';
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

/** A row by the heads of its columns; all rows of a file have the same. */
type Row = Record<string, string | number>;

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
  const heads = Object.keys(rows[0] ?? {});
  const lines = [heads, ...rows.map((row) => heads.map((head) => String(row[head] ?? '')))];
  return { name, csv: lines.map((line) => `${line.map(field).join(',')}\r\n`).join('') };
}

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const daysBefore = (day: string, days: number): string =>
  new Date((dayNumber(day) - days) * dayMilliseconds).toISOString().slice(0, 10);

const peopleOf = ({ roster }: Sample): Party[] => roster.sites.flatMap(({ people }) => people);
const isNamed = (party: Party | undefined): party is Party => party !== undefined;
const share = (part: number, of: number): string => (of === 0 ? '0' : ((100 * part) / of).toFixed(1));
const emailOf = ({ extension }: Party): string => `user${extension}@sample.example`;
const about = ({ orgUuid, day }: Sample, location: string): Row => ({
  'Org UUID': orgUuid,
  Date: day,
  Location: location,
});

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
      const [talk, hold] = [answered * (120 + random.below(60)), answered * (10 + random.below(10))];
      return {
        ...about(sample, queue.site.name),
        'Call Queue': queue.name,
        'Phone No': queue.number,
        Extension: queue.extension,
        'Total Talk Time': talk,
        'Total Hold Time': hold,
        'Total Handle Time': talk + hold,
        'Total Wait Time': (answered + abandoned) * (15 + random.below(20)),
        'Answered Calls': answered,
        '% Answered Calls': share(answered, answered + abandoned),
        'Abandoned Calls': abandoned,
        '% Abandoned Calls': share(abandoned, answered + abandoned),
        'Total Calls': answered + abandoned,
      };
    });
}

function agentRows(sample: Sample): Row[] {
  const { random, roster } = sample;
  return roster.sites.flatMap(({ queue, people }) =>
    queue === undefined
      ? []
      : people.slice(0, 4).map((agent) => {
          const [answered, bounced] = [8 + random.below(10), random.below(3)];
          const [talk, hold] = [answered * (120 + random.below(60)), answered * random.below(20)];
          return {
            ...about(sample, agent.site.name),
            'Agent name': agent.name,
            'Call Queue': queue.name,
            'Total answered calls': answered,
            'Bounced calls': bounced,
            'Total presented calls': answered + bounced,
            'Total Talk Time': talk,
            'Total Hold Time': hold,
            'Total Handle Time': talk + hold,
          };
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
      return {
        ...about(sample, attendant.site.name),
        'Auto Attendant': attendant.name,
        'Ph.No./Extn.': attendant.number,
        'Total Calls': total,
        Answered: answered,
        Unanswered: unanswered,
        Busy: busy,
        Others: 0,
        '% Answered': share(answered, total),
        'Total Duration': total * (30 + random.below(30)),
      };
    });
}

function huntGroupRows(sample: Sample): Row[] {
  const { random, roster } = sample;
  return roster.sites
    .map(({ huntGroup }) => huntGroup)
    .filter(isNamed)
    .map((group) => {
      const [answered, abandoned] = [20 + random.below(20), 1 + random.below(4)];
      const talk = answered * (90 + random.below(60));
      return {
        ...about(sample, group.site.name),
        'Hunt Group': group.name,
        'Phone No': group.number,
        Extension: group.extension,
        'Total Talk Time': talk,
        'Avg Talk Time': Math.round(talk / answered),
        'Calls Answered': answered,
        '% Calls Answered': share(answered, answered + abandoned),
        'Calls Abandoned': abandoned,
        '% Calls Abandoned': share(abandoned, answered + abandoned),
      };
    });
}

function numberRows(sample: Sample): Row[] {
  return peopleOf(sample).map((person, place) => ({
    ...about(sample, person.site.name),
    Country: sample.roster.organization.country,
    'Phone number': person.number === person.extension ? '' : person.number,
    Extension: person.extension,
    Active: place === 3 ? 'False' : 'True',
    'User type': 'People',
    'Number type': person.number === person.extension ? '' : 'Primary',
    Email: emailOf(person),
    'User UUID': person.uuid,
  }));
}

const models = ['Cisco 8851', 'Cisco 8845', 'Cisco 7821', 'Cisco Desk Pro'];

function deviceRows(sample: Sample): Row[] {
  const { random } = sample;
  return peopleOf(sample)
    .slice(0, 10)
    .map((person, place) => ({
      ...about(sample, person.site.name),
      Device: person.name,
      Product: models[place % models.length] ?? '',
      Type: 'phone',
      // 02: given by nobody, so that it is no real device's.
      MAC: ['02', ...Array.from({ length: 4 }, () => random.below(256)), place]
        .map((part) => (typeof part === 'string' ? part : part.toString(16).padStart(2, '0').toUpperCase()))
        .join(':'),
      Status: place === 4 ? 'disconnected' : 'connected',
      Firmware: place === 5 ? 'sip88xx.12-8-1' : 'sip88xx.14-2-1',
      Extension: person.extension,
      Email: emailOf(person),
      'User UUID': person.uuid,
    }));
}

function locationRows({ orgUuid, day, roster }: Sample): Row[] {
  return roster.sites.map(({ facts }, place) => ({
    'Org UUID': orgUuid,
    Date: day,
    'Location name': facts.name,
    'Location ID': facts.uuid,
    'Address 1': `${100 + 20 * place} Sample Street`,
    City: 'Washington',
    State: 'DC',
    'Postal code': '20001',
    Country: roster.organization.country,
    'Time zone': 'America/New_York',
    Language: 'en_US',
    'Main number': facts.mainNumber,
  }));
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
