import { z } from 'zod';
import { inTenant } from '../features/access/index.ts';
import { checkRollups, noteRemoval, rebuildRollups } from '../features/imports/index.ts';
import { actingFor } from './acting-for.ts';
import { command } from './command.ts';
import { pauseImports } from './pause-imports.ts';

const number = new Intl.NumberFormat('en');

/** Tells of each region and rollup whether its sums are those of the facts that count; fails where any is not. */
export const rollupsCommand = command({
  args: z.object({ rebuild: z.boolean().default(false), partner: z.string().optional() }),
  runsImports: false,
  async run(context, { rebuild, partner }) {
    const { hub, tell, signal } = context;
    const ctx = await actingFor(context, partner);
    let isFine = true;
    for (const [region, store] of ctx.stores) {
      signal.throwIfAborted();
      const resume = await pauseImports(hub);
      try {
        if (rebuild) {
          await rebuildRollups(store, ctx.actor.partnerId);
          // What was answered before is not remembered any more.
          await inTenant(ctx, (tx) => noteRemoval(tx, { partnerId: ctx.actor.partnerId, region }, {}));
        }
        for (const { rollup, isBuilt, rows, groups, organizations, firstDay, lastDay } of await checkRollups(
          ctx,
          region,
        )) {
          const sums = `region ${region}, ${rollup}: ${number.format(rows)} rows`;
          if (!isBuilt)
            tell.line(
              `WARN  ${sums}, not built yet; questions ask the facts. The next look between two imports builds it.`,
            );
          else if (groups === 0) tell.line(`ok    ${sums}, all as the facts`);
          else {
            isFine = false;
            tell.line(
              `FAIL  ${sums}, ${number.format(groups)} of ${number.format(organizations)} organizations are not as the facts, from ${firstDay} to ${lastDay}. "rollups --rebuild" builds them anew.`,
            );
          }
        }
      } finally {
        resume();
      }
    }
    return isFine ? 'fine' : 'failed';
  },
});
