import type { RecordKind } from './record-imports.ts';

export type RecordColumn =
  | 'orgUuid'
  | 'externalId'
  | 'name'
  | 'country'
  | 'domain'
  | 'kind'
  | 'contactName'
  | 'contactEmail'
  | 'contactPhone'
  | 'reference'
  | 'product'
  | 'ordered'
  | 'assigned'
  | 'startsOn'
  | 'endsOn'
  | 'termMonths'
  | 'autoRenews'
  | 'paymentState'
  | 'setupState'
  | 'setupNote'
  | 'lastSignIn'
  | 'subscription'
  | 'orderKind'
  | 'orderState'
  | 'orderedOn'
  | 'period'
  | 'periodFrom'
  | 'periodTo'
  | 'amount'
  | 'currency'
  | 'invoiceState'
  | 'issuedOn'
  | 'dueOn';

interface ColumnOfKind {
  column: RecordColumn;
  /** As docs/records.md writes it. */
  title: string;
  also: readonly string[];
}

const column = (name: RecordColumn, title: string, ...also: string[]): ColumnOfKind => ({ column: name, title, also });

const names = ['Name', 'Customer', 'Customer name', 'Organization', 'Organization name', 'Organisation', 'Company'];
const organizationIds = [
  'Org ID',
  'Organization ID',
  'Organisation ID',
  'Org UUID',
  'Customer org ID',
  'Customer org UUID',
];
const externalIds = ['External ID', 'Customer external ID', 'External customer ID', 'Wholesale ID'];

const customer: readonly ColumnOfKind[] = [
  column('orgUuid', 'Customer org ID', ...organizationIds),
  column('externalId', 'Customer external ID', ...externalIds),
  column('name', 'Customer', ...names),
];

const lines: readonly ColumnOfKind[] = [
  column('product', 'Product', 'Service'),
  column('ordered', 'Ordered', 'Licenses', 'Licences', 'Quantity', 'Ordered licenses', 'Ordered licences'),
  column('assigned', 'Assigned', 'Assigned licenses', 'Assigned licences', 'Used'),
  column('startsOn', 'Start', 'Start date', 'Starts on'),
  column('endsOn', 'End', 'End date', 'Ends on', 'Expires on', 'Expiry date'),
];

/** Of an order or an invoice: which subscription, which product, how many. The subscription says whose it is; a customer may be named as well. */
const ofSubscription: readonly ColumnOfKind[] = [
  column('subscription', 'Subscription ID', 'Subscription', 'Subscription reference'),
  ...customer,
  column('product', 'Product', 'Service'),
  column('ordered', 'Quantity', 'Ordered', 'Licenses', 'Licences'),
];

/** What each kind of file may hold: docs/records.md says the same in words. */
export const columnsOfKind: Readonly<Record<RecordKind, readonly ColumnOfKind[]>> = {
  customers: [
    column('name', 'Name', ...names),
    column('country', 'Country', 'Country code'),
    column('orgUuid', 'Org ID', ...organizationIds),
    column('externalId', 'External ID', ...externalIds, 'Reference'),
    column('domain', 'Domain', 'Domain name'),
    column('kind', 'Relationship', 'Managed by', 'Kind'),
    column('contactName', 'Contact name', 'Contact'),
    column('contactEmail', 'Contact email', 'Contact mail', 'Email', 'Mail'),
    column('contactPhone', 'Contact phone', 'Phone', 'Telephone'),
  ],
  subscriptions: [
    column('reference', 'Subscription ID', 'Subscription', 'Subscription reference'),
    ...customer,
    ...lines,
    column('termMonths', 'Term months', 'Term', 'Months', 'Term in months'),
    column('autoRenews', 'Auto-renew', 'Auto renewal', 'Renews automatically'),
    column('paymentState', 'Payment state', 'Payment', 'Payment status'),
    column('setupState', 'Setup state', 'Setup', 'Setup status', 'Provisioning state', 'Provisioning status'),
    column('setupNote', 'Setup note', 'Setup message'),
  ],
  trials: [column('reference', 'Trial ID', 'Trial', 'Trial reference'), ...customer, ...lines],
  sign_ins: [
    ...customer,
    column(
      'lastSignIn',
      'Last sign-in',
      'Last sign-in date',
      'Last sign-in time',
      'Last login',
      'Last signed in',
      'Last activity',
    ),
  ],
  orders: [
    column('reference', 'Order ID', 'Order', 'Order number', 'Order reference'),
    ...ofSubscription,
    column('orderKind', 'Kind', 'Order kind', 'Order type', 'Type'),
    column('orderState', 'State', 'Order state', 'Order status', 'Status'),
    column('orderedOn', 'Ordered on', 'Order date', 'Date'),
  ],
  invoices: [
    column('reference', 'Invoice ID', 'Invoice', 'Invoice number', 'Invoice reference'),
    ...ofSubscription,
    column('period', 'Period', 'Billing period'),
    column('periodFrom', 'Period from', 'Period start', 'From', 'Start', 'Start date'),
    column('periodTo', 'Period to', 'Period end', 'To', 'End', 'End date'),
    column('amount', 'Amount', 'Total', 'Net amount'),
    column('currency', 'Currency', 'Currency code'),
    column('invoiceState', 'State', 'Invoice state', 'Invoice status', 'Status', 'Payment state', 'Payment status'),
    column('issuedOn', 'Issued on', 'Invoice date', 'Issue date', 'Date'),
    column('dueOn', 'Due on', 'Due date', 'Due'),
  ],
};

/** One of a list must be there. */
export const neededColumns: Readonly<Record<RecordKind, readonly (readonly RecordColumn[])[]>> = {
  customers: [['name'], ['country']],
  subscriptions: [['reference'], ['name', 'orgUuid', 'externalId'], ['startsOn']],
  trials: [['reference'], ['name', 'orgUuid', 'externalId'], ['startsOn'], ['endsOn']],
  sign_ins: [['name', 'orgUuid', 'externalId'], ['lastSignIn']],
  orders: [['reference'], ['subscription'], ['product'], ['ordered'], ['orderKind'], ['orderState'], ['orderedOn']],
  invoices: [
    ['reference'],
    ['subscription'],
    ['product'],
    ['ordered'],
    ['period', 'periodFrom'],
    ['period', 'periodTo'],
    ['amount'],
    ['currency'],
    ['invoiceState'],
  ],
};

/** Names of columns and choices are one without case, spaces and signs. */
export const plainKey = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const byKey: Readonly<Record<RecordKind, ReadonlyMap<string, RecordColumn>>> = {
  customers: keysOf('customers'),
  subscriptions: keysOf('subscriptions'),
  trials: keysOf('trials'),
  sign_ins: keysOf('sign_ins'),
  orders: keysOf('orders'),
  invoices: keysOf('invoices'),
};

function keysOf(kind: RecordKind): Map<string, RecordColumn> {
  return new Map(
    columnsOfKind[kind].flatMap(({ column: name, title, also }) =>
      [title, ...also].map((spelling): [string, RecordColumn] => [plainKey(spelling), name]),
    ),
  );
}

/** What each column of a file of records is; undefined: nothing that is known. */
export const columnsIn = (kind: RecordKind, header: readonly string[]): (RecordColumn | undefined)[] =>
  header.map((name) => byKey[kind].get(plainKey(name)));

/** Tells by the header what kind of records a file has. */
export function recordKindOf(header: readonly string[]): RecordKind | undefined {
  const has = (kind: RecordKind, name: RecordColumn): boolean => columnsIn(kind, header).includes(name);
  // These name their subscription, too.
  if (has('invoices', 'reference')) return 'invoices';
  if (has('orders', 'reference')) return 'orders';
  if (has('subscriptions', 'reference')) return 'subscriptions';
  if (has('trials', 'reference')) return 'trials';
  if (has('sign_ins', 'lastSignIn')) return 'sign_ins';
  const known = columnsIn('customers', header).filter((name) => name !== undefined);
  // A name alone, or an organization's ID alone, stands in files of any kind.
  return known.includes('name') && new Set(known).size > 1 ? 'customers' : undefined;
}

/** The same where nothing is missing that such a file needs: of files that may be something else. */
export function wholeRecordsOf(header: readonly string[]): RecordKind | undefined {
  const kind = recordKindOf(header);
  if (kind === undefined) return undefined;
  const present = columnsIn(kind, header);
  return neededColumns[kind].every((oneOf) => oneOf.some((name) => present.includes(name))) ? kind : undefined;
}
