import type { RequestOf } from '@hub/contract/endpoint';
import type { EmptyReason, explainEmpty as explaining } from '@hub/contract/freshness';
import type { ImportId, OrgUuid } from '@hub/contract/ids';
import { can } from '@hub/contract/permissions';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { getCustomer } from '../customers/index.ts';
import { findWaiting, listHeldOrganizations, readLimit, readVisibility } from '../imports/index.ts';
import { type Extent, findExtent } from './coverage-queries.ts';
import { requireRange } from './require-range.ts';

type Question = RequestOf<typeof explaining>['query'];

/**
 * Why a range shows nothing: first what the facts say, then what is on its way, of which only those are told who may see imports. Throws
 * range_invalid, range_too_long, customer_not_found.
 */
export async function explainEmpty(ctx: Ctx, question: Question): Promise<{ reasons: EmptyReason[] }> {
  requirePermission(ctx, 'calling_usage.read');
  requireRange(question);
  const { customerId, region } = question;
  const { store, scope } = await regionalScope(ctx, region).catch((fault: unknown) => awayOr(fault));
  if (store === undefined) return { reasons: [{ code: 'region_away' }] };
  const { visible, limit, orgUuid } = await inTenant(ctx, async (tx) => ({
    limit: await readLimit(tx, ctx, question),
    visible: await readVisibility(tx, region),
    orgUuid: customerId && (await getCustomer(tx, customerId)).orgUuid,
  }));
  if (orgUuid === null) return { reasons: [{ code: 'not_linked' }, ...(await onTheWay(ctx, question, undefined))] };
  try {
    const extent = await findExtent({ store, scope, visible }, question, question.feed, orgUuid);
    const reason = reasonOf(extent);
    if (reason.code === 'filtered') return { reasons: [reason] };
    // Rows that wait or are on their way go as well, so nothing of them is said.
    if (limit !== undefined && question.to < limit.firstDay && isBehind(reason, limit))
      return { reasons: [{ code: 'beyond_kept', ...limit }] };
    return { reasons: [reason, ...(await onTheWay(ctx, question, orgUuid))] };
  } catch (fault) {
    awayOr(fault);
    return { reasons: [{ code: 'region_away' }] };
  }
}

/** Anything but a store that does not answer is no answer to why something is empty. */
function awayOr(fault: unknown): { store?: undefined; scope?: undefined } {
  if (fault instanceof StoreFault && fault.kind !== 'too_slow') return {};
  throw fault;
}

function reasonOf({ inside, first_day, last_day, before, after }: Extent): EmptyReason {
  if (inside > 0) return { code: 'filtered', records: inside };
  if (first_day === '') return { code: 'never_imported' };
  if (before === '') return { code: 'begins_later', firstDay: first_day };
  if (after === '') return { code: 'ended_before', lastDay: last_day };
  return { code: 'gap', before, after };
}

/** Nothing of before the limit is there any more. */
const isBehind = (reason: EmptyReason, limit: { firstDay: string }): boolean =>
  reason.code === 'never_imported' || (reason.code === 'begins_later' && reason.firstDay >= limit.firstDay);

/** Rows that wait, imports that run, and what needs somebody. */
async function onTheWay(ctx: Ctx, { region, feed }: Question, orgUuid: OrgUuid | undefined): Promise<EmptyReason[]> {
  if (!can(ctx.actor, 'imports.read', { partnerId: ctx.actor.partnerId })) return [];
  const [{ underway, failed }, held] = await Promise.all([
    inTenant(ctx, (tx) => findWaiting(tx, region, feed, orgUuid)),
    listHeldOrganizations(ctx, { region, q: orgUuid, limit: 1 }),
  ]);
  const reasons: EmptyReason[] = [];
  const { rows, organizations } = held.total;
  if (rows > 0) reasons.push({ code: 'held', rows, organizations });
  if (underway > 0) reasons.push({ code: 'import_underway', imports: underway });
  if (failed)
    reasons.push({
      code: 'import_failed',
      importId: failed.id as ImportId,
      number: failed.number,
      fileName: failed.file_name,
      isKept: failed.spool_name !== null,
    });
  return reasons;
}
