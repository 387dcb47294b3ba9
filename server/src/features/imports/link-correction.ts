import { type Ctx, inTenant } from '../access/index.ts';
import { findImportByNumber, findImportScope, type ImportRow, updateOwn } from './import-queries.ts';
import { correctedNumber } from './reason-heads.ts';

/**
 * Where the header says that these are rejected rows of an earlier import, corrected: links the two, and takes over what was given with that
 * one, whose customer and days are not in its rows. The row with it. Of an uploader who sees only their own imports, one of those.
 */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- a step of a queued import: whoever queued it was asked, and its end is audited
export async function linkCorrection(ctx: Ctx, row: ImportRow, header: readonly string[]): Promise<ImportRow> {
  const number = correctedNumber(header);
  if (number === undefined || number > 2_147_483_647) return row;
  return inTenant(ctx, async (tx) => {
    const corrected = await findImportByNumber(tx, number);
    if (corrected === undefined || corrected.region !== row.region || corrected.number >= row.number) return row;
    const scopePerson = await findImportScope(tx, row);
    if (scopePerson !== undefined && corrected.created_by !== scopePerson) return row;
    const hasPeriod = row.period_from !== null;
    const taken = {
      corrects_id: corrected.id,
      org_uuid: row.org_uuid ?? corrected.org_uuid,
      period_from: hasPeriod ? row.period_from : corrected.period_from,
      period_to: hasPeriod ? row.period_to : corrected.period_to,
    };
    await updateOwn(tx, row).set(taken).execute();
    return { ...row, ...taken };
  });
}
