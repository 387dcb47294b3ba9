import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant } from '../access/index.ts';
import { findReadOnlyRegions } from '../imports/index.ts';

/** Which regions there are, which are away as far as is known without asking them, and which let imports wait. */
// oxlint-disable-next-line hub/verb-asks -- what works and what does not concerns everybody who is signed in, whatever their role
export async function listRegions(
  ctx: Ctx,
): Promise<{ regions: RegionCode[]; regionsUnavailable: RegionCode[]; regionsReadOnly: RegionCode[] }> {
  const regions = [...ctx.stores.keys()];
  const readOnly = await inTenant(ctx, findReadOnlyRegions);
  return {
    regions,
    regionsUnavailable: regions.filter((region) => !ctx.stores.get(region)?.isAvailable()),
    regionsReadOnly: regions.filter((region) => readOnly.includes(region)),
  };
}
