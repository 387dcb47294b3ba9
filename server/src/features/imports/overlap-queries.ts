import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { ImportRow } from './import-queries.ts';
import type { Overlaps } from './staging-queries.ts';

/** Thrown inside when an import was undone while this one compared its rows with it: this one begins anew. */
export class ComparedWithUndone extends Error {}

/**
 * Keeps, in the transaction of the commit, of which earlier imports this one needs rows. Their rows are locked: each of them can be undone
 * before this commit, and then it does not happen, or after it, and then is refused. Throws ComparedWithUndone.
 */
export async function saveOverlaps(tx: TenantTx, by: ImportRow, overlaps: Overlaps): Promise<void> {
  const numbers = [...overlaps.keys()].sort((a, b) => a - b);
  for (let at = 0; at < numbers.length; at += 1000) {
    const page = numbers.slice(at, at + 1000);
    const locked = await tx
      .selectFrom('import_batch')
      .select(['number', 'state'])
      .where('number', 'in', page)
      .orderBy('number')
      .forShare()
      .execute();
    if (locked.some(({ state }) => state !== 'committed')) throw new ComparedWithUndone();
    if (locked.length === 0) continue;
    await tx
      .insertInto('import_overlap')
      .values(
        locked.map(({ number }) => ({
          partner_id: by.partner_id,
          by_number: by.number,
          of_number: number,
          rows: overlaps.get(number) ?? 0,
        })),
      )
      .execute();
  }
}

export interface LaterImport {
  number: number;
  /** Of the earlier one's rows, how many it needs. */
  rows: number;
  /** Whether the actor may know of it. */
  isSeen: boolean;
}

/** The last import that counts and needs rows of this one, whoever brought it. */
export async function findLaterImport(
  tx: TenantTx,
  { number }: Pick<ImportRow, 'number'>,
): Promise<LaterImport | undefined> {
  const { rows } = await sql<{ number: number; rows: string }>`
    select number, rows from tenant.later_import(${number})`.execute(tx);
  const [later] = rows;
  if (!later) return undefined;
  const seen = await tx
    .selectFrom('import_batch')
    .select('number')
    .where('number', '=', later.number)
    .executeTakeFirst();
  return { number: later.number, rows: Number(later.rows), isSeen: seen !== undefined };
}
