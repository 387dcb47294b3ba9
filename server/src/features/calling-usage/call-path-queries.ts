import { callPathMaximumLegs } from '@hub/contract/call-path';
import { instantText, type RegionalStore } from '../../platform/regional-store/index.ts';
import type { CustomerScope } from '../access/index.ts';
import type { Visibility } from '../imports/index.ts';
import { legColumns, type LegRow, noUuid } from './call-leg-queries.ts';
import { legsWhere, type Where } from './facts-question.ts';

export interface PathRow extends LegRow {
  session: string;
  calling_name: string;
  called_name: string;
  answered_at: string | null;
  released_at: string | null;
  transferred_at: string | null;
  related_reason: string;
  redirect_reason: string;
  call_outcome_reason: string;
  auto_attendant_key_pressed: string;
  answered_elsewhere: string;
  local_call_id: string;
  remote_call_id: string;
  related_call_id: string;
  transfer_related_call_id: string;
}

export interface PathQuestion {
  store: RegionalStore;
  scope: CustomerScope;
  visible: Visibility;
  /** UTC day of the leg's start. */
  day: string;
  reportId: string;
}

interface Ids {
  session: string;
  local_call_id: string;
  related_call_id: string;
  transfer_related_call_id: string;
}

const idColumns = 'toString(correlation_id) AS session, local_call_id, related_call_id, transfer_related_call_id';
const pathColumns = `${legColumns}, toString(correlation_id) AS session, calling_line_id AS calling_name, called_line_id AS called_name,
  ${instantText('answer_time')} AS answered_at, ${instantText('release_time')} AS released_at, ${instantText('call_transfer_time')} AS transferred_at,
  related_reason, redirect_reason, call_outcome_reason, auto_attendant_key_pressed, answered_elsewhere,
  local_call_id, remote_call_id, related_call_id, transfer_related_call_id`;

/**
 * The legs of a leg's session, and of the sessions that related calls of it lead to; one more than are shown, by start. Of the same
 * organization, from the day before to the day after. Without the leg: undefined.
 */
export async function findPathLegs(question: PathQuestion): Promise<{ session: string; rows: PathRow[] } | undefined> {
  const start = await findStart(question);
  if (!start) return undefined;
  const near = nearby(question, start.org_uuid);
  const session = await ask<Ids>(question, near, idColumns, sameSession, { session: start.session });
  const linked = await findLinked(question, near, session);
  const rows = await ask<PathRow>(
    question,
    near,
    pathColumns,
    `(report_id IN {reports:Array(UUID)} OR correlation_id IN {sessions:Array(UUID)})`,
    {
      reports: [question.reportId, ...linked.map(({ report }) => report)],
      sessions: [...new Set([start.session, ...linked.map((leg) => leg.session)])].filter((id) => id !== noUuid),
    },
  );
  return { session: start.session, rows };
}

const sameSession = `(report_id = {reportId:UUID} OR (correlation_id = {session:UUID} AND correlation_id != toUUID('${noUuid}')))`;

async function findStart({
  store,
  scope,
  visible,
  day,
  reportId,
}: PathQuestion): Promise<{ org_uuid: string; session: string } | undefined> {
  const where = legsWhere(scope, { from: day, to: day }, visible);
  const rows = await store.ask<{ org_uuid: string; session: string }>(
    `SELECT org_uuid, toString(correlation_id) AS session FROM @region.call_leg WHERE ${where.sql} AND report_id = {reportId:UUID} LIMIT 1`,
    { parameters: { ...where.parameters, reportId } },
  );
  return rows[0];
}

function nearby({ scope, visible, day }: PathQuestion, orgUuid: string): Where {
  const { sql, parameters } = legsWhere(scope, { from: dayAfter(day, -1), to: dayAfter(day, 1) }, visible);
  return { sql: `${sql} AND org_uuid = {orgUuid:UUID}`, parameters: { ...parameters, orgUuid } };
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

async function ask<Row>(
  { store, reportId }: PathQuestion,
  near: Where,
  columns: string,
  condition: string,
  parameters: Where['parameters'],
): Promise<Row[]> {
  return store.ask<Row>(
    `SELECT ${columns} FROM @region.call_leg WHERE ${near.sql} AND ${condition}
     ORDER BY start_time, report_id LIMIT {most:UInt32}`,
    { parameters: { ...near.parameters, reportId, ...parameters, most: callPathMaximumLegs + 1 } },
  );
}

/** Legs outside of the session that its legs name as related calls, or that name those of the session. */
async function findLinked(
  question: PathQuestion,
  near: Where,
  session: readonly Ids[],
): Promise<{ report: string; session: string }[]> {
  const own = session.map(({ local_call_id }) => local_call_id).filter(isId);
  const named = session
    .flatMap(({ related_call_id, transfer_related_call_id }) => [related_call_id, transfer_related_call_id])
    .filter((id) => isId(id) && !own.includes(id));
  if (own.length === 0 && named.length === 0) return [];
  return ask(
    question,
    near,
    'toString(report_id) AS report, toString(correlation_id) AS session',
    '(local_call_id IN {named:Array(String)} OR related_call_id IN {own:Array(String)} OR transfer_related_call_id IN {own:Array(String)})',
    { own, named },
  );
}

const isId = (id: string): boolean => id !== '' && id !== 'NA' && id !== 'na';
