import type { CallingUsageMeasure } from '@hub/contract/calling-usage';
import type { QualityPolicy } from '@hub/contract/calling-policy';
import type { Parameters, RegionalStore } from '../../platform/regional-store/index.ts';
import type { CustomerScope } from '../access/index.ts';
import { countedWhere, locationName, type Visibility } from '../imports/index.ts';
import { insideDays } from '../metrics/index.ts';
import type { UsageRange } from './usage-question.ts';

/** What questions need of a store. */
export type AskedStore = Pick<RegionalStore, 'ask'>;

/** Whose facts of which days, what counts at this moment, and what is poor. */
export interface FactsQuestion {
  store: AskedStore;
  scope: CustomerScope;
  range: UsageRange;
  visible: Visibility;
  policy: QualityPolicy;
  /** Rollups hold everything, so that they may be asked in place of media rows. */
  hasRollups: boolean;
}

/** An organization, and within it exactly one location. */
export interface Place {
  orgUuid?: string | undefined;
  location?: string | undefined;
}

export interface Where {
  sql: string;
  parameters: Parameters;
}

/** Where the legs of a question lie: scope, window, and what counts at this moment. Every query on call legs begins here. */
export function legsWhere(scope: CustomerScope, range: UsageRange, visible: Visibility): Where {
  const { sql, parameters } = countedWhere(scope, visible, 'report_id');
  return inRange({ sql, parameters }, range);
}

/** Narrows legs or media rows to the days of a range. */
export const inRange = ({ sql, parameters }: Where, { from, to, zone = 'UTC' }: UsageRange): Where => ({
  sql: `${sql}
      AND ${insideDays({ from, to, zone })}`,
  parameters: { ...parameters, from, to },
});

/** Narrows legs or media rows to one organization, and within it to exactly one location. */
export function narrowed({ sql, parameters }: Where, of: Place): Where {
  const narrower: Where = { sql, parameters: { ...parameters } };
  if (of.orgUuid !== undefined) {
    narrower.sql += ' AND org_uuid = {orgUuid:UUID}';
    narrower.parameters.orgUuid = of.orgUuid;
  }
  if (of.location !== undefined) {
    narrower.sql += ` AND ${locationName} = {location:String}`;
    narrower.parameters.location = of.location;
  }
  return narrower;
}

/** Narrows rows that have no name of their location, such as of rollups. */
export function narrowedByKey({ sql, parameters }: Where, { orgUuid, location }: Place): Where {
  const narrower = narrowed({ sql, parameters }, { orgUuid });
  if (location === undefined) return narrower;
  return {
    sql: `${narrower.sql} AND place_key IN (SELECT place_key FROM @region.place WHERE partner_id = {scopePartner:UUID} AND location = {location:String})`,
    parameters: { ...narrower.parameters, location },
  };
}

/** What a feed has of a place. */
export type PlaceSums = { org: string; location_name: string } & Partial<Record<CallingUsageMeasure, number>>;

/** What is grouped by place_key, with the organization and the location in place of the key. */
export const ofPlaces = (grouped: string): string =>
  `SELECT p.org_uuid AS org, p.location AS location_name, u.* EXCEPT place_key FROM (${grouped}) AS u
    ANY INNER JOIN (SELECT place_key, org_uuid, location FROM @region.place WHERE partner_id = {scopePartner:UUID}) AS p USING place_key`;
