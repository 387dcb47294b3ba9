import { type CallPathLeg, callPathMaximumLegs, type PathRole } from '@hub/contract/call-path';
import type { ReportId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { readVisibility } from '../imports/index.ts';
import { noUuid } from './call-leg-queries.ts';
import { named, shown } from './call-legs.ts';
import { findPathLegs, type PathRow } from './call-path-queries.ts';

/** Who called whom, through which services: the legs of a call that the customer has. `startDate` is the UTC day of its Start time. Throws not_found. */
export async function getCallPath(
  ctx: Ctx,
  { region, startDate, reportId }: { region: RegionCode; startDate: string; reportId: string },
): Promise<{ legs: CallPathLeg[]; hasMore: boolean; hasSession: boolean }> {
  requirePermission(ctx, 'call_legs.read');
  const { store, scope } = await regionalScope(ctx, region);
  const visible = await inTenant(ctx, (tx) => readVisibility(tx, region));
  const found = await findPathLegs({ store, scope, visible, day: startDate, reportId });
  if (!found) throw new HubError('not_found');
  const rows = found.rows.slice(0, callPathMaximumLegs);
  const legs = await named(ctx, rows);
  // The customer was removed since.
  if (legs.length === 0) throw new HubError('not_found');
  const byId = new Map(rows.map((row) => [row.report_id, row]));
  return {
    legs: legs.flatMap((leg): CallPathLeg[] => {
      const row = byId.get(leg.reportId);
      return row ? [{ ...leg, ...stepOf(row, rows), isOfSession: isOfSession(row, found.session, reportId) }] : [];
    }),
    hasMore: found.rows.length > callPathMaximumLegs,
    hasSession: found.session !== noUuid,
  };
}

const isOfSession = (row: PathRow, session: string, reportId: string): boolean =>
  row.report_id === reportId || (session !== noUuid && row.session === session);

function stepOf(
  row: PathRow,
  rows: readonly PathRow[],
): Omit<CallPathLeg, keyof Awaited<ReturnType<typeof named>>[number] | 'isOfSession'> {
  return {
    role: roleOf(row.user_type),
    callingName: shown(row.calling_name),
    calledName: shown(row.called_name),
    answerTime: row.answered_at,
    releaseTime: row.released_at,
    transferTime: row.transferred_at,
    relatedReason: shown(row.related_reason),
    redirectReason: shown(row.redirect_reason),
    outcomeReason: shown(row.call_outcome_reason),
    keyPressed: shown(row.auto_attendant_key_pressed),
    isAnsweredElsewhere: /^(yes|true)$/i.test(row.answered_elsewhere),
    cameFrom: causeOf(row, rows),
  };
}

/** The service's leg that made it, the other one of a transfer, or the end that called. */
function causeOf(row: PathRow, rows: readonly PathRow[]): ReportId | null {
  const byLocal = (id: string): PathRow | undefined =>
    shown(id) === '' ? undefined : rows.find((other) => other !== row && other.local_call_id === id);
  const called = row.direction === 'TERMINATING' ? byLocal(row.remote_call_id) : undefined;
  const cause = byLocal(row.related_call_id) ?? called ?? byLocal(row.transfer_related_call_id);
  // Of the two legs of a transfer the later one came from the earlier.
  return cause && cause.started <= row.started ? (cause.report_id as ReportId) : null;
}

function roleOf(userType: string): PathRole {
  if (userType === 'User') return 'person';
  if (userType === 'Place') return 'workspace';
  if (userType === 'VirtualLine') return 'virtual_line';
  if (userType.startsWith('AutomatedAttendant')) return 'auto_attendant';
  if (userType.startsWith('CallCenter')) return 'queue';
  if (userType === 'HuntGroup') return 'hunt_group';
  return userType.startsWith('VoiceMail') ? 'voicemail' : 'service';
}
