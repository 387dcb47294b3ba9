import type { ImportNote } from '@hub/contract/imports';
import { HubError } from '../../../platform/hub-error.ts';
import type { Parameters } from '../../../platform/regional-store/index.ts';
import { VaultFault } from '../../../platform/vault/index.ts';
import { type Ctx, inTenant } from '../../access/index.ts';
import type { ImportRow } from '../import-queries.ts';
import type { Staging } from '../staging-queries.ts';
import {
  deleteRejected,
  findForgotten,
  findRejectedNaming,
  findStagedAmong,
  forgetInStage,
} from './forgotten-queries.ts';
import { namesPeople } from './person-columns.ts';
import { type KnownBy, recognizing } from './person-hash.ts';

/** As recognizing. Throws vault_key_missing where the key that the hashes were made with is not here. */
export function recognizingHere(ctx: Ctx, people: readonly KnownBy[]): Parameters[] {
  try {
    return recognizing(ctx.vault, ctx.actor.partnerId, people);
  } catch (cause) {
    if (!(cause instanceof VaultFault)) throw cause;
    throw new HubError('vault_key_missing', {}, { cause });
  }
}

/**
 * What an import brings of people whose data were deleted goes before anything is compared: `rows` staged ones, which count as rejected,
 * and rejected ones that name them, which count already. Nothing of either is kept. Throws vault_key_missing.
 */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- a step of a queued import: whoever queued it was asked, and its end is audited
export async function forgetPeople(
  ctx: Ctx,
  row: ImportRow,
  { tables, rejected }: { tables: Staging; rejected: number },
): Promise<{ rows: number; notes: ImportNote[] }> {
  const forgotten = await inTenant(ctx, (tx) => findForgotten(tx));
  if (forgotten.size === 0) return { rows: 0, notes: [] };
  let rows = 0;
  let refused = 0;
  const staged = namesPeople(tables.feed) ? await findStagedAmong(tables, [...forgotten.keys()]) : [];
  for (const [orgUuid, people] of forgotten) {
    if (!staged.includes(orgUuid) && rejected === 0) continue;
    for (const who of recognizingHere(ctx, people)) {
      if (staged.includes(orgUuid)) rows += await forgetInStage(tables, orgUuid, who);
      if (rejected > 0) refused += await forgetRejected(row, tables, orgUuid, who);
    }
  }
  const all = rows + refused;
  return { rows, notes: all === 0 ? [] : [{ code: 'person_deleted', data: { rows: all } }] };
}

async function forgetRejected(row: ImportRow, { store }: Staging, orgUuid: string, who: Parameters): Promise<number> {
  const { partner_id: partnerId, number } = row;
  const given = row.org_uuid === orgUuid ? [number] : [];
  let rows = 0;
  for (const found of await findRejectedNaming(store, { partnerId, orgUuid, given, batch: number }, who)) {
    await deleteRejected(store, partnerId, found);
    rows += found.rows.length;
  }
  return rows;
}
