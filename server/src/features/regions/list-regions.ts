import type { RegionCode } from '@hub/contract/regions';
import type { Ctx } from '../access/index.ts';

/** Which regions there are and which are away, as far as is known without asking them. */
export function listRegions({ stores }: Ctx): { regions: RegionCode[]; regionsUnavailable: RegionCode[] } {
  const away = [...stores.values()].filter((store) => !store.isAvailable());
  return { regions: [...stores.keys()], regionsUnavailable: away.map(({ region }) => region) };
}
