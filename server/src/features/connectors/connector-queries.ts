import type { Connector, SnapshotKind } from '@hub/contract/connectors';
import { type Selectable, sql } from 'kysely';
import type { ConnectorTable } from '../../platform/directory/database.gen.ts';
import type { Directory, TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';

/** Of one kind, over the fetched organizations that the caller sees; instants as PostgreSQL writes them into JSON. */
export interface SnapshotStateRow {
  kind: SnapshotKind;
  taken: number;
  failing: number;
  people: number | null;
  last_success_at: string | null;
  oldest_at: string | null;
  fault: unknown;
  fault_at: string | null;
}

export type ConnectorRow = Omit<Selectable<ConnectorTable>, 'snapshots'> & {
  snapshots: SnapshotKind[];
  snapshot_states: SnapshotStateRow[];
  secret_kind: 'token' | 'refresh';
  secret_key_id: string;
  secret_set_at: Date;
  secret_expires_at: Date | null;
  secret_version: number;
  due_at: Date | null;
  listed: number;
  pulled: number;
  unlinked: number;
  failing: number;
  behind: Date | null;
};

/** Whether an organization's records are fetched; `o` and `c` are organization and customer. */
const isPulled = sql<boolean>`o.is_listed and not o.is_left_out and (c.id is not null or connector.pulls_unlinked)`;

/** Whether a kind that is chosen failed when it was last asked for of the organization `o`. */
export const hasSnapshotFault = sql<boolean>`exists (select 1 from tenant.connector_snapshot s
  join tenant.connector of on of.id = s.connector_id
  where s.connector_id = o.connector_id and s.org_uuid = o.org_uuid and s.fault is not null and s.kind = any(of.snapshots))`;

const snapshotStates = sql<SnapshotStateRow[]>`(select coalesce(json_agg(k), '[]') from (
  select s.kind, count(s.last_success_at) as taken, count(s.fault) as failing,
    sum(s.people)::integer as people, max(s.last_success_at) as last_success_at, min(s.last_success_at) as oldest_at,
    (array_agg(s.fault order by s.fault_at desc) filter (where s.fault is not null))[1] as fault, max(s.fault_at) as fault_at
  from tenant.connector_snapshot s
  join tenant.connector_organization o on o.connector_id = s.connector_id and o.org_uuid = s.org_uuid
  left join tenant.customer c on c.org_uuid = o.org_uuid and c.partner_id = o.partner_id
  where s.connector_id = connector.id and s.kind = any(connector.snapshots) and ${isPulled}
  group by s.kind) k)`;

/** With what is known of the credential, when it runs next, and counts over the organizations that the caller sees. */
const selectConnectors = (tx: TenantTx) =>
  tx
    .selectFrom('connector')
    .innerJoin('connector_secret as secret', 'secret.connector_id', 'connector.id')
    .leftJoin('connector_task as task', 'task.connector_id', 'connector.id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('connector_organization as o')
          .leftJoin('customer as c', (join) =>
            join.onRef('c.org_uuid', '=', 'o.org_uuid').onRef('c.partner_id', '=', 'o.partner_id'),
          )
          .whereRef('o.connector_id', '=', 'connector.id')
          .select([
            sql<number>`count(*) filter (where o.is_listed)`.as('listed'),
            sql<number>`count(*) filter (where ${isPulled})`.as('pulled'),
            sql<number>`count(*) filter (where o.is_listed and c.id is null)`.as('unlinked'),
            sql<number>`count(*) filter (where ${isPulled} and (o.fault is not null or ${hasSnapshotFault}))`.as(
              'failing',
            ),
            sql<Date | null>`min(o.pulled_to) filter (where ${isPulled})`.as('behind'),
          ])
          .as('of'),
      (join) => join.onTrue(),
    )
    .selectAll('connector')
    .select([
      'secret.kind as secret_kind',
      'secret.key_id as secret_key_id',
      'secret.set_at as secret_set_at',
      'secret.expires_at as secret_expires_at',
      'secret.version as secret_version',
      'task.due_at',
      'of.listed',
      'of.pulled',
      'of.unlinked',
      'of.failing',
      'of.behind',
      snapshotStates.as('snapshot_states'),
    ]);

/** By name. */
export async function findConnectors(tx: TenantTx): Promise<ConnectorRow[]> {
  return (await selectConnectors(tx).orderBy('connector.name_key').execute()) as ConnectorRow[];
}

export async function findConnector(tx: TenantTx, id: string): Promise<ConnectorRow | undefined> {
  return (await selectConnectors(tx).where('connector.id', '=', id).executeTakeFirst()) as ConnectorRow | undefined;
}

/** Throws connector_not_found. */
export async function getConnectorRow(tx: TenantTx, id: string): Promise<ConnectorRow> {
  const row = await findConnector(tx, id);
  if (row === undefined) throw new HubError('connector_not_found');
  return row;
}

/** Kept from changing until the end of the transaction. Throws connector_not_found. */
export async function getConnectorForUpdate(tx: TenantTx, id: string): Promise<ConnectorRow> {
  const locked = await tx.selectFrom('connector').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  if (locked === undefined) throw new HubError('connector_not_found');
  return getConnectorRow(tx, id);
}

/** Whether it still fetches, kept so until the end of the transaction. */
export async function lockEnabled(tx: TenantTx, { id, version }: { id: string; version: number }): Promise<boolean> {
  const row = await tx
    .selectFrom('connector')
    .select('id')
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'enabled')
    .forShare()
    .executeTakeFirst();
  return row !== undefined;
}

/** Whoever makes or renames connectors of a partner takes this first: one name once, not more than the limit. */
export async function lockConnectors(tx: TenantTx, partnerId: string): Promise<void> {
  await tx.selectFrom('partner').select('id').where('id', '=', partnerId).forNoKeyUpdate().execute();
}

export async function countConnectors(tx: TenantTx): Promise<number> {
  const { count } = await tx
    .selectFrom('connector')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

export async function findNamed(tx: TenantTx, nameKey: string): Promise<{ id: string; name: string } | undefined> {
  return tx.selectFrom('connector').select(['id', 'name']).where('name_key', '=', nameKey).executeTakeFirst();
}

export type Choices = Pick<
  Connector,
  | 'name'
  | 'baseUrl'
  | 'callsUrl'
  | 'otherDomains'
  | 'region'
  | 'everyMinutes'
  | 'backDays'
  | 'pullsUnlinked'
  | 'addsIn'
  | 'snapshots'
> & { nameKey: string };

const columnsOf = (choices: Choices) => ({
  name: choices.name,
  name_key: choices.nameKey,
  base_url: choices.baseUrl,
  calls_url: choices.callsUrl,
  other_domains: choices.otherDomains,
  region: choices.region,
  every_minutes: choices.everyMinutes,
  back_days: choices.backDays,
  pulls_unlinked: choices.pullsUnlinked,
  adds_in: choices.addsIn,
  snapshots: choices.snapshots,
});

export async function insertConnector(
  tx: TenantTx,
  { id, partnerId, at, choices }: { id: string; partnerId: string; at: Date; choices: Choices },
): Promise<void> {
  await tx
    .insertInto('connector')
    .values({ id, partner_id: partnerId, ...columnsOf(choices), state: 'enabled', created_at: at })
    .execute();
}

/** Ends whatever run is under way, too: it works with the version that it began with. */
export async function updateConnector(tx: TenantTx, id: string, choices: Choices): Promise<void> {
  await tx
    .updateTable('connector')
    .set((eb) => ({ ...columnsOf(choices), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function deleteConnector(tx: TenantTx, id: string): Promise<void> {
  await tx.deleteFrom('connector').where('id', '=', id).execute();
}

/** With `because` where the hub pauses it by itself. */
export async function setPaused(tx: TenantTx, id: string, because: string | null): Promise<void> {
  await tx.updateTable('connector').set({ state: 'paused', pause_code: because }).where('id', '=', id).execute();
  await tx.deleteFrom('connector_task').where('connector_id', '=', id).execute();
}

export async function setEnabled(
  tx: TenantTx,
  { id, partnerId }: { id: string; partnerId: string },
  dueAt: Date,
): Promise<void> {
  await tx.updateTable('connector').set({ state: 'enabled', pause_code: null }).where('id', '=', id).execute();
  await tx
    .insertInto('connector_task')
    .values({ connector_id: id, partner_id: partnerId, due_at: dueAt })
    .onConflict((conflict) => conflict.column('connector_id').doUpdateSet({ due_at: dueAt }))
    .execute();
}

export async function setDue(tx: TenantTx, id: string, dueAt: Date): Promise<void> {
  await tx.updateTable('connector_task').set({ due_at: dueAt }).where('connector_id', '=', id).execute();
}

export async function setRunning(tx: TenantTx, id: string, since: Date): Promise<void> {
  await tx.updateTable('connector').set({ running_since: since }).where('id', '=', id).execute();
}

export async function setRan(
  tx: TenantTx,
  id: string,
  { at, fault }: { at: Date; fault: { code: string; data: unknown } | null },
): Promise<void> {
  await tx
    .updateTable('connector')
    .set({
      running_since: null,
      last_run_at: at,
      fault: fault && JSON.stringify(fault),
      fault_at: fault && at,
      ...(fault === null ? { last_success_at: at } : {}),
    })
    .where('id', '=', id)
    .execute();
}

export async function setNotRunning(tx: TenantTx, id: string): Promise<void> {
  await tx.updateTable('connector').set({ running_since: null }).where('id', '=', id).execute();
}

export interface ConnectorTask {
  connectorId: string;
  partnerId: string;
}

/** Whatever is due, longest first. Tasks hold ids only, so this looks across partners. */
export async function findDueTasks(directory: Directory, now: Date): Promise<ConnectorTask[]> {
  return directory
    .selectFrom('connector_task')
    .select(['connector_id as connectorId', 'partner_id as partnerId'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(100)
    .execute();
}
