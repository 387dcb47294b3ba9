import type { TagColor } from '@hub/contract/customer-tags';
import type { CustomerSort } from '@hub/contract/customers';
import type { DemoCustomer } from './demo-scenario.ts';

export interface DemoTag {
  kind: 'customer' | 'subscription';
  name: string;
  color: TagColor;
  description: string;
}

/** Every tag that the records of a demo name. */
export const demoTags: readonly DemoTag[] = [
  {
    kind: 'customer',
    name: 'Key account',
    color: 'violet',
    description: 'A hundred users and more: call before you write.',
  },
  { kind: 'customer', name: 'At risk', color: 'red', description: 'Fewer calls, bad calls or open invoices.' },
  { kind: 'customer', name: 'Onboarding', color: 'teal', description: 'In trial or being set up.' },
  { kind: 'customer', name: 'Wholesale', color: 'blue', description: '' },
  { kind: 'customer', name: 'България', color: 'green', description: '' },
  { kind: 'customer', name: '한국', color: 'orange', description: '' },
  {
    kind: 'subscription',
    name: 'Price review',
    color: 'yellow',
    description: 'Prices are to be agreed anew before it renews.',
  },
  { kind: 'subscription', name: 'Three years', color: 'gray', description: '' },
];

export interface DemoGroup {
  name: string;
  description: string;
  /** One of the two: who belongs to it, or the filter that says so. */
  isMember?: (customer: DemoCustomer) => boolean;
  filter?: string;
}

export const demoGroups: readonly DemoGroup[] = [
  {
    name: 'Contact centers',
    description: 'Most of their calls come through queues.',
    isMember: ({ story }) => story === 'contact-center',
  },
  { name: 'Care plan', description: 'Looked at every Monday.', isMember: ({ users }) => users >= 60 },
  { name: 'Ending within 60 days', description: '', filter: 'ends<60d' },
];

export interface DemoView {
  name: string;
  filter: string;
  sort: CustomerSort;
  order: 'asc' | 'desc';
  isPinned: boolean;
}

/** Of the first administrator, for everybody. */
export const demoViews: readonly DemoView[] = [
  {
    name: 'Needs a call today',
    filter: 'status:suspended,license-overage,expired',
    sort: 'urgency',
    order: 'asc',
    isPinned: true,
  },
  { name: 'Renewing within 30 days', filter: 'renews<30d', sort: 'next', order: 'asc', isPinned: true },
  { name: 'In trial', filter: 'type:trial,both', sort: 'next', order: 'asc', isPinned: false },
];
