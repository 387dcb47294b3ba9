import { type QualityPolicy, qualityPolicyVersion } from '@hub/contract/calling-policy';
import {
  CallingUsageMeasure,
  callLegsMaximumDays,
  type CallLeg,
  type EndpointType,
  type LegMeasure,
  legsOfCustomersMaximum,
} from '@hub/contract/calling-usage';
import { Instant, ReportId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';
import { readCallingPolicy } from '../calling-policy/index.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { customerNames, findCustomersByOrg, findMatchingIds, getCustomer } from '../customers/index.ts';
import {
  areRollupsBuilt,
  callHistoryColumns,
  findImportByNumber,
  lenientColumns,
  readVisibility,
} from '../imports/index.ts';
import { countLegs, findLeg, findLegs, type LegFilter, type LegRow } from './call-leg-queries.ts';
import type { FactsQuestion } from './facts-question.ts';
import { legsInTurn } from './legs-in-turn.ts';
import { findUsage, totalsOf } from './usage-queries.ts';
import { requireRange, type UsageRange } from './usage-question.ts';

interface LegQuestion extends UsageRange {
  region: RegionCode;
  customerId?: string | undefined;
  location?: string | undefined;
  measure?: LegMeasure | undefined;
  user?: string | undefined;
  endpointType?: EndpointType | undefined;
  queue?: string | undefined;
  filter?: string | undefined;
  hasQueues: boolean;
  q?: string | undefined;
  policy?: QualityPolicy | undefined;
  after?: string | undefined;
  limit: number;
}

interface LegPage {
  items: CallLeg[];
  next: string | null;
  legs: number;
  value: number | null;
  policy: QualityPolicy;
  policyVersion: number;
}

const mostCustomers = 1_000_000; // of one partner, far above what the directory is made for

/** The organizations that a filter leaves in a region, or those that it leaves out where these are fewer. Throws filter_too_wide. */
async function amongOf(
  tx: TenantTx,
  ctx: Ctx,
  { region, filter = '' }: Pick<LegQuestion, 'region' | 'filter'>,
): Promise<LegFilter['among']> {
  if (filter.trim() === '') return undefined;
  const ids = new Set(await findMatchingIds(tx, ctx, filter, mostCustomers));
  const customers = (await customerNames(tx, region)).filter(({ orgUuid }) => orgUuid !== null);
  const inside = customers.filter(({ id }) => ids.has(id));
  const outside = customers.filter(({ id }) => !ids.has(id));
  const are = inside.length <= outside.length ? 'in' : 'out';
  const named = are === 'in' ? inside : outside;
  if (named.length > legsOfCustomersMaximum)
    throw new HubError('filter_too_wide', { customers: inside.length, limit: legsOfCustomersMaximum });
  return { are, orgs: named.map(({ orgUuid }) => String(orgUuid)) };
}

/** The legs behind a number, newest first; `value` is the number itself, by the same definition as in the table. */
export async function listCallLegs(ctx: Ctx, question: LegQuestion, left?: AbortSignal): Promise<LegPage> {
  requirePermission(ctx, 'call_legs.read');
  requireRange(question, callLegsMaximumDays);
  const { store, scope } = await regionalScope(ctx, question.region);
  const { visible, among, orgUuid, policy } = await inTenant(ctx, async (tx) => ({
    visible: await readVisibility(tx, question.region),
    among: await amongOf(tx, ctx, question),
    orgUuid: question.customerId && (await getCustomer(tx, question.customerId)).orgUuid,
    policy: question.policy ?? (await readCallingPolicy(tx, ctx.actor.partnerId)).qualityPolicy,
  }));
  const rules = { policy, policyVersion: qualityPolicyVersion };
  // A customer without an organization has no legs yet.
  if (question.customerId && !orgUuid) return { items: [], next: null, legs: 0, value: null, ...rules };
  const hasRollups = await areRollupsBuilt(store, ctx.actor.partnerId);
  const { from, to, zone } = question;
  const { measure, location, user, endpointType, queue, hasQueues, q } = question;
  const place = { orgUuid: orgUuid || undefined, location };
  const filter = { ...place, measure, user, endpointType, queue, among, hasQueues, q };
  const narrower = [user, endpointType, queue, among].some((each) => each !== undefined);
  const isOfReport = !narrower && !hasQueues && zone === 'UTC';
  const ofReport = isOfReport ? CallingUsageMeasure.safeParse(measure).data : undefined;
  const range = { from, to, zone };
  const state = [scope.scopeKey, visible.newest, visible.version, visible.open, hasRollups];
  const inTurn = <Answer extends object>(what: unknown, ask: (facts: FactsQuestion) => Promise<Answer>) =>
    legsInTurn(
      store,
      { partnerId: ctx.actor.partnerId, question: [state, range, policy, filter, what], left },
      (asked) => ask({ store: asked, scope, range, visible, policy, hasRollups }),
    );
  const after = question.after === undefined ? undefined : readCursor(question.after);
  const limit = question.limit + 1;
  const [rows, counted, totals] = await Promise.all([
    inTurn({ after, limit }, (facts) => findLegs(facts, filter, { after, limit })),
    inTurn('count', (facts) => countLegs(facts, filter)),
    ofReport === undefined
      ? undefined
      : inTurn('totals', async (facts) => totalsOf((await findUsage(facts, place)).cells)),
  ]);
  const value = ofReport === undefined ? null : (totals?.[ofReport] ?? null);
  const page = rows.slice(0, question.limit);
  const items = await named(ctx, page);
  const last = page.at(-1);
  return {
    items,
    next: last && rows.length > question.limit ? `${last.started}~${last.report_id}` : null,
    legs: counted.legs,
    value: value ?? counted.calls,
    ...rules,
  };
}

const Cursor = z.tuple([Instant, ReportId]);

function readCursor(cursor: string): { started: string; reportId: string } {
  const read = Cursor.safeParse(cursor.split('~'));
  if (!read.success) throw new HubError('cursor_invalid');
  const [started, reportId] = read.data;
  return { started, reportId };
}

/** The legs of customers that the directory has, under their names of today. */
export async function named(ctx: Ctx, rows: readonly LegRow[]): Promise<CallLeg[]> {
  requirePermission(ctx, 'call_legs.read');
  const customers = await inTenant(ctx, (tx) => findCustomersByOrg(tx, [...new Set(rows.map((row) => row.org_uuid))]));
  const byOrg = new Map(customers.map((customer) => [customer.orgUuid as string | null, customer]));
  return rows.flatMap((row): CallLeg[] => {
    const customer = byOrg.get(row.org_uuid);
    if (!customer) return [];
    return [
      {
        reportId: row.report_id as CallLeg['reportId'],
        customerId: customer.id,
        customerName: customer.name,
        startTime: row.started,
        location: row.location_name,
        user: shown(row.user_name),
        userType: row.user_type,
        direction: row.direction,
        callingNumber: shown(row.calling_number),
        calledNumber: shown(row.called_number),
        isAnswered: row.is_answered,
        durationSeconds: row.duration,
        endpointType: row.endpoint_type,
        callOutcome: shown(row.call_outcome),
      },
    ];
  });
}

/** "NA" is how the feed writes nothing. */
export const shown = (text: string): string => (text === 'NA' || text === 'na' ? '' : text);

/** One leg with all 83 fields. `startDate` is the UTC day of its Start time. Throws not_found. */
export async function getCallLeg(
  ctx: Ctx,
  input: { region: RegionCode; startDate: string; reportId: string },
): Promise<{
  leg: CallLeg;
  fields: { column: string; value: string; isEmptied: boolean }[];
  importNumber: number;
  importFileName: string;
}> {
  requirePermission(ctx, 'call_legs.read');
  const { store, scope } = await regionalScope(ctx, input.region);
  const visible = await inTenant(ctx, (tx) => readVisibility(tx, input.region));
  const row = await findLeg(store, scope, { from: input.startDate, to: input.startDate }, visible, input.reportId);
  const [leg] = row ? await named(ctx, [row]) : [];
  if (!row || !leg) throw new HubError('not_found');
  const batch = await inTenant(ctx, (tx) => findImportByNumber(tx, row.batch));
  const fields = callHistoryColumns.map((column, index) => {
    const bit = lenientColumns.indexOf(column);
    return {
      column: column.header,
      value: shown(row.fields[index] ?? ''),
      isEmptied: bit >= 0 && (row.emptied & (2 ** bit)) !== 0,
    };
  });
  return { leg, fields, importNumber: row.batch, importFileName: batch?.file_name ?? '' };
}
