import type { RegionalStore } from './regional-store.ts';

/** The oldest long-term release that ClickHouse still mends; what is tested is the embedded engine's own, 26.7. */
const oldestEngine = '25.8';

export async function readEngineVersion(store: RegionalStore): Promise<string> {
  const [row] = await store.ask<{ version: string }>('SELECT version() AS version');
  return row?.version ?? '';
}

/** A sentence where the engine is too old for the tables and questions of this release. */
export function engineFault(version: string): string | undefined {
  const [year = 0, month = 0] = version.split('.').map(Number);
  const [oldestYear = 0, oldestMonth = 0] = oldestEngine.split('.').map(Number);
  if (year > oldestYear || (year === oldestYear && month >= oldestMonth)) return undefined;
  return `ClickHouse ${version} is too old: Partner Hub needs ${oldestEngine} or newer`;
}

export async function refuseOldEngine(store: RegionalStore): Promise<void> {
  const fault = engineFault(await readEngineVersion(store));
  if (fault !== undefined) throw new Error(`The store of region ${store.region} cannot be used: ${fault}`);
}
