import type { TenantTx } from '../../platform/directory/directory.ts';
import type { GivenColumns } from './given-facts.ts';

/** What an Idempotency-Key brought. */
export interface KeyedFile {
  region: string;
  fileName: string;
  bytes: number;
  sha256: Buffer;
  /** What was given of rows that do not say it themselves; null: not kept, of a key from before. */
  given: GivenColumns | null;
}

interface ImportKey {
  owner: string;
  key: string;
}

export async function findKeyed(
  tx: TenantTx,
  { owner, key }: ImportKey,
  since: Date,
): Promise<(KeyedFile & { importId: string }) | undefined> {
  const row = await tx
    .selectFrom('import_key')
    .innerJoin('import_batch', 'import_batch.id', 'import_key.import_id')
    .select([
      'import_key.import_id as importId',
      'import_batch.region as region',
      'import_key.file_name as fileName',
      'import_key.file_bytes as bytes',
      'import_key.sha256 as sha256',
      'import_key.given as given',
    ])
    .where('import_key.owner', '=', owner)
    .where('import_key.key', '=', key)
    .where('import_key.created_at', '>=', since)
    .executeTakeFirst();
  return row && { ...row, given: row.given as GivenColumns | null };
}

/**
 * Gives the key to an import. False where it names another already; of two at once the second waits until the first is through. Keys that
 * are older than `since` go.
 */
export async function insertKey(
  tx: TenantTx,
  row: ImportKey & { partnerId: string; importId: string; file: KeyedFile; at: Date; since: Date },
): Promise<boolean> {
  await tx.deleteFrom('import_key').where('created_at', '<', row.since).execute();
  const inserted = await tx
    .insertInto('import_key')
    .values({
      partner_id: row.partnerId,
      owner: row.owner,
      key: row.key,
      import_id: row.importId,
      file_name: row.file.fileName,
      file_bytes: row.file.bytes,
      sha256: row.file.sha256,
      given: JSON.stringify(row.file.given ?? {}),
      created_at: row.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
