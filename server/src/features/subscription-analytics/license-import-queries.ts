import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { findRemovals } from '../imports/index.ts';
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
  /** Of those, the last one of each organization whose rows went alone, and how many were of others as well. */
  lastRemovals: Readonly<Record<string, number>>;
  otherRemovals: number;
}

/** How many records these imports brought; undefined: somebody sees some of them only. */
export async function countBrought(
  tx: TenantTx,
  region: RegionCode,
  batches: readonly number[],
): Promise<number | undefined> {
  const { rows } = await sql<{ imports: number; records: number }>`
    select count(*)::int as imports, coalesce(sum(new_rows + replaced_rows), 0)::int as records
    from import_batch where region = ${region} and number = any(${batches}::int[])`.execute(tx);
  const [found] = rows;
  return found?.imports === batches.length ? found.records : undefined;
}

/** To be read before what counts (readVisibility): what is asked then may be newer than its name, and is never older. */
export async function findLicenseImports(tx: TenantTx, region: RegionCode, day: string): Promise<LicenseImports> {
  const oldest = plusDays(day, 1 - sparklineWeeks * snapshotDays);
  const first = plusDays(day, 1 - 2 * snapshotDays);
  const { rows } = await sql<Omit<LicenseImports, 'lastRemovals' | 'otherRemovals'>>`
    select committed, undone, older, removals from tenant.license_imports(${region}, ${oldest}::date, ${first}::date, ${day}::date)`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new Error('The directory did not say which imports tell of licenses.');
  const gone = await findRemovals(tx, region, { after: 0, until: row.removals });
  const alone = gone.flatMap(({ orgUuid, number }) => (orgUuid === undefined ? [] : [[orgUuid, number] as const]));
  return { ...row, lastRemovals: Object.fromEntries(alone), otherRemovals: row.removals - alone.length };
}
