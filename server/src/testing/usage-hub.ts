import type { Customer } from '@hub/contract/customers';
import { createCustomer } from '@hub/contract/customers';
import { getImport, type ImportBatch, listImports, uploadImport } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { afterAll } from 'vitest';
import { type ImportRunner, startImportRunner } from '../features/imports/index.ts';
import { callHistoryCsv, type LegRecord, madeUuid } from './leg-record.ts';
import { until } from './spawn-hub.ts';
import type { TestClient } from './test-client.ts';
import { type TestHub, testHub } from './test-hub.ts';

const countries: Record<RegionCode, string> = { us: 'US', ca: 'CA', eu: 'BG', uae: 'AE' };

export type LinkedCustomer = Customer & { orgUuid: NonNullable<Customer['orgUuid']> };

/** A hub whose imports run. One per test file: there is one import queue. */
export interface UsageHub {
  hub: TestHub;
  /** Until the import of these records has been committed. */
  load: (as: TestClient, region: RegionCode, records: readonly LegRecord[]) => Promise<ImportBatch>;
  /** Until the import of this file of another feed has been committed. */
  loadFile: (
    as: TestClient,
    region: RegionCode,
    body: string,
    given?: { from: string; to: string },
  ) => Promise<ImportBatch>;
  /** Until nothing of this partner waits or runs. */
  settle: (as: TestClient) => Promise<void>;
  /** Linked from the beginning: no import of held rows is queued for it. */
  customer: (as: TestClient, name: string, region: RegionCode) => Promise<LinkedCustomer>;
}

let started: Promise<UsageHub> | undefined;
let runner: ImportRunner | undefined;
afterAll(() => runner?.stop());

export const usageHub = (): Promise<UsageHub> => (started ??= start());

async function start(): Promise<UsageHub> {
  const hub = await testHub();
  const running = await startImportRunner(hub.installation);
  runner = running;

  async function settle(as: TestClient): Promise<void> {
    await until(async () => {
      running.wake();
      const { items } = await as.call(listImports);
      return items.every(({ state }) => state !== 'queued' && state !== 'running');
    });
  }

  async function loadFile(as: TestClient, region: RegionCode, body: string, given = {}): Promise<ImportBatch> {
    const { id } = await as.upload(uploadImport, { query: { region, fileName: 'legs.csv', ...given }, body });
    await settle(as);
    const batch = await as.call(getImport, { params: { importId: id } });
    if (batch.state !== 'committed')
      throw new Error(`The import ended as ${batch.state}: ${JSON.stringify(batch.failure)}`);
    return batch;
  }

  return {
    hub,
    settle,
    load: (as, region, records) => loadFile(as, region, callHistoryCsv(records)),
    loadFile,
    async customer(as, name, region) {
      const made = await as.call(createCustomer, { body: { name, country: countries[region] } });
      const orgUuid = madeUuid() as LinkedCustomer['orgUuid'];
      await hub.asOwner('update customer set org_uuid = $1 where id = $2', [orgUuid, made.id]);
      return { ...made, orgUuid };
    },
  };
}
