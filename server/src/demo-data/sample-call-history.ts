import { csvLine, type LegRow } from './call-history-columns.ts';
import { dayMilliseconds, dayNumber } from './instants.ts';
import { type CallDraft } from './leg-row.ts';
import type { DemoOrganization } from './demo-scenario.ts';
import { incomingCall, internalCall, outgoingCall, transferredCall } from './person-calls.ts';
import { type Roster, rosterOf } from './roster.ts';
import { SeededRandom } from './seeded-random.ts';
import { attendantCall, huntGroupCall, queueCall } from './service-calls.ts';
import { csvHead } from './report-lines.ts';
import { usualAbandonedShare } from './troubles.ts';

const sampleRows = 20;

/** Whom and what the organization of the sample files has: the same from day to day, and in all of them. */
export function sampleRoster({ orgUuid, customerName }: { orgUuid: string; customerName: string }): Roster {
  const random = new SeededRandom(`sample|${orgUuid}`);
  const location = (name: string, users: number): DemoOrganization['locations'][number] => ({
    name,
    siteUuid: random.uuid(),
    zone: { standardMinutes: 0, summer: 'none' },
    numberPrefix: '+120255501', // 202-555-0100 to -0199 are kept for fiction
    numberDigits: 2,
    users,
  });
  const organization: DemoOrganization = {
    name: customerName,
    country: 'US',
    region: 'us',
    orgUuid,
    locations: [location('Main office', 9), location('Warehouse', 3)],
    users: 12,
    size: 'small',
    story: 'contact-center', // the one kind that certainly has a queue
    hasAllServices: true,
    callsPerUser: 1,
    hasTrunk: false,
    hasFormulaLikeNames: false,
  };
  return rosterOf(organization);
}

/**
 * A small valid file of one organization and UTC day: about 20 rows of every kind of call, all 83 columns.
 * The same input gives the same rows, so importing it twice adds nothing.
 */
export function sampleCallHistoryCsv(input: { orgUuid: string; customerName: string; day: string }): string {
  const { orgUuid, day } = input;
  const seeded = new SeededRandom(`sample|${orgUuid}|${day}`);
  const roster = sampleRoster(input);
  const [main, warehouse] = roster.sites;
  if (!main || !warehouse) throw new Error('The sample organization lost its two offices');
  const timezones = new Map(roster.sites.map((site) => [site.facts, '0']));
  const rows: LegRow[] = [];
  const shapes = [
    (call: CallDraft) => internalCall(call, main, warehouse),
    (call: CallDraft) => outgoingCall(call, main),
    (call: CallDraft) => incomingCall(call, main),
    (call: CallDraft) => huntGroupCall(call, main),
    (call: CallDraft) => queueCall(call, main),
    (call: CallDraft) => attendantCall(call, main),
    (call: CallDraft) => transferredCall(call, main, warehouse),
  ];
  const morningMs = dayNumber(day) * dayMilliseconds + 9 * 3_600_000;
  for (let i = 0; rows.length < sampleRows; i++) {
    const call: CallDraft = {
      random: seeded,
      roster,
      timezones,
      startMs: morningMs + i * 11 * 60_000 + seeded.below(500_000),
      correlationId: seeded.uuid(),
      interactionId: seeded.uuid(),
      failureShare: 0,
      abandonedShare: usualAbandonedShare,
      rows,
    };
    shapes[i % shapes.length]?.(call);
  }
  return `${csvHead}${rows.map((row) => `${csvLine(row)}\r\n`).join('')}`;
}
