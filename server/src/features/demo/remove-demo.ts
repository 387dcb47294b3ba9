import type { PartnerId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { removeAdministrator } from '../administrators/index.ts';
import { demoGroups, demoViews } from '../../demo-data/index.ts';
import { dropSpoolFile } from '../imports/index.ts';
import {
  countOpenImports,
  deleteDemoRows,
  deleteRegionalRows,
  findMembers,
  lockDemoState,
  lockImports,
  readDoomedImports,
  setDemoState,
} from './demo-queries.ts';
import { deleteDemoCollections } from './demo-record-queries.ts';
import { demoScenarioOf } from './demo-scenario-of.ts';

/**
 * Only while somebody stands there: what takes a removal up again after a crash does not know who stays. As the hub itself: whoever may
 * remove the demo need not be one who manages administrators, as a token with that one scope.
 */
async function removeInvented(ctx: Ctx): Promise<void> {
  if (ctx.actor.kind !== 'person') return;
  const hub: Ctx = { ...ctx, actor: { kind: 'system', partnerId: ctx.actor.partnerId } };
  const invented = demoScenarioOf(ctx.clock.now()).administrators.map(({ email }) => email);
  for (const personId of await inTenant(ctx, (tx) => findMembers(tx, ctx.actor.partnerId, invented)))
    if (personId !== ctx.actor.personId) await removeAdministrator(hub, personId);
}

/** Removals of this process; one that a crash or a fault interrupted is not among them and may be taken up again. */
const running = new Set<PartnerId>();

/**
 * Removes the demo partner's customers, call legs and imports, and its invented administrators but whoever asks: they have a password that
 * was printed. The own organization and the audit log stay. Directory first: what the regions still hold then belongs to no import, and is
 * deleted by that, also after a crash. Throws demo_absent, demo_busy.
 */
export async function removeDemo(ctx: Ctx): Promise<void> {
  requirePermission(ctx, 'demo.remove');
  const { partnerId } = ctx.actor;
  if (running.has(partnerId)) throw new HubError('demo_busy');
  running.add(partnerId);
  try {
    const spool = await inTenant(ctx, async (tx) => {
      const state = await lockDemoState(tx, partnerId);
      if (state === 'none') throw new HubError('demo_absent');
      if (state === 'loading') throw new HubError('demo_busy');
      if (state === 'removing') return [];
      await lockImports(tx);
      if ((await countOpenImports(tx, partnerId)) > 0) throw new HubError('demo_busy');
      const { customers, imports, spool } = await deleteDemoRows(tx);
      await deleteDemoCollections(tx, {
        groups: demoGroups.map(({ name, filter = null }) => ({ name, filter })),
        views: demoViews,
      });
      await setDemoState(tx, partnerId, 'removing');
      await audit(tx, ctx, {
        action: 'demo.remove',
        target: { kind: 'partner', id: partnerId },
        before: { customers, imports },
      });
      return spool;
    });
    for (const { region, name } of spool) await dropSpoolFile(ctx.dataDir, region, name);
    await removeInvented(ctx);
    const doomed = await inTenant(ctx, async (tx) => {
      await lockImports(tx);
      return readDoomedImports(tx);
    });
    for (const store of ctx.stores.values()) await deleteRegionalRows(store, partnerId, doomed);
    await inTenant(ctx, async (tx) => {
      await setDemoState(tx, partnerId, 'none');
      await audit(tx, ctx, { action: 'demo.removed', target: { kind: 'partner', id: partnerId } });
    });
  } finally {
    running.delete(partnerId);
  }
}
