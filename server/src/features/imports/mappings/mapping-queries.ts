import { ColumnMapping, ImportMapping } from '@hub/contract/import-mappings';
import { sql } from 'kysely';
import type { TenantTx } from '../../../platform/directory/directory.ts';
import { toJson } from '../import-queries.ts';
import type { NamedMapping } from '../recognize-file.ts';

/** The newest version that reads files with these columns for this uploader: their own first, then the whole partner's. */
export async function findMappingOf(
  tx: TenantTx,
  { signature, uploader }: { signature: string; uploader: string | null },
): Promise<NamedMapping | undefined> {
  const row = await tx
    .selectFrom('import_mapping')
    .select(['id', 'name', 'version', 'definition'])
    .where(sql<boolean>`md5(signature) = md5(${signature}) and signature = ${signature}`)
    .where(sql<boolean>`(owner is null or owner = ${uploader}::uuid)`)
    .where('is_current', '=', true)
    .orderBy(sql`owner is null`)
    .executeTakeFirst();
  return row && { ...row, mapping: ColumnMapping.parse(row.definition) };
}

export async function findMapping(tx: TenantTx, id: string): Promise<NamedMapping | undefined> {
  const row = await tx
    .selectFrom('import_mapping')
    .select(['id', 'name', 'version', 'definition'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { ...row, mapping: ColumnMapping.parse(row.definition) };
}

/** The mapping by which the import with this number was read, if it was by one, and it is this uploader's to use. */
export async function findMappingOfImport(
  tx: TenantTx,
  { number, uploader }: { number: number; uploader: string | null },
): Promise<NamedMapping | undefined> {
  const row = await tx
    .selectFrom('import_batch')
    .innerJoin('import_mapping', 'import_mapping.id', 'import_batch.mapping_id')
    .select('import_mapping.id')
    .where('import_batch.number', '=', number)
    .where(sql<boolean>`(owner is null or owner = ${uploader}::uuid)`)
    .executeTakeFirst();
  return row && findMapping(tx, row.id);
}

/** Saves the next version of a name; it takes the place of whatever read files with these columns for the same people before. Returns its number. */
export async function insertMapping(
  tx: TenantTx,
  row: {
    id: string;
    partnerId: string;
    /** Null: the whole partner's. */
    owner: string | null;
    name: string;
    signature: string;
    mapping: ColumnMapping;
    createdBy: string | null;
    at: Date;
  },
): Promise<number> {
  // Two who save at once get numbers one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended('import_mapping ' || ${row.partnerId}, 0))`.execute(tx);
  const isTheirs = sql<boolean>`owner is not distinct from ${row.owner}::uuid`;
  const { version } = await tx
    .selectFrom('import_mapping')
    .select(sql<number>`coalesce(max(version), 0) + 1`.as('version'))
    .where(sql<boolean>`lower(name) = lower(${row.name})`)
    .where(isTheirs)
    .executeTakeFirstOrThrow();
  await tx
    .updateTable('import_mapping')
    .set({ is_current: false })
    .where('is_current', '=', true)
    .where('signature', '=', row.signature)
    .where(isTheirs)
    .execute();
  await tx
    .insertInto('import_mapping')
    .values({
      id: row.id,
      partner_id: row.partnerId,
      owner: row.owner,
      name: row.name,
      version,
      feed: row.mapping.feed,
      signature: row.signature,
      definition: toJson(row.mapping),
      created_by: row.createdBy,
      created_at: row.at,
    })
    .execute();
  return version;
}

export async function listCurrentMappings(tx: TenantTx): Promise<ImportMapping[]> {
  const rows = await tx
    .selectFrom('import_mapping')
    .leftJoin('person', 'person.id', 'import_mapping.created_by')
    .select([
      'import_mapping.id',
      'import_mapping.name',
      'version',
      'feed',
      'definition',
      'import_mapping.created_at',
      'person.name as created_by_name',
    ])
    .where('is_current', '=', true)
    .orderBy(sql`lower(import_mapping.name)`)
    .orderBy('version')
    .execute();
  return rows.map((row) =>
    ImportMapping.parse({
      id: row.id,
      name: row.name,
      version: row.version,
      feed: row.feed,
      fields: Object.keys(ColumnMapping.parse(row.definition).fields).length,
      createdAt: row.created_at.toISOString(),
      createdBy: row.created_by_name,
    }),
  );
}

/** Undefined where there is none that applies. */
export async function retireMapping(tx: TenantTx, id: string): Promise<{ name: string; version: number } | undefined> {
  return tx
    .updateTable('import_mapping')
    .set({ is_current: false })
    .where('id', '=', id)
    .where('is_current', '=', true)
    .returning(['name', 'version'])
    .executeTakeFirst();
}

/** The mapping by which the next attempt at an import reads its file. */
export async function setImportMapping(tx: TenantTx, importId: string, mappingId: string): Promise<void> {
  await tx.updateTable('import_batch').set({ mapping_id: mappingId }).where('id', '=', importId).execute();
}
