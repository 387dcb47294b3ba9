import type { RegionCode } from '@hub/contract/regions';
import type { DemoOrganization, DemoScenario } from './demo-scenario.ts';
import { troubleOf } from './troubles.ts';

/** Every organization of the region that has legs: the linked customers, and those that are no customer. */
export function organizationsOf({ customers, strangers }: DemoScenario, region: RegionCode): DemoOrganization[] {
  const linked = customers.filter(
    (customer): customer is DemoOrganization & typeof customer => customer.orgUuid !== null,
  );
  return [...linked, ...strangers].filter((organization) => organization.region === region);
}

/** Of these somebody brings media quality and statistics; by Org UUID. */
export const reportingOrganizations = (
  scenario: DemoScenario,
  region: RegionCode,
): ReadonlyMap<string, DemoOrganization> =>
  new Map(
    organizationsOf(scenario, region)
      .filter((organization) => troubleOf(organization) !== 'calls-only')
      .map((organization) => [organization.orgUuid, organization]),
  );
