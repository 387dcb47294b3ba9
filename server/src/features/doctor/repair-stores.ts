import { rm, stat } from 'node:fs/promises';
import type { RegionCode } from '@hub/contract/regions';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { spoolPath } from '../imports/index.ts';
import { type ExaminedStores, settledLeftovers } from './check-stores.ts';
import { countMisfits, deleteForeignScopes, dropLeftover, nameUnnamedPlaces, readScopeKeys } from './doctor-queries.ts';
import { type Finding, fail, ok } from './finding.ts';

// Nobody who uploads takes so long between the last byte and the answer.
const youngMilliseconds = 3_600_000;

/** Rebuilds what can be rebuilt from the facts and the directory, and removes what nobody knows of. Tells each thing that it did. */
export async function repairStores(stores: ExaminedStores): Promise<Finding[]> {
  const done: Finding[] = [];
  const keys = await readScopeKeys(stores.owner);
  for (const [region, store] of stores.regional) {
    try {
      done.push(...(await repairRegion(region, store, keys)));
    } catch (error) {
      done.push(
        fail(`Region ${region} could not be repaired (${(error as Error).message}): try again when it answers.`),
      );
    }
  }
  for (const { region, kind, name } of await settledLeftovers(stores)) {
    const store = stores.regional.get(region);
    if (!store) continue;
    if (kind === 'table') await dropLeftover(store, name);
    else {
      const path = spoolPath(stores.filesDir, region, name);
      if ((await ageOf(path)) < youngMilliseconds) continue;
      await rm(path, { force: true });
    }
    done.push(ok(`Region ${region}: the ${kind} ${name} of an import that has ended was removed.`));
  }
  return done.length > 0 ? done : [ok('There was nothing to repair.')];
}

async function repairRegion(region: RegionCode, store: RegionalStore, keys: readonly string[]): Promise<Finding[]> {
  const { places, scopes } = await countMisfits(store, keys);
  const done: Finding[] = [];
  if (places > 0) {
    await nameUnnamedPlaces(store);
    done.push(ok(`Region ${region}: ${places} places were named from their call legs.`));
  }
  if (scopes > 0) {
    await deleteForeignScopes(store, keys);
    done.push(
      ok(`Region ${region}: ${scopes} lists of assigned organizations that were no longer anybody’s were deleted.`),
    );
  }
  return done;
}

async function ageOf(path: string): Promise<number> {
  const { mtimeMs } = await stat(path);
  return performance.timeOrigin + performance.now() - mtimeMs;
}
