import type { ImportNote } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../../platform/hub-error.ts';
import type { Parameters } from '../../../platform/regional-store/index.ts';
import { VaultFault } from '../../../platform/vault/index.ts';
import { type Ctx, inTenant } from '../../access/index.ts';
import { findImportScope, type ImportRow } from '../import-queries.ts';
import { findKnownOrgs } from '../release-queries.ts';
import type { Staging } from '../staging-queries.ts';
import {
  deleteRejected,
  findForgotten,
  findRejectedAmong,
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
 * What an import brings of people whose data were deleted goes before anything is compared: `rows` staged ones, which count as rejected
 * (`elsewhere`: of organizations that the uploader does not see, which count as held),
 * and rejected ones that name them, which count already. Nothing of either is kept. Throws vault_key_missing.
 */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- a step of a queued import: whoever queued it was asked, and its end is audited
export async function forgetPeople(
  ctx: Ctx,
  row: ImportRow,
  { tables, rejected }: { tables: Staging; rejected: number },
): Promise<{ rows: number; elsewhere: number; notes: ImportNote[] }> {
  const forgotten = await inTenant(ctx, (tx) => findForgotten(tx));
  if (forgotten.size === 0) return { rows: 0, elsewhere: 0, notes: [] };
  const seen = await organizationsSeen(ctx, row, [...forgotten.keys()]);
  let rows = 0;
  let elsewhere = 0;
  let refused = 0;
  const staged = namesPeople(tables.feed) ? await findStagedAmong(tables, [...forgotten.keys()]) : [];
  const refusing = rejected > 0 ? await organizationsRefused(row, tables, [...forgotten.keys()]) : [];
  for (const [orgUuid, people] of forgotten) {
    if (!staged.includes(orgUuid) && !refusing.includes(orgUuid)) continue;
    for (const who of recognizingHere(ctx, people)) {
      const gone = staged.includes(orgUuid) ? await forgetInStage(tables, orgUuid, who) : 0;
      if (seen.has(orgUuid)) rows += gone;
      else elsewhere += gone;
      const named = refusing.includes(orgUuid) ? await forgetRejected(row, tables, orgUuid, who) : 0;
      if (seen.has(orgUuid)) refused += named;
    }
  }
  const all = rows + refused;
  return { rows, elsewhere, notes: all === 0 ? [] : [{ code: 'person_deleted', data: { rows: all } }] };
}

/** Whoever brings rows of other organizations than they see is told that those wait, as of all others there. */
async function organizationsSeen(ctx: Ctx, row: ImportRow, orgUuids: readonly string[]): Promise<ReadonlySet<string>> {
  const scopePerson = await inTenant(ctx, (tx) => findImportScope(tx, row));
  if (scopePerson === undefined) return new Set(orgUuids);
  return inTenant(ctx, (tx) => findKnownOrgs(tx, row.region as RegionCode, orgUuids, scopePerson));
}

/** Those that its rejected rows name, and the one that all of them are said to be of. */
async function organizationsRefused(
  row: ImportRow,
  { store }: Staging,
  orgUuids: readonly string[],
): Promise<string[]> {
  const named = await findRejectedAmong(store, { partnerId: row.partner_id, batch: row.number }, orgUuids);
  return row.org_uuid === null ? named : [...named, row.org_uuid];
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
