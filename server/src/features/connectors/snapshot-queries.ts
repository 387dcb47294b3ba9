import type { SnapshotKind } from '@hub/contract/connectors';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { FaultData } from './pull-fault.ts';

export interface DueSnapshot {
  orgUuid: string;
  customerRegion: string | null;
  faults: number;
}

/** Organizations of which a kind has not been fetched for this day yet, the one that waits longest first. */
export async function findDueSnapshots(
  tx: TenantTx,
  { connectorId, pullsUnlinked, kind }: { connectorId: string; pullsUnlinked: boolean; kind: SnapshotKind },
  { day, now }: { day: string; now: Date },
): Promise<DueSnapshot[]> {
  const rows = await tx
    .selectFrom('connector_organization as o')
    .leftJoin('customer as c', (join) =>
      join.onRef('c.org_uuid', '=', 'o.org_uuid').onRef('c.partner_id', '=', 'o.partner_id'),
    )
    .leftJoin('connector_snapshot as s', (join) =>
      join
        .onRef('s.connector_id', '=', 'o.connector_id')
        .onRef('s.org_uuid', '=', 'o.org_uuid')
        .on('s.kind', '=', kind),
    )
    .where('o.connector_id', '=', connectorId)
    .where('o.is_listed', '=', true)
    .where('o.is_left_out', '=', false)
    .where((eb) => (pullsUnlinked ? eb.lit(true) : eb('c.id', 'is not', null)))
    .where((eb) => eb.or([eb('s.taken_on', 'is', null), eb('s.taken_on', '<', day)]))
    .where((eb) => eb.or([eb('s.not_before', 'is', null), eb('s.not_before', '<=', now)]))
    .select(['o.org_uuid as orgUuid', 'c.region as customerRegion', 's.faults'])
    .orderBy(sql`s.taken_on nulls first`)
    .orderBy('o.org_uuid')
    .execute();
  return rows.map((row) => ({ ...row, faults: row.faults ?? 0 }));
}

export interface SnapshotKey {
  connectorId: string;
  partnerId: string;
  orgUuid: string;
  kind: SnapshotKind;
}

/** Notes the day of which it was fetched, and that whatever failed is over; false where somebody has noted it already. */
export async function takeSnapshot(
  tx: TenantTx,
  key: SnapshotKey,
  { day, at, people = null }: { day: string; at: Date; people?: number | null },
): Promise<boolean> {
  const change = {
    taken_on: day,
    last_success_at: at,
    people,
    faults: 0,
    fault: null,
    fault_at: null,
    not_before: null,
  };
  const done = await tx
    .insertInto('connector_snapshot')
    .values({ ...columnsOf(key), ...change })
    .onConflict((conflict) =>
      conflict
        .columns(['connector_id', 'org_uuid', 'kind'])
        .doUpdateSet(change)
        .where((eb) =>
          eb.or([eb('connector_snapshot.taken_on', 'is', null), eb('connector_snapshot.taken_on', '<', day)]),
        ),
    )
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function setSnapshotFault(
  tx: TenantTx,
  key: SnapshotKey,
  { fault, at, notBefore }: { fault: { code: string; data: FaultData }; at: Date; notBefore: Date },
): Promise<void> {
  const change = { fault: JSON.stringify(fault), fault_at: at, not_before: notBefore };
  await tx
    .insertInto('connector_snapshot')
    .values({ ...columnsOf(key), ...change, faults: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['connector_id', 'org_uuid', 'kind'])
        .doUpdateSet((eb) => ({ ...change, faults: eb('connector_snapshot.faults', '+', 1) })),
    )
    .execute();
}

const columnsOf = ({ connectorId, partnerId, orgUuid, kind }: SnapshotKey) => ({
  connector_id: connectorId,
  partner_id: partnerId,
  org_uuid: orgUuid,
  kind,
});

/** Those that failed are tried again at once. */
export async function forgetSnapshotPauses(tx: TenantTx, connectorId: string): Promise<void> {
  await tx
    .updateTable('connector_snapshot')
    .set({ not_before: null })
    .where('connector_id', '=', connectorId)
    .where('not_before', 'is not', null)
    .execute();
}
