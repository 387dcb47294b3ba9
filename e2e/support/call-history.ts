import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIRequestContext } from '@playwright/test';
import { listCustomers } from '@hub/contract/customers';
import { getSampleFile } from '@hub/contract/imports';
import { RegionCode } from '@hub/contract/regions';
import { demoScenario, writeCallHistoryCsv } from '../../server/src/demo-data/index.ts';
import { addCustomer, ask, importsSettle, uploadFile } from './hub-client.ts';
import { today } from './product.ts';

const customersOfRegion: Record<RegionCode, number> = { us: 4, ca: 2, eu: 24, uae: 2 };
const firstDay = '2026-11-19';

/** Customers and call legs in every region, enough to sort, search and scroll. Done once, whichever journey asks first. */
export async function fillEveryRegion(request: APIRequestContext): Promise<void> {
  const invented = demoScenario('busy-reseller', 'journeys', { madeOn: today });
  const customers = RegionCode.options.flatMap((region) =>
    invented.customers
      .filter((customer) => customer.region === region && customer.kind !== 'own')
      .slice(0, customersOfRegion[region])
      .flatMap((customer) => (customer.orgUuid === null ? [] : [{ ...customer, orgUuid: customer.orgUuid }])),
  );
  const known = (await ask(request, listCustomers, { limit: 200 })).items;
  if (known.some(({ orgUuid }) => orgUuid === customers[0]?.orgUuid)) return;
  for (const { name, country, orgUuid } of customers) await addCustomer(request, { name, country, orgUuid });
  const folder = await mkdtemp(join(tmpdir(), 'hub-e2e-files-'));
  try {
    for (const region of RegionCode.options) {
      const path = join(folder, `${region}.csv`);
      await writeCallHistoryCsv(path, { ...invented, customers }, { region, from: firstDay, to: '2026-11-23' });
      const body = await readFile(path);
      await uploadFile(request, { name: `call-history-${region}-${firstDay}.csv`, region, body });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  await importsSettle(request);
}

interface Report {
  head: string;
  rows: string[];
}

/** The product's own sample file, apart. */
export async function sampleReport(request: APIRequestContext): Promise<Report> {
  const response = await request.get(`${getSampleFile.path}?region=eu`);
  const [head = '', ...rows] = (await response.text()).trimEnd().split('\r\n');
  return { head, rows };
}

export function fileOf({ head, rows }: Report): Buffer {
  return Buffer.from(`${[head, ...rows].join('\r\n')}\r\n`);
}

/** The sample's legs over and over, each time as other legs: Report IDs are counted on, in a range of each series. */
export function manyLegs({ head, rows }: Report, count: number, series: number): Buffer {
  const place = head.replace('\uFEFF', '').split(',').indexOf('Report ID');
  const parts = rows.filter((row) => !row.includes('"')).map((row) => row.split(','));
  const lines = Array.from({ length: count }, (_, index) => {
    const row = [...(parts[index % parts.length] ?? [])];
    row[place] = `${String(series).padStart(8, '0')}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
    return row.join(',');
  });
  return fileOf({ head, rows: lines });
}

/** The same row with one field changed. */
export function withField({ head, rows }: Report, row: number, column: string, value: string): string {
  const place = head.replace('\uFEFF', '').split(',').indexOf(column);
  const fields = (rows[row] ?? '').split(',');
  fields[place] = value;
  return fields.join(',');
}
