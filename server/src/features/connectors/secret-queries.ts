import type { Selectable } from 'kysely';
import type { ConnectorSecretTable } from '../../platform/directory/database.gen.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Sealed } from '../../platform/vault/index.ts';

export type SecretRow = Selectable<ConnectorSecretTable>;

export async function findSecret(tx: TenantTx, connectorId: string): Promise<SecretRow | undefined> {
  return tx.selectFrom('connector_secret').selectAll().where('connector_id', '=', connectorId).executeTakeFirst();
}

/** As a person gave it. */
export async function putSecret(
  tx: TenantTx,
  {
    connectorId,
    partnerId,
    kind,
    box,
    at,
  }: { connectorId: string; partnerId: string; kind: SecretRow['kind']; box: Sealed; at: Date },
): Promise<void> {
  const values = { kind, key_id: box.keyId, sealed: box.sealed, set_at: at, expires_at: null };
  await tx
    .insertInto('connector_secret')
    .values({ connector_id: connectorId, partner_id: partnerId, ...values })
    .onConflict((conflict) =>
      conflict
        .column('connector_id')
        .doUpdateSet((eb) => ({ ...values, version: eb('connector_secret.version', '+', 1) })),
    )
    .execute();
}

/** A renewed one; false where it was replaced or removed since it was read. */
export async function replaceSecret(
  tx: TenantTx,
  before: SecretRow,
  { keyId, sealed, expiresAt }: Sealed & { expiresAt: Date | null },
): Promise<boolean> {
  const done = await tx
    .updateTable('connector_secret')
    .set({ key_id: keyId, sealed, expires_at: expiresAt, version: before.version + 1 })
    .where('connector_id', '=', before.connector_id)
    .where('version', '=', before.version)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
