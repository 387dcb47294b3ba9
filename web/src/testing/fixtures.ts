import { Administrator, Invitation } from '@hub/contract/administrators';
import { AuditEvent } from '@hub/contract/audit';
import { BulkJob } from '@hub/contract/bulk-jobs';
import { getCallPath } from '@hub/contract/call-path';
import {
  type CallingUsageRow,
  CallingUsageRow as CallingUsageRowSchema,
  callingUsageMeasures,
  CallLeg,
  getCallingUsage,
  getCallLeg,
  listCallLegs,
} from '@hub/contract/calling-usage';
import { type CustomerRow, CustomerRow as CustomerRowSchema, listCustomers } from '@hub/contract/customers';
import { FreshnessRow, getCustomerFreshness } from '@hub/contract/freshness';
import { HeldOrganization, ImportBatch, listHeldOrganizations, listRejectedRows } from '@hub/contract/imports';
import { permissionsOfRole, type Role } from '@hub/contract/permissions';
import { SavedView } from '@hub/contract/saved-views';
import { Session } from '@hub/contract/sessions';

// Replies as the contract lets them be: each goes through its schema, so a test cannot feed the page what no server would send.

const uuid = (kind: number, index: number): string =>
  `0193${String(kind).padStart(4, '0')}-0000-7000-8000-${String(index).padStart(12, '0')}`;

export function aSession(change: Partial<Record<keyof Session, unknown>> = {}, role: Role = 'partner_full'): Session {
  return Session.parse({
    person: { id: uuid(1, 1), name: 'Jordan Vale', email: 'jordan.vale@halyard.example', language: null },
    partner: { id: uuid(2, 1), name: 'Halyard Communications', homeRegion: 'eu' },
    partners: [{ id: uuid(2, 1), name: 'Halyard Communications' }],
    role,
    permissions: permissionsOfRole[role],
    regions: ['us', 'ca', 'eu', 'uae'],
    today: '2026-11-24',
    hasCallLegs: true,
    demo: 'none',
    csrfToken: 'a-token',
    ...change,
  });
}

export function anAdministrator(change: Partial<Record<keyof Administrator, unknown>> = {}): Administrator {
  return Administrator.parse({
    personId: uuid(1, 2),
    name: 'Ina Verenitsova',
    email: 'ina@halyard.example',
    role: 'partner_admin',
    isYou: false,
    customers: 3,
    groups: [],
    addedAt: '2026-11-02T08:00:00.000Z',
    lastUsedAt: null,
    ...change,
  });
}

export function anInvitation(change: Partial<Record<keyof Invitation, unknown>> = {}): Invitation {
  return Invitation.parse({
    id: uuid(7, 1),
    email: 'newcomer@halyard.example',
    role: 'help_desk_basic',
    invitedBy: 'Jordan Vale',
    createdAt: '2026-11-24T09:00:00.000Z',
    expiresAt: '2026-12-01T09:00:00.000Z',
    isExpired: false,
    ...change,
  });
}

export function anAuditEvent(change: Partial<Record<keyof AuditEvent, unknown>> = {}): AuditEvent {
  return AuditEvent.parse({
    id: uuid(8, 1),
    at: '2026-11-24T08:59:01.000Z',
    actor: { kind: 'person', personId: uuid(1, 1), name: 'Jordan Vale', token: null },
    action: 'administrators.change_role',
    target: { kind: 'person', id: uuid(1, 2), name: 'Ina Verenitsova' },
    onBehalfOf: null,
    before: { role: 'partner_admin' },
    after: { role: 'partner_read_only', endedInvitations: [] },
    trackingId: 'ph-0042-c0de',
    ...change,
  });
}

export function aBatch(change: Partial<Record<keyof ImportBatch, unknown>> = {}): ImportBatch {
  const number = typeof change.number === 'number' ? change.number : 20_414;
  return ImportBatch.parse({
    id: uuid(3, number),
    number,
    region: 'eu',
    feed: 'webex_call_history',
    format: 'csv',
    source: 'upload',
    fileName: 'webex-calling-detailed-2026-11-08_14.csv',
    fileBytes: 3_912_400_112,
    state: 'committed',
    stage: null,
    progress: null,
    counts: { read: 9_774_508, new: 9_772_816, duplicate: 204, replaced: 0, rejected: 1_284, held: 204 },
    emptied: [],
    notes: [],
    failure: null,
    covers: { from: '2026-11-08T00:00:04.000Z', to: '2026-11-14T23:59:51.000Z' },
    createdAt: '2026-11-23T09:11:20.000Z',
    startedAt: '2026-11-23T09:11:22.000Z',
    endedAt: '2026-11-23T09:12:04.000Z',
    createdBy: 'Jordan Vale',
    waitsFor: null,
    orgUuid: null,
    mappingId: null,
    period: null,
    archiveId: null,
    archiveNumber: null,
    corrects: null,
    sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    seconds: 42,
    rowsPerSecond: 232_726,
    canBeUndone: true,
    undone: null,
    ...change,
  });
}

export function someRejectedRows() {
  return listRejectedRows.reply?.parse({
    items: [
      {
        row: 118_203,
        line: 118_204,
        column: 'Start time',
        value: '2026-11-09T25:14:00Z',
        reason: 'not_a_time',
        data: {},
      },
      { row: 118_204, line: 118_205, column: 'Start time', value: '', reason: 'time_required', data: {} },
      { row: 402_990, line: 402_991, column: 'Duration', value: '-12', reason: 'below_zero', data: {} },
      {
        row: 811_449,
        line: 811_450,
        column: null,
        value: '2026-11-09T06:14:00.000Z,2026-11-09T06:14:05.000Z,60',
        reason: 'column_count',
        data: { expected: 83, found: 3 },
      },
      {
        row: 811_912,
        line: 811_913,
        column: 'Start time',
        value: '1987-04-01T00:00:00Z',
        reason: 'time_before',
        data: { limit: '2015-01-01T00:00:00.000Z' },
      },
    ],
    next: 5,
    total: 1284,
    byReason: [
      { column: 'Start time', reason: 'not_a_time', count: 611 },
      { column: 'Duration', reason: 'below_zero', count: 388 },
      { column: 'Start time', reason: 'time_required', count: 204 },
      { column: null, reason: 'column_count', count: 62 },
      { column: 'Start time', reason: 'time_before', count: 19 },
    ],
  });
}

export function aHeldOrganization(change: Partial<Record<keyof HeldOrganization, unknown>> = {}): HeldOrganization {
  return HeldOrganization.parse({
    region: 'eu',
    orgUuid: 'b41f77a2-5c3e-4d0a-9a41-7f0b2c519c0e',
    reason: 'unknown',
    rows: 152,
    firstStart: '2026-11-08T06:12:00.000Z',
    lastStart: '2026-11-14T21:40:00.000Z',
    locations: ['Sofia', 'Plovdiv'],
    customer: null,
    deletedAt: null,
    ...change,
  });
}

export function aHeldPage(items: readonly HeldOrganization[], change: Record<string, unknown> = {}) {
  const rows = items.reduce((sum, held) => sum + held.rows, 0);
  const total = { organizations: items.length, rows };
  return listHeldOrganizations.reply?.parse({ items, next: null, total, unavailable: [], ...change });
}

const names = [
  'Alder & Finch Logistics',
  'Bluemarl Ceramics',
  'Brightwater Utilities',
  'Cobalt Ridge Dental',
  'Corvid Analytics',
  'Dunmore Freight',
  'Eastgate Pharmacy Group',
  'Fennimore Dairy Co-op',
  'Gjoa Shipping Line',
  'Harrow & Pike Legal',
  'Ironbridge Rail Services',
  'Juniper Row Bakeries',
  'Kestrel Mutual',
  'Lantern Bay Resort',
  'Marrow Street Clinics',
  'Nordlys Film Studios',
  'Opal Transit Authority',
  'Polder Greenhouses',
  'Quayside Insurance',
  'Saltmarsh Foods',
  'Skerry Ferries',
  'Sundial Hotels',
  'Tern & Tide Outfitters',
  'Vantage Court Hotels',
];
const locations = ['Amsterdam', 'Sofia', '', 'Rotterdam', 'Plovdiv'];
const measures = Object.entries(callingUsageMeasures);

/** Customers by two locations; media quality and queue statistics have not been imported. */
export function aUsageRow(index: number): CallingUsageRow {
  const name = names[Math.floor(index / 2) % names.length] ?? '';
  const round = Math.floor(index / (names.length * 2));
  const cells = Object.fromEntries(
    measures.map(([key, { feed }], at) => [
      key,
      feed === 'call_history' ? (index * 7919 * (at + 3) + at * 131) % (at < 4 ? 48_000 : 900) : null,
    ]),
  );
  return CallingUsageRowSchema.parse({
    customerId: uuid(4, Math.floor(index / 2)),
    customerName: round === 0 ? name : `${name} ${round + 1}`,
    orgUuid: `b41f77a2-5c3e-4d0a-9a41-${String(index).padStart(12, '0')}`,
    location: index % 2 === 0 ? (locations[index % locations.length] ?? '') : `Branch ${index}`,
    cells,
  });
}

export function aUsagePage(rows: readonly CallingUsageRow[], change: Record<string, unknown> = {}) {
  const totals = Object.fromEntries(
    measures.map(([key, { feed }]) => [
      key,
      feed === 'call_history'
        ? rows.reduce((sum, row) => sum + (row.cells[key as keyof typeof callingUsageMeasures] ?? 0), 0)
        : null,
    ]),
  );
  return getCallingUsage.reply?.parse({
    items: rows,
    next: null,
    totals,
    rows: rows.length,
    customers: new Set(rows.map((row) => row.customerId)).size,
    rowsUnfiltered: rows.length,
    missingFeeds: ['media_quality', 'call_queue_stats'],
    policy: 'documented',
    policyVersion: 1,
    dataAsOf: '2026-11-24T05:04:00.000Z',
    ...change,
  });
}

export function aCallLeg(index: number): CallLeg {
  const types = ['desktop_app', 'desk_phone', 'mobile_app', 'dect_or_ata', 'unknown'] as const;
  return CallLeg.parse({
    reportId: uuid(5, index),
    customerId: uuid(4, 0),
    customerName: names[0],
    startTime: `2026-11-${String(20 - (index % 18)).padStart(2, '0')}T${String(23 - (index % 24)).padStart(2, '0')}:14:09.000Z`,
    location: 'Amsterdam',
    user: index % 4 === 0 ? 'Reception' : `Person ${index}`,
    userType: 'User',
    direction: index % 3 === 0 ? 'ORIGINATING' : 'TERMINATING',
    callingNumber: `+3120555${String(1000 + index).slice(-4)}`,
    calledNumber: '+35925550101',
    isAnswered: index % 5 !== 0,
    durationSeconds: index % 5 === 0 ? 0 : 17 + index * 37,
    endpointType: types[index % types.length],
    callOutcome: index % 5 === 0 ? 'Refusal' : 'Success',
  });
}

export function aLegsPage(legs: readonly CallLeg[], change: Record<string, unknown> = {}) {
  return listCallLegs.reply?.parse({
    items: legs,
    next: null,
    legs: legs.length,
    value: legs.length,
    policy: 'documented',
    policyVersion: 1,
    ...change,
  });
}

/** An attendant, the queue that it leads to, and the agent who answers. */
export function aCallPath(leg: CallLeg, change: Record<string, unknown> = {}) {
  const step = (index: number, role: string, user: string, rest: Record<string, unknown> = {}) => ({
    ...leg,
    reportId: index === 2 ? leg.reportId : uuid(9, index),
    startTime: `${leg.startTime.slice(0, 17)}${String(10 + index * 9)}.000Z`,
    role,
    user,
    callingName: '',
    calledName: user,
    answerTime: null,
    releaseTime: null,
    transferTime: null,
    relatedReason: '',
    redirectReason: '',
    outcomeReason: '',
    keyPressed: '',
    isAnsweredElsewhere: false,
    cameFrom: index === 0 ? null : index === 1 ? uuid(9, 0) : uuid(9, 1),
    isOfSession: true,
    ...rest,
  });
  return getCallPath.reply?.parse({
    legs: [
      step(0, 'auto_attendant', 'Main menu', { keyPressed: '2' }),
      step(1, 'queue', 'Support'),
      step(2, 'person', 'Ada Petrova', { transferTime: '2026-11-20T10:00:00.000Z' }),
    ],
    hasMore: false,
    hasSession: true,
    ...change,
  });
}

export function aLegRecord(leg: CallLeg) {
  return getCallLeg.reply?.parse({
    leg,
    fields: [
      { column: 'Start time', value: leg.startTime, isEmptied: false },
      { column: 'Answer time', value: '', isEmptied: true },
      { column: 'Duration', value: String(leg.durationSeconds), isEmptied: false },
      { column: 'Calling number', value: leg.callingNumber, isEmptied: false },
      { column: 'Correlation ID', value: 'a4c1f37e-3d1c-4f0c-a1f5-3f2d6a1b9c55', isEmptied: false },
      ...Array.from({ length: 40 }, (_, index) => ({
        column: `Column ${index}`,
        value: index % 2 === 0 ? `value ${index}` : '',
        isEmptied: false,
      })),
    ],
    importNumber: 20_414,
    importFileName: 'webex-calling-detailed-2026-11-08_14.csv',
  });
}

/** A customer of the list; the index gives it its name and what it has. */
export function aCustomerRow(index: number, change: Partial<Record<keyof CustomerRow, unknown>> = {}): CustomerRow {
  const subscription = { kind: 'subscription', reference: `Sub-${4700 + index}` };
  const ordered = 40 + ((index * 37) % 900);
  const assigned = index % 7 === 1 ? ordered + 3 + index : Math.round(ordered * 0.7);
  const over = Math.max(0, assigned - ordered);
  const running = {
    status: 'subscription',
    since: '2026-01-12',
    reasons: [{ code: 'active', of: subscription, until: '2027-02-28', since: '2026-01-12' }],
  };
  const statuses = [
    ...(index % 9 === 0
      ? [
          {
            status: 'suspended',
            since: '2026-11-12',
            reasons: [{ code: 'payment', of: subscription, state: 'past_due', since: '2026-11-12' }],
          },
        ]
      : []),
    ...(over > 0
      ? [
          {
            status: 'license_overage',
            since: '2026-11-12',
            reasons: [{ code: 'over', of: subscription, product: 'calling', over, since: '2026-11-12' }],
          },
        ]
      : []),
    running,
  ];
  const name = names[index % names.length] ?? '';
  const round = Math.floor(index / names.length);
  return CustomerRowSchema.parse({
    id: uuid(4, index),
    name: round === 0 ? name : `${name} ${round + 1}`,
    orgUuid: null,
    externalId: null,
    domain: null,
    country: 'BG',
    region: index % 3 === 0 ? 'us' : 'eu',
    kind: index % 5 === 4 ? 'external' : 'owned',
    contact: { name: '', email: '', phone: '' },
    createdAt: '2026-01-12T08:00:00.000Z',
    version: 1,
    statuses,
    tags: [
      { id: uuid(9, 1), name: 'hospitality', color: 'teal' },
      { id: uuid(9, 2), name: 'north', color: 'blue' },
      { id: uuid(9, 3), name: 'renew-q4', color: 'orange' },
    ].slice(0, index % 4),
    products: ['calling', 'meetings'].slice(0, 1 + (index % 2)),
    failedSetup: null,
    anomalies: [],
    licenses: { ordered, assigned, unassigned: Math.max(0, ordered - assigned), over },
    next: { on: '2027-02-28', verb: 'renews', reference: `Sub-${4700 + index}` },
    lastSignIn: { isKnown: true, on: '2026-11-21' },
    hasSubscription: true,
    hasTrial: false,
    ...change,
  });
}

export function aCustomerPage(rows: readonly CustomerRow[], change: Record<string, unknown> = {}) {
  return listCustomers.reply?.parse({ items: rows, next: null, today: '2026-11-24', ...change });
}

export function aSavedView(change: Partial<Record<keyof SavedView, unknown>> = {}): SavedView {
  return SavedView.parse({
    id: uuid(10, 1),
    name: 'My hotels, EU',
    filter: 'region:eu tag:hospitality',
    sort: 'name',
    order: 'asc',
    isShared: false,
    isMine: true,
    isPinned: true,
    isDefault: false,
    ...change,
  });
}

export function aBulkJob(change: Partial<Record<keyof BulkJob, unknown>> = {}): BulkJob {
  return BulkJob.parse({
    id: uuid(11, 1),
    act: 'add_tags',
    state: 'running',
    total: 148,
    looked: 40,
    changed: 38,
    unchanged: 1,
    failed: 1,
    mayUndo: false,
    isUndone: false,
    undoes: null,
    createdBy: 'Jordan Vale',
    createdAt: '2026-11-24T09:00:00.000Z',
    endedAt: null,
    ...change,
  });
}

export function aFreshnessRow(index: number, change: Partial<Record<keyof FreshnessRow, unknown>> = {}): FreshnessRow {
  return FreshnessRow.parse({
    customerId: uuid(4, index),
    customerName: `Customer ${index}`,
    orgUuid: `b41f77a2-5c3e-4d0a-9a41-${String(index).padStart(12, '0')}`,
    feed: 'webex_call_history',
    firstDay: '2026-01-05',
    lastDay: '2026-11-23',
    lastRecordAt: '2026-11-23T17:30:00.000Z',
    cadence: { kind: 'workdays', weekdays: [1, 2, 3, 4, 5], usualBreak: 0 },
    gaps: 0,
    missingDays: 0,
    late: null,
    ...change,
  });
}

/** Call history on workdays, with a gap in March and its end missing; queue statistics of two days. */
export function aCoverage() {
  const days = [
    { day: '2026-03-09', records: 1204 },
    { day: '2026-03-12', records: 3 },
    { day: '2026-10-20', records: 80 },
  ];
  return getCustomerFreshness.reply?.parse({
    customerId: uuid(4, 0),
    customerName: 'Quayside Insurance',
    region: 'eu',
    from: '2025-11-19',
    to: '2026-11-24',
    feeds: [
      {
        feed: 'webex_call_history',
        firstDay: '2026-03-09',
        lastDay: '2026-10-20',
        lastRecordAt: '2026-10-20T17:30:00.000Z',
        cadence: { kind: 'workdays', weekdays: [1, 2, 3, 4, 5], usualBreak: 1 },
        gaps: [{ from: '2026-03-10', to: '2026-03-11', days: 2 }],
        late: { from: '2026-10-21', to: '2026-11-22', days: 23 },
        days,
      },
      {
        feed: 'webex_call_queue_stats',
        firstDay: '2026-11-01',
        lastDay: '2026-11-02',
        lastRecordAt: null,
        cadence: { kind: 'too_short', weekdays: [], usualBreak: 0 },
        gaps: [],
        late: null,
        days: [
          { day: '2026-11-01', records: 1 },
          { day: '2026-11-02', records: 1 },
        ],
      },
    ],
  });
}
