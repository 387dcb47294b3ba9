import type { CallingUsageMeasure, CallLeg } from '@hub/contract/calling-usage';
import { Instant, ReportId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { findCustomersByOrg, getCustomer } from '../customers/index.ts';
import { callHistoryColumns, findImportByNumber, lenientColumns, readVisibility } from '../imports/index.ts';
import { countLegs, findLeg, findLegs, type LegRow } from './call-leg-queries.ts';
import { legMeasure } from './measures.ts';
import { findUsage, totalsOf } from './usage-queries.ts';
import { requireRange, type UsageRange } from './usage-question.ts';

interface LegQuestion extends UsageRange {
  region: RegionCode;
  customerId?: string | undefined;
  location?: string | undefined;
  measure?: CallingUsageMeasure | undefined;
  q?: string | undefined;
  after?: string | undefined;
  limit: number;
}

/** The legs behind a number, newest first; `value` is the number itself, by the same definition as in the table. */
export async function listCallLegs(
  ctx: Ctx,
  question: LegQuestion,
): Promise<{ items: CallLeg[]; next: string | null; legs: number; value: number | null }> {
  requirePermission(ctx, 'call_legs.read');
  requireRange(question);
  const { store, scope } = await regionalScope(ctx, question.region);
  const { visible, orgUuid } = await inTenant(ctx, async (tx) => ({
    visible: await readVisibility(tx, question.region),
    orgUuid: question.customerId && (await getCustomer(tx, question.customerId)).orgUuid,
  }));
  // A customer without an organization has no legs yet.
  if (question.customerId && !orgUuid) return { items: [], next: null, legs: 0, value: null };
  const range = { from: question.from, to: question.to };
  const filter = {
    orgUuid: orgUuid || undefined,
    location: question.location,
    measure: question.measure,
    q: question.q,
  };
  const [rows, legs, value] = await Promise.all([
    findLegs(store, scope, range, visible, filter, {
      after: question.after === undefined ? undefined : readCursor(question.after),
      limit: question.limit + 1,
    }),
    countLegs(store, scope, range, visible, filter),
    question.measure && legMeasure(question.measure)
      ? findUsage(store, scope, range, visible, filter).then(
          (cells) => totalsOf(cells)[question.measure as CallingUsageMeasure],
        )
      : null,
  ]);
  const page = rows.slice(0, question.limit);
  const items = await named(ctx, page);
  const last = page.at(-1);
  return {
    items,
    next: last && rows.length > question.limit ? `${last.started}~${last.report_id}` : null,
    legs,
    value,
  };
}

const Cursor = z.tuple([Instant, ReportId]);

function readCursor(cursor: string): { started: string; reportId: string } {
  const read = Cursor.safeParse(cursor.split('~'));
  if (!read.success) throw new HubError('cursor_invalid');
  const [started, reportId] = read.data;
  return { started, reportId };
}

async function named(ctx: Ctx, rows: readonly LegRow[]): Promise<CallLeg[]> {
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
const shown = (text: string): string => (text === 'NA' || text === 'na' ? '' : text);

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
