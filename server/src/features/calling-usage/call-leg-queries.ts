import type { CallingUsageMeasure, EndpointType } from '@hub/contract/calling-usage';
import { instantText, type Parameters, type RegionalStore } from '../../platform/regional-store/index.ts';
import type { CustomerScope } from '../access/index.ts';
import { callHistoryColumns, locationName, type Visibility } from '../imports/index.ts';
import { legMeasure } from './measures.ts';
import { legsWhere, narrowed } from './usage-queries.ts';
import type { UsageRange } from './usage-question.ts';

export interface LegRow {
  report_id: string;
  org_uuid: string;
  started: string;
  location_name: string;
  user_name: string;
  user_type: string;
  direction: string;
  calling_number: string;
  called_number: string;
  is_answered: boolean;
  duration: number;
  endpoint_type: EndpointType;
  call_outcome: string;
}

const legColumns = `report_id, org_uuid, ${instantText('start_time')} AS started, toString(${locationName}) AS location_name, user AS user_name,
  user_type, direction, calling_number, called_number, ifNull(answered, false) AS is_answered, duration, endpoint_type, call_outcome`;

export interface LegFilter {
  orgUuid?: string | undefined;
  location?: string | undefined;
  measure?: CallingUsageMeasure | undefined;
  /** Part of a user's name or of a number. */
  q?: string | undefined;
}

function legFilter(
  scope: CustomerScope,
  range: UsageRange,
  visible: Visibility,
  filter: LegFilter,
): { sql: string; parameters: Parameters } {
  const where = narrowed(legsWhere(scope, range, visible), filter);
  const measure = filter.measure && legMeasure(filter.measure);
  // A measure whose feed is absent has no legs behind it.
  if (filter.measure) where.sql += ` AND (${measure ? measure.legs : 'false'})`;
  const q = filter.q?.trim() ?? '';
  if (q !== '') {
    where.sql +=
      ' AND (positionCaseInsensitiveUTF8(user, {q:String}) > 0 OR position(calling_number, {q:String}) > 0 OR position(called_number, {q:String}) > 0)';
    where.parameters.q = q;
  }
  return where;
}

/** Newest first; `after` is the last leg of the page before. */
export async function findLegs(
  store: RegionalStore,
  scope: CustomerScope,
  range: UsageRange,
  visible: Visibility,
  filter: LegFilter,
  page: { after?: { started: string; reportId: string } | undefined; limit: number },
): Promise<LegRow[]> {
  const where = legFilter(scope, range, visible, filter);
  if (page.after) {
    where.sql +=
      " AND (start_time, report_id) < (parseDateTime64BestEffort({afterStart:String}, 3, 'UTC'), {afterReport:UUID})";
    where.parameters.afterStart = page.after.started;
    where.parameters.afterReport = page.after.reportId;
  }
  return store.ask(
    `SELECT ${legColumns} FROM @region.call_leg WHERE ${where.sql} ORDER BY start_time DESC, report_id DESC LIMIT {limit:UInt32}`,
    { parameters: { ...where.parameters, limit: page.limit } },
  );
}

export async function countLegs(
  store: RegionalStore,
  scope: CustomerScope,
  range: UsageRange,
  visible: Visibility,
  filter: LegFilter,
): Promise<number> {
  const where = legFilter(scope, range, visible, filter);
  const [row] = await store.ask<{ n: number }>(`SELECT count() AS n FROM @region.call_leg WHERE ${where.sql}`, {
    parameters: where.parameters,
  });
  return row?.n ?? 0;
}

export type FullLeg = LegRow & { batch: number; emptied: number; fields: string[] };

const isTime = (kind: string): boolean => kind.endsWith('time');
const noUuid = '00000000-0000-0000-0000-000000000000';
const textOfColumn = ({ name, kind }: { name: string; kind: string }): string => {
  if (kind === 'uuid') return `if(${name} = toUUID('${noUuid}'), '', toString(${name}))`;
  if (isTime(kind)) return `ifNull(${instantText(name)}, '')`;
  return `ifNull(toString(${name}), '')`;
};

/** One leg with every stored field as text, in the order of the CSV report. The date narrows the search to a few partitions' rows. */
export async function findLeg(
  store: RegionalStore,
  scope: CustomerScope,
  range: UsageRange,
  visible: Visibility,
  reportId: string,
): Promise<FullLeg | undefined> {
  const where = legsWhere(scope, range, visible);
  const rows = await store.ask<FullLeg>(
    `SELECT ${legColumns}, batch, emptied, [
      ${callHistoryColumns.map(textOfColumn).join(',\n      ')}] AS fields
     FROM @region.call_leg WHERE ${where.sql} AND report_id = {reportId:UUID} LIMIT 1`,
    { parameters: { ...where.parameters, reportId } },
  );
  return rows[0];
}
