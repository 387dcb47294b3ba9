import type { RegionCode } from '@hub/contract/regions';
import type { Zone } from './places.ts';

export type ScenarioName = 'tiny' | 'busy-reseller' | 'million-legs';

/** What happens to a customer's calls; days are counted from the scenario's madeOn. */
export type DemoStory =
  | 'steady'
  | 'growing'
  | 'falling' // less week by week, over the nine weeks before madeOn and on
  | 'stopped' // no leg since three weeks before madeOn
  | 'bad-week' // the week before the last one: half of the calls fail
  | 'contact-center' // most calls come through call queues
  | 'silent'; // never a leg

export interface DemoLocation {
  name: string;
  siteUuid: string;
  zone: Zone;
  numberPrefix: string;
  numberDigits: number;
  users: number;
}

export interface DemoOrganization {
  name: string;
  /** ISO 3166 alpha-2. */
  country: string;
  region: RegionCode;
  orgUuid: string;
  locations: readonly DemoLocation[];
  /** All locations together; workspaces and virtual lines included. */
  users: number;
  size: 'small' | 'medium' | 'large';
  story: DemoStory;
  /** Calls that one user makes or gets on an ordinary working day. */
  callsPerUser: number;
  hasTrunk: boolean;
  hasFormulaLikeNames: boolean;
  /** A hunt group and an auto attendant in each larger location, whatever chance says. */
  hasAllServices?: boolean;
}

/** A customer of the directory. Without orgUuid it is not linked to an organization yet, and has no legs. */
export interface DemoCustomer extends Omit<DemoOrganization, 'orgUuid'> {
  orgUuid: string | null;
  externalId: string | null;
  kind: 'owned' | 'external' | 'own';
}

export interface DemoAdministrator {
  name: string;
  email: string;
  role: 'partner_full' | 'partner_read_only';
}

export interface DemoScenario {
  name: ScenarioName;
  /** With the name, the key of everything invented here. */
  seed: string;
  /** The calendar date that the stories refer to: keep it with the seed when the demo is continued day by day. */
  madeOn: string;
  partnerName: string;
  administrators: readonly DemoAdministrator[];
  customers: readonly DemoCustomer[];
  /** Organizations that are no customer: their legs stand in the call history and will be held. */
  strangers: readonly DemoOrganization[];
}
