import { sql } from 'kysely';
import type { TenantTx } from './directory.ts';

/** Changes with everything that any transaction writes: what was read under it is still so while it is the same. */
export async function readMoment(tx: TenantTx): Promise<string> {
  const { rows } = await sql<{ moment: string }>`select pg_current_snapshot()::text as moment`.execute(tx);
  return rows[0]?.moment ?? '';
}
