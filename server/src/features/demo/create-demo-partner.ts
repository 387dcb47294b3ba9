import { PartnerId, type PersonId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { demoRecords, type DemoScenario } from '../../demo-data/index.ts';
import { type Ctx, inTenant, type PublicCtx, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { setCallingPolicy } from '../calling-policy/index.ts';
import { createPartner, createPerson } from '../sessions/index.ts';
import { refreshCustomers } from '../statuses/index.ts';
import {
  type DemoPartner,
  findMembers,
  insertDemoCustomers,
  type NewDemoCustomer,
  setDemoState,
  setOwnOrganization,
} from './demo-queries.ts';
import { addDemoWork } from './add-demo-work.ts';
import { demoPassword } from './demo-password.ts';
import { findAllCustomers } from './demo-record-queries.ts';
import { addDays } from './demo-rules.ts';
import { demoScenarioOf } from './demo-scenario-of.ts';
import { addDemoViews, type DemoCustomerRecords, insertDemoRecords } from './insert-demo-records.ts';

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
  const customers = [...demoRecords(scenario)]
    .filter(([{ region }]) => ctx.stores.has(region))
    .map(([customer, records]) => ({ id: ctx.clock.id(), customer, records }));
  await inTenant(ctx, async (tx) => {
    await createPartner(tx, publicCtx, { id, name: scenario.partnerName, homeRegion });
    // Almost nothing is ever poor under the documented policy.
    await setCallingPolicy(tx, id, { qualityPolicy: 'any_threshold', bands: { regularFrom: 5, heavyFrom: 25 } });
    if (own?.region === homeRegion) await setOwnOrganization(tx, own);
    await insertDemoCustomers(
      tx,
      id,
      customers.map((one) => newCustomerOf(one, scenario.madeOn)),
    );
    await insertDemoRecords(tx, ctx, scenario, customers);
    await refreshCustomers(tx, ctx, await findAllCustomers(tx));
    await setDemoState(tx, id, 'loading');
    await audit(tx, ctx, {
      action: 'demo.load',
      target: { kind: 'partner', id },
      after: { customers: customers.length },
    });
  });
  return { id, demoState: 'loading', createdAt: at };
}

function newCustomerOf({ id, customer, records }: DemoCustomerRecords, madeOn: string): NewDemoCustomer {
  const { name, orgUuid, externalId, country, region, kind } = customer;
  const { domain, contact, createdOn, lastSignInOn } = records;
  return {
    id,
    name,
    orgUuid,
    externalId,
    country,
    region,
    kind,
    domain,
    contact,
    createdAt: new Date(`${addDays(madeOn, createdOn)}T09:00:00.000Z`),
    hasSignIns: lastSignInOn !== undefined,
    lastSignInOn: typeof lastSignInOn === 'number' ? addDays(madeOn, lastSignInOn) : null,
  };
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
  const own: Ctx = { ...ctx, actor: { kind: 'system', partnerId: partner.id } };
  requirePermission(own, 'views.share');
  await inTenant(own, async (tx) => {
    const people: PersonId[] = [];
    const owners: PersonId[] = [];
    for (const { email, role } of scenario.administrators) {
      const found = await findMembers(tx, partner.id, [email]);
      people.push(...found);
      if (role === 'partner_full') owners.push(...found);
    }
    await addDemoViews(tx, own, { partnerId: partner.id, people });
    await addDemoWork(tx, own, { partnerId: partner.id, owners, madeOn: scenario.madeOn });
  });
}
