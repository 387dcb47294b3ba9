import { Gauge, type Registry } from 'prom-client';
import type { Installation } from '../access/index.ts';
import { readConnectorLags, readConnectorStates, readSnapshotAges } from './health-queries.ts';

/** How far behind connectors are, by their ids; what their organizations are called stays inside. */
export function connectorMetrics(registry: Registry): {
  reset(): void;
  read(installation: Installation): Promise<void>;
} {
  const registers = [registry];
  const lag = new Gauge({
    name: 'hub_connector_lag_seconds',
    help: 'Since the time up to which an organization’s call records have been fetched; of connectors that are not paused.',
    labelNames: ['connector', 'organization'],
    registers,
  });
  const snapshotAge = new Gauge({
    name: 'hub_connector_snapshot_age_seconds',
    help: 'Since an organization’s licenses, locations, numbers or devices were last fetched; of connectors that are not paused.',
    labelNames: ['connector', 'organization', 'kind'],
    registers,
  });
  const enabled = new Gauge({
    name: 'hub_connector_enabled',
    help: '1 where a connector fetches, 0 where it is paused.',
    labelNames: ['connector'],
    registers,
  });
  const failing = new Gauge({
    name: 'hub_connector_failing',
    help: '1 where the last run of a connector failed as a whole.',
    labelNames: ['connector'],
    registers,
  });
  const success = new Gauge({
    name: 'hub_connector_last_success_timestamp_seconds',
    help: 'When a run of a connector last succeeded.',
    labelNames: ['connector'],
    registers,
  });
  return {
    reset() {
      for (const gauge of [lag, snapshotAge, enabled, failing, success]) gauge.reset();
    },
    async read({ directory, clock }) {
      const now = clock.now().getTime();
      for (const { connectorId: connector, orgUuid: organization, pulledTo } of await readConnectorLags(directory))
        lag.set({ connector, organization }, Math.max(0, (now - pulledTo.getTime()) / 1000));
      for (const { connectorId: connector, orgUuid: organization, kind, lastSuccessAt } of await readSnapshotAges(
        directory,
      ))
        snapshotAge.set({ connector, organization, kind }, Math.max(0, (now - lastSuccessAt.getTime()) / 1000));
      for (const { connectorId: connector, isEnabled, hasFault, lastSuccessAt } of await readConnectorStates(
        directory,
      )) {
        enabled.set({ connector }, isEnabled ? 1 : 0);
        failing.set({ connector }, hasFault ? 1 : 0);
        if (lastSuccessAt !== null) success.set({ connector }, lastSuccessAt.getTime() / 1000);
      }
    },
  };
}
