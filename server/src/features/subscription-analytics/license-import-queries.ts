import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { snapshotDays } from './license-state-queries.ts';
import { plusDays } from './running-contracts.ts';

/** Weeks of a sparkline. */
export const sparklineWeeks = 13;

/** What an answer about licenses as of a day hangs on. */
export interface LicenseImports {
  /** Imports that count, of the days of states: the fourteen that end with the day. */
  committed: number[];
  undone: number[];
  /** Those of the sparkline's days but the last seven. */
  older: string;
  /** How often rows went beside the imports. */
  removals: number;
}

/** To be read before what counts (readVisibility): what is asked then may be newer than its name, and is never older. */
export async function findLicenseImports(tx: TenantTx, region: RegionCode, day: string): Promise<LicenseImports> {
  const oldest = plusDays(day, 1 - sparklineWeeks * snapshotDays);
  const first = plusDays(day, 1 - 2 * snapshotDays);
  const { rows } = await sql<LicenseImports>`
    select committed, undone, older, removals from tenant.license_imports(${region}, ${oldest}::date, ${first}::date, ${day}::date)`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new Error('The directory did not say which imports tell of licenses.');
  return row;
}
