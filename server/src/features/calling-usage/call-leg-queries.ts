import type { EndpointType, LegMeasure } from '@hub/contract/calling-usage';
import { instantText, type RegionalStore } from '../../platform/regional-store/index.ts';
import type { CustomerScope } from '../access/index.ts';
import {
  callHistoryColumns,
  countedWhere,
  locationName,
  mediaEndpointType,
  userKey,
  type Visibility,
} from '../imports/index.ts';
import { queueOrganizations } from '../metrics/index.ts';
import { type FactsQuestion, inRange, legsWhere, narrowed, type Place, type Where } from './facts-question.ts';
import { stepsOf } from './leg-steps.ts';
import { isFeature, legMeasure, mediaRowsOf, queueLegs } from './measures.ts';
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

export const legColumns = `report_id, org_uuid, ${instantText('start_time')} AS started, toString(${locationName}) AS location_name, user AS user_name,
  user_type, direction, calling_number, called_number, ifNull(answered, false) AS is_answered, duration, endpoint_type, call_outcome`;

export interface LegFilter extends Place {
  measure?: LegMeasure | undefined;
  /** Only of the user with this key. */
  user?: string | undefined;
  /** Of the media rows where the measure counts those, else of the legs. */
  endpointType?: EndpointType | undefined;
  /** Only what came into a queue of this name. */
  queue?: string | undefined;
  /** Only of these organizations, or of all but these. */
  among?: { are: 'in' | 'out'; orgs: readonly string[] } | undefined;
  /** Only of organizations that have Call Queue. */
  hasQueues?: boolean;
  /** Part of a user's name or of a number. */
  q?: string | undefined;
}

export const noUuid = '00000000-0000-0000-0000-000000000000';

/** The legs that a measure counts, or as near as its feed leads to legs (docs/metrics.md#legs-behind-a-number). */
function behind(question: FactsQuestion, of: LegFilter, measure: LegMeasure): Where {
  const legs = legsWhere(question.scope, question.range, question.visible);
  const mediaRows = mediaRowsOf(measure, question.policy);
  if (mediaRows === undefined) {
    const where = ofEndpointType(narrowed(legs, of), 'endpoint_type', of);
    const { legs: counted } = legMeasure(measure) ?? queueLegs;
    return { ...where, sql: `${where.sql} AND (${counted})` };
  }
  const counted = inRange(countedWhere(question.scope, question.visible, 'record_id'), question.range);
  const media = ofEndpointType(narrowed(counted, of), mediaEndpointType, of);
  const rows = `FROM @region.media_quality WHERE ${media.sql} AND (${mediaRows})`;
  const where = narrowed(legs, { orgUuid: of.orgUuid });
  return {
    sql: `${where.sql} AND is_person AND (
      (org_uuid, user_uuid, correlation_id) IN (SELECT org_uuid, user_uuid, correlation_id ${rows} AND correlation_id != toUUID('${noUuid}'))
      OR (org_uuid, user_uuid, call_id) IN (SELECT org_uuid, user_uuid, call_id ${rows} AND call_id NOT IN ('', 'NA', 'na')))`,
    parameters: { ...media.parameters, ...where.parameters },
  };
}

function ofEndpointType({ sql, parameters }: Where, column: string, { endpointType }: LegFilter): Where {
  if (endpointType === undefined) return { sql, parameters };
  return { sql: `${sql} AND ${column} = {endpointType:String}`, parameters: { ...parameters, endpointType } };
}

function ofUser({ sql, parameters }: Where, { user }: LegFilter): Where {
  if (user === undefined) return { sql, parameters };
  return {
    sql: `${sql} AND is_person AND ${userKey} = toUInt64OrZero({user:String})`,
    parameters: { ...parameters, user },
  };
}

function ofQueue({ sql, parameters }: Where, { queue }: LegFilter): Where {
  if (queue === undefined) return { sql, parameters };
  // A leg that came into a queue is the queue's own: its user is the queue.
  return { sql: `${sql} AND (${queueLegs.legs}) AND user = {queue:String}`, parameters: { ...parameters, queue } };
}

function ofCustomers({ sql, parameters }: Where, question: FactsQuestion, { among, hasQueues }: LegFilter): Where {
  const narrower: Where = { sql, parameters: { ...parameters } };
  if (among !== undefined) {
    narrower.sql += ` AND org_uuid ${among.are === 'in' ? 'IN' : 'NOT IN'} {among:Array(UUID)}`;
    narrower.parameters.among = among.orgs;
  }
  if (hasQueues === true) narrower.sql += ` AND org_uuid IN (${queueOrganizations(question).sql})`;
  return narrower;
}

function legFilter(question: FactsQuestion, filter: LegFilter): Where {
  const { measure } = filter;
  const legs =
    measure === undefined
      ? ofEndpointType(
          narrowed(legsWhere(question.scope, question.range, question.visible), filter),
          'endpoint_type',
          filter,
        )
      : behind(question, filter, measure);
  const where = ofCustomers(ofQueue(ofUser(legs, filter), filter), question, filter);
  const q = filter.q?.trim() ?? '';
  if (q === '') return where;
  return {
    sql: `${where.sql} AND (positionCaseInsensitiveUTF8(user, {q:String}) > 0 OR position(calling_number, {q:String}) > 0 OR position(called_number, {q:String}) > 0)`,
    parameters: { ...where.parameters, q },
  };
}

interface LegPage {
  after?: { started: string; reportId: string } | undefined;
  limit: number;
}

/** Newest first; `after` is the last leg of the page before. Of a long range so many of its days are read as fill the page. */
export async function findLegs(question: FactsQuestion, filter: LegFilter, page: LegPage): Promise<LegRow[]> {
  const found: LegRow[] = [];
  for (const step of stepsOf(question.range, page.after?.started)) {
    const where = legFilter(question, filter);
    if (step) {
      where.sql += ' AND day BETWEEN {stepFrom:Date} AND {stepTo:Date}';
      where.parameters = { ...where.parameters, stepFrom: step.from, stepTo: step.to };
    }
    found.push(...(await legsOf(question, where, { ...page, limit: page.limit - found.length })));
    if (found.length >= page.limit) break;
  }
  return found;
}

function legsOf({ store }: FactsQuestion, where: Where, page: LegPage): Promise<LegRow[]> {
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

/** `calls`: different Call IDs by customer and location, as features are counted. */
export async function countLegs(
  question: FactsQuestion,
  filter: LegFilter,
): Promise<{ legs: number; calls: number | null }> {
  const where = legFilter(question, filter);
  const calls = filter.measure !== undefined && isFeature(filter.measure) ? 'uniqExact(place_key, call_key)' : 'NULL';
  const [row] = await question.store.ask<{ legs: number; calls: number | null }>(
    `SELECT count() AS legs, ${calls} AS calls FROM @region.call_leg WHERE ${where.sql}`,
    { parameters: where.parameters },
  );
  return row ?? { legs: 0, calls: null };
}

export type FullLeg = LegRow & { batch: number; emptied: number; fields: string[] };

const isTime = (kind: string): boolean => kind.endsWith('time');
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
