import type { RecordKind } from '@hub/contract/record-imports';

// The columns of docs/records.md, in English as the files are.
const examples: Record<RecordKind, readonly (readonly string[])[]> = {
  customers: [
    [
      'Name',
      'Country',
      'Org ID',
      'External ID',
      'Domain',
      'Relationship',
      'Contact name',
      'Contact email',
      'Contact phone',
    ],
    [
      'Harborlight Freight',
      'BG',
      '6f1c2a8e-3f44-4d0b-9a5e-0d2c4b7e9f10',
      'HC-48213',
      'harborlight.example',
      'owned',
      'Mira Dotcheva',
      'mira@harborlight.example',
      '+359 2 555 0101',
    ],
  ],
  subscriptions: [
    [
      'Subscription ID',
      'Customer external ID',
      'Product',
      'Ordered',
      'Assigned',
      'Start',
      'End',
      'Term months',
      'Auto-renew',
      'Payment state',
      'Setup state',
      'Setup note',
    ],
    [
      'Sub-4711',
      'HC-48213',
      'Webex Calling',
      '120',
      '98',
      '2026-01-01',
      '2026-12-31',
      '12',
      'yes',
      'current',
      'provisioned',
      '',
    ],
    [
      'Sub-4711',
      'HC-48213',
      'Webex Meetings',
      '40',
      '',
      '2026-01-01',
      '2026-12-31',
      '12',
      'yes',
      'current',
      'provisioned',
      '',
    ],
  ],
  trials: [
    ['Trial ID', 'Customer external ID', 'Product', 'Ordered', 'Assigned', 'Start', 'End'],
    ['Trial-88', 'HC-48213', 'Webex Contact Center', '10', '4', '2026-11-01', '2027-01-29'],
  ],
  sign_ins: [
    ['Customer external ID', 'Last sign-in'],
    ['HC-48213', '2026-11-20'],
  ],
  orders: [
    ['Order ID', 'Subscription ID', 'Product', 'Quantity', 'Kind', 'State', 'Ordered on'],
    ['Ord-2041', 'Sub-4711', 'Webex Calling', '120', 'new', 'completed', '2025-12-18'],
    ['Ord-2041', 'Sub-4711', 'Webex Meetings', '40', 'new', 'completed', '2025-12-18'],
  ],
  invoices: [
    [
      'Invoice ID',
      'Subscription ID',
      'Product',
      'Quantity',
      'Period from',
      'Period to',
      'Amount',
      'Currency',
      'State',
      'Issued on',
      'Due on',
    ],
    [
      'Inv-9001',
      'Sub-4711',
      'Webex Calling',
      '120',
      '2026-10-01',
      '2026-10-31',
      '1740.00',
      'EUR',
      'paid',
      '2026-11-01',
      '2026-11-30',
    ],
  ],
};

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A small valid file of a kind; its address may be a link's, without asking the server. */
export function exampleCsv(kind: RecordKind): string {
  return examples[kind].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

export function exampleAddress(kind: RecordKind): string {
  return `data:text/csv;charset=utf-8,${encodeURIComponent(exampleCsv(kind))}`;
}
