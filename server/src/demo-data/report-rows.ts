import type { Row } from './report-lines.ts';
import type { Party } from './roster.ts';

/** What the rows of a report are of: one organization and day. */
export interface About {
  orgUuid: string;
  day: string;
}

const about = ({ orgUuid, day }: About, location: string): Row => ({
  'Org UUID': orgUuid,
  Date: day,
  Location: location,
});

const percent = (part: number, of: number): string => (of === 0 ? '0' : ((100 * part) / of).toFixed(1));
const average = (sum: number, of: number): number => (of === 0 ? 0 : Math.round(sum / of));

export interface QueueFigures {
  answered: number;
  abandoned: number;
  overflowed: number;
  timedOut: number;
  transferred: number;
  talkSeconds: number;
  holdSeconds: number;
  /** Of all calls but the abandoned ones. */
  waitSeconds: number;
  abandonedSeconds: number;
  agentsAssigned: number;
  agentsHandling: number;
}

export function callQueueRow(of: About, queue: Party, figures: QueueFigures): Row {
  const { answered, abandoned, overflowed, timedOut, transferred, talkSeconds, holdSeconds, waitSeconds } = figures;
  const total = answered + abandoned + overflowed + timedOut + transferred;
  return {
    ...about(of, queue.site.name),
    'Call Queue': queue.name,
    'Phone No': queue.number,
    Extension: queue.extension,
    'Total Hold Time': holdSeconds,
    'Avg Hold Time': average(holdSeconds, answered),
    'Total Talk Time': talkSeconds,
    'Avg Talk Time': average(talkSeconds, answered),
    'Total Handle Time': talkSeconds + holdSeconds,
    'Avg Handle Time': average(talkSeconds + holdSeconds, answered),
    'Total Wait Time': waitSeconds,
    'Avg Wait Time': average(waitSeconds, total - abandoned),
    'Answered Calls': answered,
    '% Answered Calls': percent(answered, total),
    'Abandoned Calls': abandoned,
    '% Abandoned Calls': percent(abandoned, total),
    'Avg Abandoned Time': average(figures.abandonedSeconds, abandoned),
    'Total Abandoned Time': figures.abandonedSeconds,
    'Total Calls': total,
    'Calls Overflowed': overflowed,
    'Calls Timed Out': timedOut,
    'Calls Transferred': transferred,
    'Avg No. of Agents Assigned': figures.agentsAssigned,
    'Avg No. of Agents Handling Calls': figures.agentsHandling,
  };
}

export interface AgentFigures {
  answered: number;
  bounced: number;
  talkSeconds: number;
  holdSeconds: number;
}

export function queueAgentRow(of: About, agent: string, queue: Party, figures: AgentFigures): Row {
  const { answered, bounced, talkSeconds, holdSeconds } = figures;
  return {
    ...about(of, queue.site.name),
    'Agent name': agent,
    'Call Queue': queue.name,
    'Total answered calls': answered,
    'Bounced calls': bounced,
    'Total presented calls': answered + bounced,
    'Total Talk Time': talkSeconds,
    'Avg Talk Time': average(talkSeconds, answered),
    'Total Hold Time': holdSeconds,
    'Avg Hold Time': average(holdSeconds, answered),
    'Total Handle Time': talkSeconds + holdSeconds,
    'Avg Handle Time': average(talkSeconds + holdSeconds, answered),
  };
}

export interface AttendantFigures {
  answered: number;
  unanswered: number;
  busy: number;
  /** In the menu and behind it. */
  totalSeconds: number;
  menuSeconds: number;
}

export function autoAttendantRow(of: About, attendant: Party, figures: AttendantFigures): Row {
  const { answered, unanswered, busy, totalSeconds, menuSeconds } = figures;
  const total = answered + unanswered + busy;
  return {
    ...about(of, attendant.site.name),
    'Auto Attendant': attendant.name,
    'Ph.No./Extn.': attendant.number,
    'Total Calls': total,
    Answered: answered,
    Unanswered: unanswered,
    Busy: busy,
    Others: 0,
    '% Answered': percent(answered, total),
    'Total Duration': totalSeconds,
    'Total AA Talktime': menuSeconds,
  };
}

export interface HuntGroupFigures {
  answered: number;
  abandoned: number;
  talkSeconds: number;
  holdSeconds: number;
  waitSeconds: number;
  abandonedSeconds: number;
  agentsHandling: number;
}

export function huntGroupRow(of: About, group: Party, figures: HuntGroupFigures): Row {
  const { answered, abandoned, talkSeconds, holdSeconds, waitSeconds, abandonedSeconds } = figures;
  return {
    ...about(of, group.site.name),
    'Hunt Group': group.name,
    'Phone No': group.number,
    Extension: group.extension,
    'Total Talk Time': talkSeconds,
    'Avg Talk Time': average(talkSeconds, answered),
    'Total Handle Time': talkSeconds + holdSeconds,
    'Avg Handle Time': average(talkSeconds + holdSeconds, answered),
    'Total Wait Time': waitSeconds,
    'Avg Wait Time': average(waitSeconds, answered),
    'Total Abandoned Time': abandonedSeconds,
    'Avg Abandoned Time': average(abandonedSeconds, abandoned),
    'Calls Answered': answered,
    '% Calls Answered': percent(answered, answered + abandoned),
    'Calls Abandoned': abandoned,
    '% Calls Abandoned': percent(abandoned, answered + abandoned),
    'Avg No. of Agents Handling Calls': figures.agentsHandling,
  };
}

export function phoneNumberRow(
  of: About,
  owner: Party,
  more: { country: string; userType: string; isActive: boolean; email: string },
): Row {
  const hasNumber = owner.number !== owner.extension;
  return {
    ...about(of, owner.site.name),
    Country: more.country,
    'Phone number': hasNumber ? owner.number : '',
    Extension: owner.extension,
    Active: more.isActive ? 'True' : 'False',
    'User type': more.userType,
    'Number type': hasNumber ? 'Primary' : '',
    Email: more.email,
    'User UUID': owner.uuid,
  };
}

export function deviceRow(
  of: About,
  owner: Party,
  more: { product: string; type: string; mac: string; status: string; firmware: string; email: string },
): Row {
  return {
    ...about(of, owner.site.name),
    Device: owner.name,
    Product: more.product,
    Type: more.type,
    MAC: more.mac,
    Status: more.status,
    Firmware: more.firmware,
    Extension: owner.extension,
    Email: more.email,
    'User UUID': owner.uuid,
  };
}

export function locationRow(
  { orgUuid, day }: About,
  { name, uuid, mainNumber }: Party['site'],
  more: {
    address: string;
    city: string;
    state: string;
    postalCode: string;
    country: string;
    timeZone: string;
    language: string;
  },
): Row {
  return {
    'Org UUID': orgUuid,
    Date: day,
    'Location name': name,
    'Location ID': uuid,
    'Address 1': more.address,
    City: more.city,
    State: more.state,
    'Postal code': more.postalCode,
    Country: more.country,
    'Time zone': more.timeZone,
    Language: more.language,
    'Main number': mainNumber,
  };
}
