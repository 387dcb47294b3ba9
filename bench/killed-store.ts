// What bench/kills.ts needs of a data folder while nobody runs on it: `prepare` makes the partner and its customers, `export` writes its facts.
// A program of its own: a process can open one data folder's engine only.
import { writeFile } from 'node:fs/promises';
import { PartnerId } from '@hub/contract/ids';
import { findPartnerIds } from '../server/src/features/imports/import-queries.ts';
import { demoScenario } from '../server/src/demo-data/index.ts';
import type { Hub } from '../server/src/open-hub.ts';
import { newTrackingId } from '../server/src/platform/http/index.ts';
import { canonicalFacts } from '../server/src/testing/canonical-facts.ts';
import { fillPartner, openBenchHub } from './bench-partner.ts';
import { endWithParent } from './bench-process.ts';
import { region } from './call-records.ts';

/** Those of its one partner. */
async function factsOf({ installation }: Hub): Promise<string> {
  const [partner] = await findPartnerIds(installation.directory);
  const actor = { kind: 'operator', partnerId: PartnerId.parse(partner) } as const;
  return canonicalFacts({ ...installation, trackingId: newTrackingId(), actor }, region);
}

const [work = '', dataDir = '', path = ''] = process.argv.slice(2);
endWithParent();
const hub = await openBenchHub(dataDir, { isIdle: work === 'export' });
if (work === 'prepare') await fillPartner(hub, demoScenario('busy-reseller', 'kills'));
else await writeFile(path, await factsOf(hub));
await hub.close();
process.exit(0);
