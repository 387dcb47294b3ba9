import { PartnerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import type { DemoScenario } from '../../demo-data/index.ts';
import { type Ctx, inTenant, type PublicCtx, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { createPartner, createPerson } from '../sessions/index.ts';
import { type DemoPartner, insertDemoCustomers, setDemoState, setOwnOrganization } from './demo-queries.ts';
import { demoPassword } from './demo-password.ts';
import { demoScenarioOf } from './demo-scenario-of.ts';

/** The invented partner with its customers, in one transaction, so that a demo is there or not. Its state is 'loading'. */
export async function createDemoPartner(publicCtx: PublicCtx): Promise<DemoPartner> {
  const id = PartnerId.parse(publicCtx.clock.id());
  const ctx: Ctx = { ...publicCtx, actor: { kind: 'system', partnerId: id } };
  requirePermission(ctx, 'customers.write');
  const at = ctx.clock.now();
  const scenario = demoScenarioOf(at);
  const own = scenario.customers.find((customer) => customer.kind === 'own');
  const [firstRegion] = ctx.stores.keys();
  const homeRegion = own !== undefined && ctx.stores.has(own.region) ? own.region : (firstRegion as RegionCode);
  const customers = scenario.customers
    .filter((customer) => customer.kind !== 'own' && ctx.stores.has(customer.region))
    .map(({ name, orgUuid, externalId, country, region, kind }) => ({
      id: ctx.clock.id(),
      name,
      orgUuid,
      externalId,
      country,
      region,
      kind,
    }));
  await inTenant(ctx, async (tx) => {
    await createPartner(tx, publicCtx, { id, name: scenario.partnerName, homeRegion });
    if (own?.region === homeRegion) await setOwnOrganization(tx, own);
    await insertDemoCustomers(tx, id, customers, at);
    await setDemoState(tx, id, 'loading');
    await audit(tx, ctx, {
      action: 'demo.load',
      target: { kind: 'partner', id },
      after: { customers: customers.length },
    });
  });
  return { id, demoState: 'loading', createdAt: at };
}

/** Those who sign in to the demo. Doing it again changes nothing, so that a start that was cut off is finished by the next. */
export async function addDemoAdministrators(
  ctx: PublicCtx,
  partner: DemoPartner,
  scenario: DemoScenario,
): Promise<void> {
  const password = await demoPassword(ctx.dataDir);
  for (const { email, name, role } of scenario.administrators) {
    await createPerson(ctx, { email, name, role, password, partner: { id: partner.id } });
  }
}
