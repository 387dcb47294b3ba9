import type { RecordKind } from '@hub/contract/record-imports';

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
  | 'lastSignIn';

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
};

/** One of a list must be there. */
export const neededColumns: Readonly<Record<RecordKind, readonly (readonly RecordColumn[])[]>> = {
  customers: [['name'], ['country']],
  subscriptions: [['reference'], ['name', 'orgUuid', 'externalId'], ['startsOn']],
  trials: [['reference'], ['name', 'orgUuid', 'externalId'], ['startsOn'], ['endsOn']],
  sign_ins: [['name', 'orgUuid', 'externalId'], ['lastSignIn']],
};

/** Names of columns and choices are one without case, spaces and signs. */
export const plainKey = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
