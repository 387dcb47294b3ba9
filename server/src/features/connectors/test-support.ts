import { createConnector, type Connector } from '@hub/contract/connectors';
import type { GivenOf } from '@hub/contract/endpoint';
import { listImports } from '@hub/contract/imports';
import type { Installation } from '../access/index.ts';
import { startImportRunner } from '../imports/index.ts';
import { legRecord, type LegRecord, madeUuid } from '../../testing/leg-record.ts';
import { type MockWebex, mockWebex } from '../../testing/mock-webex.ts';
import { until } from '../../testing/spawn-hub.ts';
import { type TestHub, testHub, type TestPartner } from '../../testing/test-hub.ts';
import type { Patience } from './provider.ts';
import { runPull } from './run-pull.ts';

export const hour = 3_600_000;
export const minute = 60_000;

/** As usual, but without the pauses. */
export const quick: Patience = {
  retries: 2,
  firstPauseMilliseconds: 1,
  waits: 3,
  longestWaitSeconds: 2,
  idleMilliseconds: 300,
  totalMilliseconds: 1000,
};

export interface Pulling {
  hub: TestHub;
  partner: TestPartner;
  mock: MockWebex;
  /** One run from begin to end, as the worker does it. */
  pull: (connector: Connector, patience?: Patience) => Promise<void>;
  make: (change?: Partial<GivenOf<typeof createConnector>['body']>) => Promise<Connector>;
  /** A call of an organization that began, and was taken in by the provider, so long ago. */
  call: (orgUuid: string, ago: { began: number; inserted: number }, change?: Partial<LegRecord>) => LegRecord;
  /** Works through the queue; answers the imports of the partner, latest first. */
  imported: () => Promise<Awaited<ReturnType<typeof importsOf>>>;
  /** How many call legs the partner has in a region, and how many are held. */
  counted: (region: 'us' | 'eu') => Promise<{ legs: number; held: number }>;
  close: () => Promise<void>;
}

export const importsOf = async ({ admin }: TestPartner) => (await admin.call(listImports)).items;

/** Works through the queue until nothing of these partners waits. */
export async function importAll(hub: TestHub, partners: readonly TestPartner[]): Promise<void> {
  const runner = await startImportRunner(hub.installation);
  try {
    for (const partner of partners)
      await until(async () =>
        (await importsOf(partner)).every(({ state }) => state !== 'queued' && state !== 'running'),
      );
  } finally {
    await runner.stop();
  }
}

export const pulling = async (options: Parameters<typeof testHub>[0] = {}): Promise<Pulling> =>
  pullingIn(await testHub(options));

/** Another partner with a provider of its own. */
export async function pullingIn(hub: TestHub): Promise<Pulling> {
  const partner = await hub.partner();
  const mock = await mockWebex({ now: () => hub.clock.now() });
  let made = 0;
  return {
    hub,
    partner,
    mock,
    pull: (connector, patience = quick) =>
      runPull(
        hub.installation,
        { connectorId: connector.id, partnerId: partner.partnerId },
        { signal: new AbortController().signal, patience },
      ),
    make: (change = {}) =>
      partner.admin.call(createConnector, {
        body: {
          name: `Connector ${(made += 1)}`,
          region: 'us',
          baseUrl: mock.url,
          callsUrl: mock.url,
          backDays: 0,
          snapshots: [],
          credential: { kind: 'token', accessToken: 'token-1' },
          ...change,
        },
      }),
    call(orgUuid, { began, inserted }, change = {}) {
      const now = hub.clock.now().getTime();
      const leg = legRecord({
        org_uuid: orgUuid,
        report_id: madeUuid(),
        start_time: new Date(now - began).toISOString(),
        report_time: new Date(now - inserted).toISOString(),
        ...change,
      });
      mock.records.push({ leg, insertedAt: new Date(now - inserted).toISOString() });
      return leg;
    },
    async imported() {
      await importAll(hub, [partner]);
      return importsOf(partner);
    },
    async counted(region) {
      const store = hub.installation.stores.get(region);
      const parameters = { partner: partner.partnerId };
      const count = async (query: string): Promise<number> =>
        (await store?.ask<{ n: number }>(query, { parameters }))?.[0]?.n ?? 0;
      return {
        legs: await count('SELECT count() AS n FROM @region.call_leg WHERE partner_id = {partner:UUID}'),
        held: await count('SELECT count() AS n FROM @region.held_call_leg WHERE partner_id = {partner:UUID}'),
      };
    },
    close: () => mock.close(),
  };
}

/** An installation that tells of each transaction of the directory, and may be kept from it or from what follows. */
export function watchedInstallation(
  installation: Installation,
  onTransaction: (moment: 'before' | 'after') => Promise<unknown> | undefined,
): Installation {
  const directory = new Proxy(installation.directory, {
    get(target, name, receiver) {
      if (name !== 'transaction') return Reflect.get(target, name, receiver) as unknown;
      return () => {
        const builder = target.transaction();
        return {
          async execute(work: Parameters<typeof builder.execute>[0]) {
            await onTransaction('before');
            const result = await builder.execute(work);
            await onTransaction('after');
            return result;
          },
        };
      };
    },
  });
  return { ...installation, directory };
}
