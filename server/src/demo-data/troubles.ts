import type { DemoOrganization } from './demo-scenario.ts';
import { dayNumber } from './instants.ts';

/** What is wrong with an organization's calls or reports, beside its story. */
export type DemoTrouble =
  | 'carrier-outage' // poor calls in the third week before that of madeOn
  | 'weak-site' // its second location has a bad network
  | 'impatient-callers' // gives up queue calls twice as often as others
  | 'rising-abandonment' // the same, and most of all in the week before that of madeOn
  | 'calls-only'; // nobody brings its media quality and its statistics

// Customers that a tour of the demo stops at (busy-reseller.ts).
const troubles: Readonly<Record<string, DemoTrouble>> = {
  'Opalund Transit': 'carrier-outage',
  'Corvane Analytics': 'weak-site',
  'Quaymoss Insurance': 'weak-site',
  'Brightmoor Care Line': 'rising-abandonment',
  'Vesperholt Klinikverbund gGmbH': 'impatient-callers',
  'Kelpstone Utilities': 'calls-only',
  'Lanternby Bay Resort': 'calls-only',
};

export const troubleOf = ({ name }: DemoOrganization): DemoTrouble | undefined => troubles[name];

// 1970-01-01 was a Thursday; weeks begin on Sunday.
const weekOf = (day: number): number => Math.floor((day + 4) / 7);

/** 0: the week of madeOn, 1: the last one that was complete then. */
const weeksBack = (day: number, madeOn: string): number => weekOf(dayNumber(madeOn)) - weekOf(day);

export const usualAbandonedShare = 0.12;

/** Share of the queue calls whose callers give up. */
export function abandonedShareOn(organization: DemoOrganization, day: number, madeOn: string): number {
  const trouble = troubleOf(organization);
  if (trouble === 'impatient-callers') return 0.26;
  if (trouble === 'rising-abandonment') return weeksBack(day, madeOn) === 1 ? 0.46 : 0.28;
  return usualAbandonedShare;
}

export const isOutageOn = (organization: DemoOrganization, day: number, madeOn: string): boolean =>
  troubleOf(organization) === 'carrier-outage' && weeksBack(day, madeOn) === 3;
