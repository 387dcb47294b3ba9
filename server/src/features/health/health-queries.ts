import { sql } from 'kysely';
import type { Directory } from '../../platform/directory/directory.ts';

/** Throws where the directory does not answer. */
export async function askForLife(directory: Directory): Promise<void> {
  await sql`select 1`.execute(directory);
}

/** How far connectors are, over all partners: their ids and those of organizations, no names. */
export async function readConnectorLags(
  directory: Directory,
): Promise<{ connectorId: string; orgUuid: string; pulledTo: Date }[]> {
  const result = await sql<{ connectorId: string; orgUuid: string; pulledTo: Date }>`
    select connector_id as "connectorId", org_uuid as "orgUuid", pulled_to as "pulledTo" from job.connector_lags()`.execute(
    directory,
  );
  return result.rows;
}

/** When what is fetched once a day came in last, by kind; over all partners, ids alone. */
export async function readSnapshotAges(
  directory: Directory,
): Promise<{ connectorId: string; orgUuid: string; kind: string; lastSuccessAt: Date }[]> {
  const result = await sql<{ connectorId: string; orgUuid: string; kind: string; lastSuccessAt: Date }>`
    select connector_id as "connectorId", org_uuid as "orgUuid", kind, last_success_at as "lastSuccessAt"
    from job.connector_snapshot_ages()`.execute(directory);
  return result.rows;
}

export async function readConnectorStates(
  directory: Directory,
): Promise<{ connectorId: string; isEnabled: boolean; hasFault: boolean; lastSuccessAt: Date | null }[]> {
  const result = await sql<{ connectorId: string; isEnabled: boolean; hasFault: boolean; lastSuccessAt: Date | null }>`
    select connector_id as "connectorId", state = 'enabled' as "isEnabled", has_fault as "hasFault", last_success_at as "lastSuccessAt"
    from job.connector_states()`.execute(directory);
  return result.rows;
}

/** Over all partners, without naming any: a function of the owner's counts what the policies hide from the application. */
export async function countImports(directory: Directory): Promise<{ region: string; state: string; count: number }[]> {
  const result = await sql<{ region: string; state: string; count: number }>`
    select region, state, count from job.count_imports()`.execute(directory);
  return result.rows;
}
