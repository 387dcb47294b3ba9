import { PartnerId } from '@hub/contract/ids';
import type { DemoScenario } from '../server/src/demo-data/index.ts';
import { type Ctx, inTenant } from '../server/src/features/access/index.ts';
import { insertCustomer } from '../server/src/features/customers/customers-queries.ts';
import { setUp } from '../server/src/features/sessions/set-up.ts';
import { type Hub, openHub } from '../server/src/open-hub.ts';
import { readConfig } from '../server/src/platform/config.ts';
import { newTrackingId } from '../server/src/platform/http/index.ts';
import { openLog } from '../server/src/platform/log.ts';
import { region } from './call-records.ts';
import { administrator } from './hub-client.ts';

/** An empty installation of this process, as `npm start` opens it; `isIdle`: nothing runs in it by itself. */
export const openBenchHub = (dataDir: string, { isIdle = false } = {}): Promise<Hub> =>
  openHub(readConfig({ HUB_DATA_DIR: dataDir, HUB_DEMO: '0' }), { log: openLog('warn'), runsImports: !isIdle });

/** The first partner, its administrator and the customers of the scenario. Returns the context of its operator. */
export async function fillPartner({ installation }: Hub, scenario: DemoScenario): Promise<Ctx> {
  const publicCtx = { ...installation, trackingId: newTrackingId() };
  const person = { ...administrator, partnerName: scenario.partnerName, homeRegion: region, name: 'Bench' } as const;
  const { session } = await setUp(publicCtx, person, { address: '127.0.0.1', userAgent: 'bench' });
  const ctx: Ctx = { ...publicCtx, actor: { kind: 'operator', partnerId: PartnerId.parse(session.partner.id) } };
  const contact = { name: '', email: '', phone: '' };
  await inTenant(ctx, async (tx) => {
    for (const { name, orgUuid, externalId, country, region: home, kind } of scenario.customers) {
      const facts = { name, orgUuid, externalId, country, region: home, kind, domain: null, contact };
      await insertCustomer(tx, {
        id: ctx.clock.id(),
        partnerId: ctx.actor.partnerId,
        createdAt: ctx.clock.now(),
        ...facts,
      });
    }
  });
  return ctx;
}
