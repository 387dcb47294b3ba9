import { ColumnMapping, ImportMapping, MappedImport } from '@hub/contract/import-mappings';
import { sql } from 'kysely';
import type { TenantTx } from '../../../platform/directory/directory.ts';
import { toJson } from '../import-queries.ts';
import { isReasonHead } from '../reason-heads.ts';
import type { NamedMapping } from '../recognize-file.ts';
import { columnNames, namesOfSignature, signatureOf } from './file-columns.ts';

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

/** All that read files for this uploader, their own first. */
export async function findCurrentMappings(tx: TenantTx, uploader: string | null): Promise<NamedMapping[]> {
  const rows = await tx
    .selectFrom('import_mapping')
    .select(['id', 'name', 'version', 'definition'])
    .where(sql<boolean>`(owner is null or owner = ${uploader}::uuid)`)
    .where('is_current', '=', true)
    .orderBy(sql`owner is null`)
    .orderBy('version', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, mapping: ColumnMapping.parse(row.definition) }));
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

/** Two who save at once get numbers one after the other. Before any lock of a single one, so that nobody waits for each other. */
async function lockMappings(tx: TenantTx, partnerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('import_mapping ' || ${partnerId}, 0))`.execute(tx);
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
    /** The first record of the file that it is made for. */
    header: readonly string[];
    mapping: ColumnMapping;
    createdBy: string | null;
    at: Date;
  },
): Promise<number> {
  const signature = signatureOf(row.header, row.mapping.hasHeader);
  await lockMappings(tx, row.partnerId);
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
    .where('signature', '=', signature)
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
      signature,
      header: toJson(namesToKeep(row.header, row.mapping.hasHeader)),
      definition: toJson(row.mapping),
      created_by: row.createdBy,
      created_at: row.at,
    })
    .execute();
  return version;
}

/** Names only: of a file without a header the first record is a row of a customer. */
const namesToKeep = (header: readonly string[], hasHeader: boolean): string[] => {
  const own = header.filter((head) => !isReasonHead(head));
  return hasHeader ? own.map((name) => name.slice(0, 300)) : columnNames(undefined, own.length);
};

const selectMappings = (tx: TenantTx) =>
  tx
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
    ]);

const shown = (row: Awaited<ReturnType<ReturnType<typeof selectMappings>['executeTakeFirstOrThrow']>>): ImportMapping =>
  ImportMapping.parse({
    id: row.id,
    name: row.name,
    version: row.version,
    feed: row.feed,
    fields: Object.keys(ColumnMapping.parse(row.definition).fields).length,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by_name,
  });

export async function listCurrentMappings(tx: TenantTx): Promise<ImportMapping[]> {
  const rows = await selectMappings(tx)
    .where('is_current', '=', true)
    .orderBy(sql`lower(import_mapping.name)`)
    .orderBy('version')
    .execute();
  return rows.map(shown);
}

export async function getShownMapping(tx: TenantTx, id: string): Promise<ImportMapping> {
  return shown(await selectMappings(tx).where('import_mapping.id', '=', id).executeTakeFirstOrThrow());
}

/** A saved mapping with what changing it needs. */
export interface SavedMapping {
  id: string;
  name: string;
  owner: string | null;
  isCurrent: boolean;
  mapping: ColumnMapping;
  /** The names of the columns of the files that it reads. */
  header: string[];
}

/** The version that reads files now in place of the one with this id: of several under its name the one for the same columns. */
export async function findCurrentOf(tx: TenantTx, id: string): Promise<SavedMapping | undefined> {
  const row = await tx
    .selectFrom('import_mapping as asked')
    .innerJoin('import_mapping as current', (join) =>
      join
        .on(sql<boolean>`lower(current.name) = lower(asked.name)`)
        .on(sql<boolean>`current.owner is not distinct from asked.owner`),
    )
    .select('current.id')
    .where('asked.id', '=', id)
    .where('current.is_current', '=', true)
    .orderBy(sql`current.id = asked.id`, 'desc')
    .orderBy(sql`current.signature = asked.signature`, 'desc')
    .orderBy('current.version', 'desc')
    .executeTakeFirst();
  return row && findSaved(tx, row.id);
}

/** Locks it: of two who change the same version one finds that it no longer reads files. */
export async function findSavedForUpdate(
  tx: TenantTx,
  { id, partnerId }: { id: string; partnerId: string },
): Promise<SavedMapping | undefined> {
  await lockMappings(tx, partnerId);
  await tx.selectFrom('import_mapping').select('id').where('id', '=', id).forUpdate().execute();
  return findSaved(tx, id);
}

async function findSaved(tx: TenantTx, id: string): Promise<SavedMapping | undefined> {
  const row = await tx
    .selectFrom('import_mapping')
    .select(['id', 'name', 'owner', 'is_current', 'definition', 'header', 'signature'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const header = Array.isArray(row.header) ? row.header.map(String).filter((name) => !isReasonHead(name)) : [];
  return {
    id: row.id,
    name: row.name,
    owner: row.owner,
    isCurrent: row.is_current,
    mapping: ColumnMapping.parse(row.definition),
    header: header.length > 0 ? header : namesOfSignature(row.signature),
  };
}

/** What the versions of a mapping have brought and what was undone of it, newest first. */
export async function findImportsBy(
  tx: TenantTx,
  { name, owner }: Pick<SavedMapping, 'name' | 'owner'>,
  limit: number,
): Promise<{ imports: MappedImport[]; total: number }> {
  const rows = await tx
    .selectFrom('import_batch')
    .innerJoin('import_mapping', 'import_mapping.id', 'import_batch.mapping_id')
    .select([
      'import_batch.id',
      'import_batch.number',
      'import_batch.file_name as fileName',
      'import_mapping.version',
      'import_batch.state',
      sql<boolean>`import_batch.can_be_undone and import_batch.state = 'committed'`.as('canBeUndone'),
      sql<number>`count(*) over ()`.as('total'),
    ])
    .where(sql<boolean>`lower(import_mapping.name) = lower(${name})`)
    .where(sql<boolean>`import_mapping.owner is not distinct from ${owner}::uuid`)
    .where('import_batch.state', 'in', ['committed', 'undone'])
    .orderBy('import_batch.number', 'desc')
    .limit(limit)
    .execute();
  return {
    imports: rows.map((row) => MappedImport.parse(row)),
    total: Number(rows[0]?.total ?? 0),
  };
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
