import type { APIRequestContext } from '@playwright/test';
import { listCustomers } from '@hub/contract/customers';
import { addCustomer, ask, importsSettle, send, uploadFile } from './hub-client.ts';
import { today } from './product.ts';

const dayMilliseconds = 86_400_000;
const dayBefore = (days: number): string =>
  new Date(Date.parse(today) - days * dayMilliseconds).toISOString().slice(0, 10);

/** A customer of Europe with one subscription of Calling. */
interface Licensed {
  name: string;
  reference: string;
  startsOn: string;
  endsOn: string;
  autoRenews: boolean;
  ordered: number;
  assigned: number;
}

const running = { startsOn: '2025-12-01', endsOn: '2027-11-30', autoRenews: true };

export const licensed = [
  {
    name: 'Amberlight Ferries',
    reference: 'Sub-e2e-ending',
    ...running,
    endsOn: dayBefore(-30),
    autoRenews: false,
    ordered: 120,
    assigned: 96,
  },
  {
    name: 'Birchgate Clinics',
    reference: 'Sub-e2e-renewing',
    ...running,
    endsOn: dayBefore(-41),
    ordered: 80,
    assigned: 64,
  },
  { name: 'Cordwain Mills', reference: 'Sub-e2e-new', ...running, startsOn: dayBefore(12), ordered: 40, assigned: 30 },
  { name: 'Dunmore Assurance', reference: 'Sub-e2e-over', ...running, ordered: 20, assigned: 26 },
  { name: 'Eastmoor Schools', reference: 'Sub-e2e-low', ...running, ordered: 200, assigned: 40 },
] as const satisfies readonly Licensed[];

const orgOf = (index: number): string => `e2e00000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** Five customers, each in another section, with license snapshots of 13 weeks; two weeks of October are missing. Done once. */
export async function fillLicenses(request: APIRequestContext): Promise<void> {
  const known = (await ask(request, listCustomers, { filter: `name:"${licensed[0].name}"` })).items;
  if (known.length > 0) return;
  for (const [index, { name, ordered, assigned, ...terms }] of licensed.entries()) {
    await addCustomer(request, { name, country: 'BG', orgUuid: orgOf(index) });
    const [customer] = (await ask(request, listCustomers, { filter: `name:"${name}"` })).items;
    await send(request, 'POST', `/api/customers/${customer?.id}/subscriptions`, {
      ...terms,
      termMonths: 12,
      paymentState: 'current',
      setupState: 'provisioned',
      setupNote: null,
      lines: [{ product: 'calling', ordered, assigned }],
    });
  }
  await uploadFile(request, { name: 'license-snapshots.csv', region: 'eu', body: Buffer.from(snapshots()) });
  await importsSettle(request);
}

function snapshots(): string {
  const days = Array.from({ length: 91 }, (_, before) => before + 1).filter((before) => before < 30 || before > 50);
  const rows = days.flatMap((before) =>
    licensed.flatMap(({ reference, ordered, assigned, startsOn }, index) => {
      const day = dayBefore(before);
      if (day < startsOn) return [];
      const now = Math.max(1, assigned - Math.floor(before / 10));
      const used = Math.max(0, Math.min(ordered, now) - 8);
      return [[day, orgOf(index), reference, 'Webex Calling', ordered, now, used, used + 2].join(',')];
    }),
  );
  const head = 'Date,Org UUID,Subscription ID,Product,Ordered,Assigned,Used 7d,Used 90d';
  return `${[head, ...rows].join('\r\n')}\r\n`;
}
