import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clusterSchema } from './cluster-schema.ts';
import {
  type EmbeddedEngine,
  embeddedRegionalStore,
  migrateRegional,
  openEmbeddedEngine,
  type RegionalStore,
} from './index.ts';

let folder: string;
let engine: EmbeddedEngine;
let store: RegionalStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-cluster-'));
  engine = await openEmbeddedEngine(join(folder, 'engine'));
  store = embeddedRegionalStore(engine, 'eu');
  await migrateRegional(store);
});

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const statementsOf = (text: string): string[] => text.split(/;\n+/).filter((statement) => statement !== '');

test('every statement for a cluster can be read by the engine', async () => {
  const statements = statementsOf(await clusterSchema({ cluster: 'hub', database: 'hub_eu' }));
  for (const statement of statements) {
    const formatted = await store.ask<{ text: string }>('SELECT formatQuery({statement:String}) AS text', {
      parameters: { statement },
    });
    expect(formatted[0]?.text).toContain('ON CLUSTER hub');
  }
  expect(statements.filter((statement) => statement.includes('ENGINE = Distributed'))).toHaveLength(26);
});

test('the cluster has every table of a region, each with its columns and order', async () => {
  const tables = await store.ask<{ name: string; sorting_key: string; columns: string[] }>(
    `SELECT name, sorting_key, (SELECT groupArray(c.name) FROM (SELECT name, table FROM system.columns WHERE database = 'hub_eu' ORDER BY position) AS c WHERE c.table = 'call_leg') AS columns
     FROM system.tables WHERE database = 'hub_eu' AND name != 'migration' ORDER BY name`,
  );
  const text = await clusterSchema({ cluster: 'hub', database: 'hub_eu' });
  for (const { name, sorting_key } of tables) {
    const own = statementsOf(text).find((statement) =>
      new RegExp(`hub_eu\\.${name}(_local)? ON CLUSTER hub \\(`).test(statement),
    );
    expect([name, own]).toEqual([name, expect.stringContaining(`ORDER BY (${sorting_key})`)]);
  }
  // As the engine itself would make the table without a cluster: the same columns.
  const local = statementsOf(text).find((statement) => statement.includes('call_leg_local ON CLUSTER hub ('));
  await store.run(
    String(local)
      .replaceAll('call_leg_local ON CLUSTER hub', 'probe')
      .replace(/ReplicatedMergeTree\([^)]*\)/, 'MergeTree'),
  );
  const [same] = await store.ask<{ same: number }>(
    `SELECT (SELECT groupArray((name, type, default_expression)) FROM (SELECT * FROM system.columns WHERE database = 'hub_eu' AND table = 'probe' ORDER BY position))
       = (SELECT groupArray((name, type, default_expression)) FROM (SELECT * FROM system.columns WHERE database = 'hub_eu' AND table = 'call_leg' ORDER BY position)) AS same`,
  );
  expect(same).toEqual({ same: 1 });
});

test('a name that is none is refused', async () => {
  await expect(clusterSchema({ cluster: "hub' x", database: 'hub_eu' })).rejects.toThrow('letters, digits');
});

test('a region whose facts are spread over shards is refused before anything is written', async () => {
  const ask: RegionalStore['ask'] = async <Row>(sql: string, options = {}) =>
    (sql.includes("name = 'call_leg'") ? [{ engine: 'Distributed' }] : await store.ask<Row>(sql, options)) as Row[];
  const spread: RegionalStore = { ...store, ask };
  await expect(migrateRegional(spread)).rejects.toThrow(/spread over shards/);
});
