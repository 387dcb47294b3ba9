import { Connector, type ConnectorFault, ConnectorOrganization, type SnapshotKind } from '@hub/contract/connectors';
import type { Ctx } from '../access/index.ts';
import type { ConnectorRow } from './connector-queries.ts';
import type { OrganizationRow, OrganizationSnapshotRow } from './organization-queries.ts';

const instant = (value: Date | null): string | null => value?.toISOString() ?? null;

/** Minutes since then, whole, never below 0. */
const minutesSince = (then: Date | null, now: Date): number | null =>
  then && Math.max(0, Math.floor((now.getTime() - then.getTime()) / 60_000));

const faultOf = (fault: unknown, at: Date | null): ConnectorFault | null =>
  fault === null || at === null ? null : { ...(fault as Pick<ConnectorFault, 'code' | 'data'>), at: at.toISOString() };

/** The connector as the contract shows it: nothing of what is sealed. */
export function connectorView({ vault, clock }: Ctx, row: ConnectorRow): Connector {
  return Connector.parse({
    id: row.id,
    ...auditedChoices(row),
    credential: {
      kind: row.secret_kind,
      setAt: row.secret_set_at.toISOString(),
      expiresAt: instant(row.secret_expires_at),
      isReadable: vault.holds(row.secret_key_id),
    },
    state: row.state,
    pausedBecause: row.pause_code,
    runningSince: instant(row.running_since),
    lastRunAt: instant(row.last_run_at),
    lastSuccessAt: instant(row.last_success_at),
    nextRunAt: instant(row.due_at),
    fault: faultOf(row.fault, row.fault_at),
    organizations: { listed: row.listed, pulled: row.pulled, unlinked: row.unlinked, failing: row.failing },
    lagMinutes: minutesSince(row.behind, clock.now()),
    snapshotStates: row.snapshots.map((kind) => snapshotState(row, kind, clock.now())),
    version: row.version,
    createdAt: row.created_at.toISOString(),
  });
}

function snapshotState(
  { snapshot_states }: ConnectorRow,
  kind: SnapshotKind,
  now: Date,
): Connector['snapshotStates'][number] {
  const found = snapshot_states.find((state) => state.kind === kind);
  const at = (text: string | null | undefined): Date | null => (text ? new Date(text) : null);
  return {
    kind,
    taken: found?.taken ?? 0,
    failing: found?.failing ?? 0,
    lastSuccessAt: instant(at(found?.last_success_at)),
    lagMinutes: minutesSince(at(found?.oldest_at), now),
    people: found?.people ?? null,
    fault: faultOf(found?.fault ?? null, at(found?.fault_at)),
  };
}

export function organizationView(
  { clock }: Ctx,
  row: OrganizationRow,
  { pulls_unlinked, snapshots }: Pick<ConnectorRow, 'pulls_unlinked' | 'snapshots'>,
): ConnectorOrganization {
  const isPulled = row.is_listed && !row.is_left_out && (row.customer_id !== null || pulls_unlinked);
  return ConnectorOrganization.parse({
    orgUuid: row.org_uuid,
    name: row.name,
    customer: row.customer_id && { id: row.customer_id, name: row.customer_name, region: row.customer_region },
    suggestion: row.suggestion_id && {
      id: row.suggestion_id,
      name: row.suggestion_name,
      region: row.suggestion_region,
    },
    isListed: row.is_listed,
    isLeftOut: row.is_left_out,
    isPulled,
    pulledTo: instant(row.pulled_to),
    lagMinutes: minutesSince(row.pulled_to, clock.now()),
    back: row.back_from && { from: row.back_from.toISOString(), to: instant(row.back_to) },
    backFloor: instant(row.back_floor),
    lastSuccessAt: instant(row.last_success_at),
    fault: faultOf(row.fault, row.fault_at),
    snapshots: snapshots.flatMap((kind) =>
      row.snapshots.filter((found) => found.kind === kind).map(organizationSnapshot),
    ),
    nextTryAt: instant(row.not_before),
  });
}

const organizationSnapshot = (row: OrganizationSnapshotRow): ConnectorOrganization['snapshots'][number] => {
  const at = (text: string | null): Date | null => (text === null ? null : new Date(text));
  return {
    kind: row.kind,
    takenOn: row.taken_on,
    people: row.people,
    lastSuccessAt: instant(at(row.last_success_at)),
    fault: faultOf(row.fault, at(row.fault_at)),
    nextTryAt: instant(at(row.not_before)),
  };
};

/** What people chose of a connector: that is what the audit log keeps of it. */
export const auditedChoices = (row: ConnectorRow): Record<string, unknown> => ({
  name: row.name,
  baseUrl: row.base_url,
  callsUrl: row.calls_url,
  otherDomains: row.other_domains,
  region: row.region,
  everyMinutes: row.every_minutes,
  backDays: row.back_days,
  pullsUnlinked: row.pulls_unlinked,
  addsIn: row.adds_in,
  snapshots: row.snapshots,
});
