// What bench/kills.ts needs of a data folder while nobody runs on it: `prepare` makes the partner and its customers, `export` writes its facts.
// A program of its own: a process can open one data folder's engine only.
import { writeFile } from 'node:fs/promises';
import { PartnerId } from '@hub/contract/ids';
import { type Ctx, inTenant, regionalScope } from '../server/src/features/access/index.ts';
import { findPartnerIds } from '../server/src/features/imports/import-queries.ts';
import { countedWhere, feeds, keyColumn, readVisibility } from '../server/src/features/imports/index.ts';
import { recordColumns } from '../server/src/features/imports/feeds/feed.ts';
import { demoScenario } from '../server/src/demo-data/index.ts';
import type { Hub } from '../server/src/open-hub.ts';
import { newTrackingId } from '../server/src/platform/http/index.ts';
import { fillPartner, openBenchHub } from './bench-partner.ts';
import { endWithParent } from './bench-process.ts';
import { region } from './call-records.ts';

/** Every record that counts or waits for its customer, with all of its fields; not which import brought it. */
async function factsOf({ installation }: Hub): Promise<string> {
  const [partner] = await findPartnerIds(installation.directory);
  const actor = { kind: 'operator', partnerId: PartnerId.parse(partner) } as const;
  const ctx: Ctx = { ...installation, trackingId: newTrackingId(), actor };
  const { store, scope } = await regionalScope(ctx, region);
  const visible = await inTenant(ctx, (tx) => readVisibility(tx, region));
  const lines: string[] = [];
  for (const feed of feeds) {
    const columns = ['emptied', ...recordColumns(feed)].join(', ');
    const counted = countedWhere(scope, visible, keyColumn(feed));
    const facts = await store.ask<object>(`SELECT ${columns} FROM @region.${feed.table} WHERE ${counted.sql}`, {
      parameters: counted.parameters,
    });
    const held = await store.ask<object>(
      `SELECT ${columns} FROM @region.${feed.held} WHERE batch NOT IN {open:Array(UInt32)}`,
      { parameters: { open: visible.open } },
    );
    lines.push(...facts.map((row) => `${feed.table} ${JSON.stringify(row)}`));
    lines.push(...held.map((row) => `${feed.held} ${JSON.stringify(row)}`));
  }
  return `${lines.toSorted().join('\n')}\n`;
}

const [work = '', dataDir = '', path = ''] = process.argv.slice(2);
endWithParent();
const hub = await openBenchHub(dataDir, { isIdle: work === 'export' });
if (work === 'prepare') await fillPartner(hub, demoScenario('busy-reseller', 'kills'));
else await writeFile(path, await factsOf(hub));
await hub.close();
process.exit(0);
