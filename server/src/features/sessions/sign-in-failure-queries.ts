import { sql } from 'kysely';
import type { Directory } from '../../platform/directory/directory.ts';

/** Until the end of the transaction no other attempt on these keys is judged. Keys are always locked in the order given. */
export async function lockFailures(tx: Directory, keys: readonly Buffer[]): Promise<void> {
  for (const key of keys)
    await sql`select pg_advisory_xact_lock(${key.readBigInt64BE().toString()}::bigint)`.execute(tx);
}

/** Oldest first. */
export async function failuresSince(tx: Directory, key: Buffer, since: Date): Promise<Date[]> {
  const rows = await tx
    .selectFrom('sign_in_failure')
    .select('at')
    .where('key', '=', key)
    .where('at', '>', since)
    .orderBy('at')
    .execute();
  return rows.map((row) => row.at);
}

export async function insertFailure(tx: Directory, failure: { id: string; key: Buffer; at: Date }): Promise<void> {
  await tx.insertInto('sign_in_failure').values(failure).execute();
}

export async function deleteFailure(tx: Directory, id: string): Promise<void> {
  await tx.deleteFrom('sign_in_failure').where('id', '=', id).execute();
}

export async function deleteFailuresOf(tx: Directory, key: Buffer): Promise<void> {
  await tx.deleteFrom('sign_in_failure').where('key', '=', key).execute();
}

export async function pruneFailures(tx: Directory, before: Date): Promise<void> {
  await tx.deleteFrom('sign_in_failure').where('at', '<=', before).execute();
}
