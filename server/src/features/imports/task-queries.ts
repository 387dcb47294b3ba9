import type { RegionCode } from '@hub/contract/regions';
import type { Directory, TenantTx } from '../../platform/directory/directory.ts';
import type { ImportRow } from './import-queries.ts';

export interface ImportTask {
  import_id: string;
  partner_id: string;
  region: RegionCode;
}

/** The next import of a region, oldest first. Tasks hold ids only, so this looks across partners. */
export async function findNextTask(
  directory: Directory,
  region: RegionCode,
  except: readonly string[] = [],
): Promise<ImportTask | undefined> {
  let query = directory.selectFrom('import_task').selectAll().where('region', '=', region);
  if (except.length > 0) query = query.where('import_id', 'not in', except);
  const row = await query.orderBy('number').limit(1).executeTakeFirst();
  return row && { import_id: row.import_id, partner_id: row.partner_id, region };
}

export async function deleteTask(directory: Directory | TenantTx, importId: string): Promise<void> {
  await directory.deleteFrom('import_task').where('import_id', '=', importId).execute();
}

/** Not when it was queued again meanwhile: one statement, so that a task and its import are seen together. */
export async function deleteEndedTask(tx: TenantTx, importId: string): Promise<void> {
  await tx
    .deleteFrom('import_task')
    .where('import_id', '=', importId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('import_batch')
            .select('id')
            .where('id', '=', importId)
            .where('state', 'in', ['queued', 'running']),
        ),
      ),
    )
    .execute();
}

export async function insertTask(tx: TenantTx, row: ImportRow): Promise<void> {
  await tx
    .insertInto('import_task')
    .values({ import_id: row.id, partner_id: row.partner_id, region: row.region, number: row.number })
    .execute();
}
