import { variableOfRegion } from '../config.ts';
import type { RegionalStore } from './regional-store.ts';

interface Claim {
  id: string;
  region: string;
}

/** The database belongs to another product, or to another region of this one: nothing may be touched in it. */
export class ForeignStore extends Error {
  override readonly name = 'ForeignStore';
}

/** Throws ForeignStore where somebody else claimed the store. Changes nothing; a store that nobody claimed yet is anybody's. */
export async function requireOwnStore(
  store: RegionalStore,
  readInstallationId: () => Promise<string | undefined>,
): Promise<void> {
  const claim = await readClaim(store);
  // The store first: who claims it has written its own id down before.
  if (claim) refuseForeign(store, claim, await readInstallationId());
}

/** Makes the store, whose tables are the newest, this installation's. Throws ForeignStore where somebody else was first. */
export async function claimStore(store: RegionalStore, installationId: string): Promise<void> {
  if (!(await readClaim(store)))
    await store.run('INSERT INTO @region.installation SELECT {id:UUID}, {region:String}, now64(6)', {
      parameters: { id: installationId, region: store.region },
    });
  const claim = await readClaim(store);
  if (claim) refuseForeign(store, claim, installationId);
}

async function readClaim(store: RegionalStore): Promise<Claim | undefined> {
  const [table] = await store.ask<{ found: number }>(
    "SELECT count() AS found FROM system.tables WHERE database = {database:String} AND name = 'installation'",
    { parameters: { database: store.database } },
  );
  if (table?.found !== 1) return undefined;
  const [claim] = await store.ask<Claim>('SELECT id, region FROM @region.installation ORDER BY claimed_at, id LIMIT 1');
  return claim;
}

function refuseForeign(store: RegionalStore, claim: Claim, installationId: string | undefined): void {
  const { region, database, isEmbedded } = store;
  const isOther = claim.id !== installationId;
  if (!isOther && claim.region === region) return;
  const whose = isOther ? `another Partner Hub (installation ${claim.id})` : `the region ${claim.region}`;
  const place = isEmbedded ? `The database ${database} in the data folder` : `The database ${database} on its server`;
  const mending = isEmbedded
    ? 'Bring the data folder back as it was, or choose a new one with HUB_DATA_DIR and restore a backup into it'
    : `Name a database of its own in ${variableOfRegion(region)}`;
  const takingOver = isOther
    ? `; where that Partner Hub is gone for good and this one shall go on with its rows, run TRUNCATE TABLE ${database}.installation there`
    : '';
  throw new ForeignStore(
    `${place}, asked to be the store of region ${region}, belongs to ${whose}: nothing was changed in it. ${mending}${takingOver}.`,
  );
}
