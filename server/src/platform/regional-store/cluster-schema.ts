import { regionalStatements } from './migrate-regional.ts';

export interface ClusterForm {
  /** As the servers name it in system.clusters. */
  cluster: string;
  database: string;
}

/** Facts lie on the shard of their organization; what questions look up beside them lies on every node in full, so that no lookup crosses shards. */
const shardKey = 'cityHash64(org_uuid)';
const facts = [
  'call_leg',
  'media_quality',
  'call_queue_stat',
  'call_queue_agent_stat',
  'auto_attendant_stat',
  'hunt_group_stat',
  'phone_number',
  'device',
  'location',
  'license_snapshot',
];
const rollups = ['leg_rollup', 'leg_week_rollup', 'feature_rollup', 'media_rollup', 'media_week_rollup', 'poor_rollup'];
const sharded = new Set([...facts, ...facts.map((name) => `held_${name}`), ...rollups]);

interface Table {
  name: string;
  columns: string;
  /** What follows the engine: partition, order, settings. */
  storage: string;
}

const plainName = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/**
 * The tables of the regional migrations for a cluster: Replicated tables, and Distributed ones over those that are sharded. Throws where a
 * migration does something else than creating tables and adding columns, which then needs its cluster form written here.
 */
export async function clusterSchema({ cluster, database }: ClusterForm): Promise<string> {
  for (const [what, name] of Object.entries({ cluster, database }))
    if (!plainName.test(name)) throw new Error(`The name of the ${what} may have letters, digits and _ only.`);
  const tables = new Map<string, Table>();
  for (const { name, statement } of await regionalStatements()) {
    const table = read(statement.replace(/^\s*--.*$/gm, '').trim(), tables);
    if (!table) throw new Error(`The migration ${name} has a statement without a cluster form.`);
    tables.set(table.name, table);
  }
  const form = { cluster, database };
  const statements = [
    `CREATE DATABASE IF NOT EXISTS ${database} ON CLUSTER ${cluster}`,
    ...[...tables.values()].flatMap((table) =>
      sharded.has(table.name) ? shardedTables(table, form) : [everywhere(table, form)],
    ),
  ];
  return `${statements.join(';\n\n')};\n`;
}

function read(statement: string, known: ReadonlyMap<string, Table>): Table | undefined {
  const alike = /^CREATE TABLE @region\.(\w+) AS @region\.(\w+)$/.exec(statement);
  const model = known.get(alike?.[2] ?? '');
  if (alike?.[1] !== undefined && model) return { ...model, name: alike[1] };
  const [, changed, column] =
    /^ALTER TABLE @region\.(\w+) ADD COLUMN IF NOT EXISTS (\w+ \w+ DEFAULT \d+)$/.exec(statement) ?? [];
  const before = known.get(changed ?? '');
  if (before) return { ...before, columns: before.columns.replace(/\s*\)$/, `,\n  ${column}\n)`) };
  const [, name, columns, storage] =
    /^CREATE TABLE @region\.(\w+) (\([\s\S]*\))\s*ENGINE = MergeTree\b([\s\S]*)$/.exec(statement) ?? [];
  if (name === undefined || columns === undefined || storage === undefined) return undefined;
  return { name, columns, storage: storage.trim() };
}

function shardedTables({ name, columns, storage }: Table, { cluster, database }: ClusterForm): string[] {
  const local = `${name}_local`;
  return [
    `CREATE TABLE IF NOT EXISTS ${database}.${local} ON CLUSTER ${cluster} ${columns}
ENGINE = ReplicatedMergeTree('/clickhouse/tables/${database}/${local}/{shard}', '{replica}')
${storage}`,
    `CREATE TABLE IF NOT EXISTS ${database}.${name} ON CLUSTER ${cluster} AS ${database}.${local}
ENGINE = Distributed(${cluster}, ${database}, ${local}, ${shardKey})`,
  ];
}

/** One path for all shards: each node is a replica of the same table. */
function everywhere({ name, columns, storage }: Table, { cluster, database }: ClusterForm): string {
  return `CREATE TABLE IF NOT EXISTS ${database}.${name} ON CLUSTER ${cluster} ${columns}
ENGINE = ReplicatedMergeTree('/clickhouse/tables/${database}/${name}/all', '{shard}-{replica}')
${storage}`;
}
