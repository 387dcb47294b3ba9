import type { Product } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant, regionalScope } from '../access/index.ts';
import { readVisibility } from '../imports/index.ts';
import { fewOf, findLineStates } from './license-state-queries.ts';

export interface AssignedLine {
  org: string;
  subscription: string;
  product: Product;
}

/** What the newest snapshot says of a line. */
export type AssignedNow = (line: AssignedLine) => { assigned: number; asOf: string } | undefined;

/**
 * How many licenses are assigned in lines of these organizations, by snapshots of the seven days that end with a day. Undefined: the region's
 * store does not answer now. Throws asker_left.
 */
// oxlint-disable-next-line hub/verb-asks -- who asks it has asked; it only reads
export async function findAssignedNow(
  ctx: Ctx,
  region: RegionCode,
  { day, orgs, left }: { day: string; orgs: readonly string[]; left: AbortSignal | undefined },
): Promise<AssignedNow | undefined> {
  if (orgs.length === 0) return () => undefined;
  try {
    const { store, scope } = await regionalScope(ctx, region);
    const visible = await inTenant(ctx, (tx) => readVisibility(tx, region));
    const states = await findLineStates({ store, scope, visible, day, ...(left ? { left } : {}) }, fewOf(orgs));
    return ({ org, subscription, product }) => {
      const own = states.get(org)?.find((state) => state.subscription === subscription && state.product === product);
      return own === undefined || own.assigned === null ? undefined : { assigned: own.assigned, asOf: own.asOf };
    };
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    ctx.log.warn({ err: error, region, trackingId: ctx.trackingId }, 'a region did not answer');
    return undefined;
  }
}
