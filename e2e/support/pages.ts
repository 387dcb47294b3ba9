import type { APIRequestContext } from '@playwright/test';
import { listAdministrators } from '@hub/contract/administrators';
import { getCallingUsage, listCallLegs } from '@hub/contract/calling-usage';
import { allImports, ask } from './hub-client.ts';

export interface VisitedPage {
  name: string;
  address: string;
  /** A selector of what shows that its data is there. */
  ready: string;
  /** What it adds to the page before it, by selector. It scrolls inside, and axe cannot judge text that is scrolled away. */
  panel?: '.side-panel';
  /** Has no top bar, so no menu of languages. */
  isBare?: true;
}

const week = { from: '2026-11-17', to: '2026-11-23' };

/** Every page of a signed-in person, with data in it. */
export async function everyPage(request: APIRequestContext): Promise<VisitedPage[]> {
  const { items } = await ask(request, getCallingUsage, { region: 'eu', ...week, sort: 'calls', order: 'desc' });
  const { customerId = '', location = '' } = items[0] ?? {};
  const legsOf = { region: 'eu', ...week, customerId, location };
  const [leg] = (await ask(request, listCallLegs, legsOf)).items;
  const batches = await allImports(request);
  const batch = batches.find(({ counts }) => (counts?.rejected ?? 0) > 0) ?? batches[0];
  const you = (await ask(request, listAdministrators)).items.find(({ isYou }) => isYou);
  const usage = `/analytics/calling-usage?from=${week.from}&to=${week.to}`;
  const legs = `/analytics/calling-usage/legs?${new URLSearchParams(legsOf).toString()}`;
  const rows = 'tbody tr, .row-list li, .region-lines li';
  return [
    { name: 'imports', address: '/imports', ready: rows },
    { name: 'batch', address: `/imports?batch=${batch?.id}`, ready: '.sum', panel: '.side-panel' },
    { name: 'usage', address: `${usage}&region=eu&sort=calls&order=desc`, ready: rows },
    { name: 'usage-no-match', address: `${usage}&region=eu&q=zzzz`, ready: '.empty' },
    { name: 'all-regions', address: `${usage}&region=all`, ready: rows },
    { name: 'legs', address: `${legs}&measure=callLegs`, ready: rows },
    {
      name: 'leg',
      address: `${legs}&leg=${leg?.reportId}&day=${leg?.startTime.slice(0, 10)}`,
      ready: '.fields',
      panel: '.side-panel',
    },
    { name: 'overview', address: '/overview', ready: '.attention-rows li, .attention .empty' },
    { name: 'data-freshness', address: '/data-freshness?region=eu', ready: rows },
    { name: 'days-with-data', address: `/data-freshness/${customerId}`, ready: '.heat-map' },
    { name: 'administrators', address: '/administrators', ready: 'tbody tr, .admins-lines li' },
    {
      name: 'assign',
      address: `/administrators?customersOf=${you?.personId}`,
      ready: '.assign-scroller li',
      panel: '.side-panel',
    },
    { name: 'audit-log', address: '/audit-log', ready: '.audit-opener' },
    { name: 'audit-log-no-match', address: '/audit-log?q=zzzz', ready: '.empty' },
    { name: 'join-incomplete', address: '/join', ready: 'h1', isBare: true },
    { name: 'settings', address: '/settings', ready: '.sessions li' },
    { name: 'not-found', address: '/no/such/page', ready: '.empty', isBare: true },
  ];
}
