import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { PartnerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant } from '../features/access/index.ts';
import { insertCustomer } from '../features/customers/customers-queries.ts';
import { findPartnerIds } from '../features/imports/import-queries.ts';
import { listImports, spoolFile, startImportRunner } from '../features/imports/index.ts';
import { findOrphanedStaging } from '../features/imports/staging-queries.ts';
import { openHub } from '../open-hub.ts';
import { readConfig } from '../platform/config.ts';
import { newTrackingId } from '../platform/http/index.ts';
import { openLog } from '../platform/log.ts';
import type { RegionalStore } from '../platform/regional-store/index.ts';
import { canonicalFacts } from './canonical-facts.ts';

/** At which statement of an import a process ends itself as kill -9 does: before it, behind it, or while the engine works at it. */
interface Moment {
  statement: string;
  when: 'before' | 'during' | 'behind';
  /** Which of several such statements, from 1. */
  turn?: number;
}

/** What dying-hub.ts is asked, as JSON in its one argument. */
export interface DyingHubTask {
  region: RegionCode;
  /** Made a customer, where it is none. */
  orgUuid: string;
  /** One after another, each when the one before has ended. */
  files: readonly string[];
  /** Under the last file. */
  diesAt?: Moment;
  /** Where the facts and the ledger are written once everything has ended. */
  concludesIn?: string;
}

// A program for tests: the product of HUB_DATA_DIR without its web server, which first ends what an earlier process left.
const { region, orgUuid, files, diesAt, concludesIn } = JSON.parse(process.argv[2] ?? '') as DyingHubTask;
let isArmed = false;
let seen = 0;

function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

async function meeting<Result>(statement: string, work: () => Promise<Result>): Promise<Result> {
  if (!isArmed || diesAt === undefined || !statement.includes(diesAt.statement)) return work();
  seen += 1;
  if (seen < (diesAt.turn ?? 1)) return work();
  if (diesAt.when === 'before') return die();
  const working = work();
  if (diesAt.when === 'behind') await working;
  else await sleep(1); // the engine has begun
  return die();
}

const dying = (store: RegionalStore): RegionalStore => ({
  ...store,
  run: (sql, options) => meeting(sql, () => store.run(sql, options)),
  load: (load) => meeting(`LOAD ${load.insert}`, () => store.load(load)),
});

const hub = await openHub(readConfig(process.env), { log: openLog('silent'), runsImports: false });
const { installation } = hub;
const stores = new Map([...installation.stores].map(([name, store]) => [name, dying(store)] as const));
const [partner] = await findPartnerIds(installation.directory);
const ctx: Ctx = {
  ...installation,
  trackingId: newTrackingId(),
  actor: { kind: 'operator', partnerId: PartnerId.parse(partner) },
};

/** Inserted as it is: this is no test of customers. */
async function makeCustomer(): Promise<void> {
  await inTenant(ctx, async (tx) => {
    if ((await tx.selectFrom('customer').select('id').where('org_uuid', '=', orgUuid).execute()).length > 0) return;
    await insertCustomer(tx, {
      id: ctx.clock.id(),
      partnerId: ctx.actor.partnerId,
      createdAt: ctx.clock.now(),
      name: 'Acme',
      orgUuid,
      externalId: null,
      country: 'US',
      region,
      kind: 'owned',
      domain: null,
      contact: { name: '', email: '', phone: '' },
    });
  });
}

async function rest(isOver: () => Promise<boolean>): Promise<void> {
  while (!(await isOver())) await sleep(20);
}

await makeCustomer();
const runner = await startImportRunner({ ...installation, stores });
const store = stores.get(region);
if (store === undefined) throw new Error(`The region ${region} is not served.`);
/** Nothing waits or runs, and what follows an import's end is over as well. */
const isIdle = async (): Promise<boolean> =>
  (await listImports(ctx, { limit: 1 })).underway === 0 && (await findOrphanedStaging(store)).length === 0;
await rest(isIdle);
for (const [index, path] of files.entries()) {
  isArmed = index === files.length - 1;
  await spoolFile(ctx, { region, path, source: 'command' });
  runner.wake();
  await rest(isIdle);
}
await runner.stop();
if (concludesIn !== undefined) {
  const { items } = await listImports(ctx, { limit: 200 });
  const ledger = items.map(({ fileName, sha256, state, counts, covers, emptied, failure }) =>
    JSON.stringify({ fileName, sha256, state, counts, covers, emptied, failure }),
  );
  await writeFile(concludesIn, `${await canonicalFacts(ctx, region)}${ledger.toReversed().join('\n')}\n`);
}
await hub.close();
process.exit(0);
