import type { ImportBatch } from '@hub/contract/imports';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission, scopePersonOf } from '../access/index.ts';
import { isGivenAlike } from './given-facts.ts';
import { findKeyed, insertKey, type KeyedFile } from './import-key-queries.ts';
import { getImportRow } from './import-queries.ts';
import { importView } from './import-view.ts';

const millisecondsKept = 30 * 86_400_000;

/** Thrown inside: another request gave the key to its import first. */
export class KeyTaken extends Error {}

// Who sees only their own imports shares no key with those whose imports they do not see.
const ownerOf = (ctx: Ctx): string => scopePersonOf(ctx.actor) ?? ctx.actor.partnerId;
const since = (ctx: Ctx): Date => new Date(ctx.clock.now().getTime() - millisecondsKept);

type AskedFile = Omit<KeyedFile, 'sha256'> & { sha256?: Buffer };

/** The import that a key brought in the last 30 days, if any. Throws idempotency_key_reused where that was another file, or other facts were given with it. */
export async function findKeyedImport(
  ctx: Ctx,
  key: string | undefined,
  asked: AskedFile,
): Promise<ImportBatch | undefined> {
  requirePermission(ctx, 'imports.write');
  if (key === undefined) return undefined;
  return inTenant(ctx, async (tx) => {
    const known = await findKeyed(tx, { owner: ownerOf(ctx), key }, since(ctx));
    if (known === undefined) return undefined;
    const { region, fileName, bytes, sha256, given } = known;
    const isSame =
      region === asked.region &&
      fileName === asked.fileName &&
      bytes === asked.bytes &&
      (asked.sha256?.equals(sha256) ?? true) &&
      (given === null || isGivenAlike(given, asked.given ?? {}));
    if (!isSame) throw new HubError('idempotency_key_reused', { fileName, bytes });
    return importView(await getImportRow(tx, known.importId));
  });
}

/** Gives the key, where there is one, to an import, in the transaction that queues it. Throws KeyTaken. */
export async function giveKey(
  tx: TenantTx,
  ctx: Ctx,
  key: string | undefined,
  { importId, region, fileName, bytes, sha256, given }: KeyedFile & { importId: string },
): Promise<void> {
  if (key === undefined) return;
  const isGiven = await insertKey(tx, {
    owner: ownerOf(ctx),
    key,
    partnerId: ctx.actor.partnerId,
    importId,
    file: { region, fileName, bytes, sha256, given },
    at: ctx.clock.now(),
    since: since(ctx),
  });
  if (!isGiven) throw new KeyTaken();
}
