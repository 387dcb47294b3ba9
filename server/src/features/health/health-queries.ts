import { sql } from 'kysely';
import type { Directory } from '../../platform/directory/directory.ts';

/** Throws where the directory does not answer. */
export async function askForLife(directory: Directory): Promise<void> {
  await sql`select 1`.execute(directory);
}

/** Over all partners, without naming any: a function of the owner's counts what the policies hide from the application. */
export async function countImports(directory: Directory): Promise<{ region: string; state: string; count: number }[]> {
  const result = await sql<{ region: string; state: string; count: number }>`
    select region, state, count from job.count_imports()`.execute(directory);
  return result.rows;
}
