import type pg from 'pg';

interface Column {
  schema: string;
  table: string;
  name: string;
  type: string;
  nullable: boolean;
  defaulted: boolean;
  /** The values that a check of this column alone admits, as PostgreSQL prints it; null where there is none. */
  admits: string | null;
}

const scalars: Record<string, string> = {
  uuid: 'string',
  xid8: 'string',
  text: 'string',
  bytea: 'Buffer',
  boolean: 'boolean',
  integer: 'number',
  bigint: 'number',
  real: 'number',
  numeric: 'string', // exact: no number of JavaScript is
  date: 'string',
  jsonb: 'JsonColumn',
  ARRAY: 'string[]', // of text, the only kind there is
  'timestamp with time zone': 'Timestamp',
};

const pascal = (name: string): string => name.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

/** `CHECK ((role = ANY (ARRAY['a'::text, 'b'::text])))` as `'a' | 'b'`. */
function unionOf(admits: string | null): string | undefined {
  return admits === null
    ? undefined
    : [...admits.matchAll(/'([^']*)'::text/g)].map(([, value]) => `'${value}'`).join(' | ');
}

/** Kysely's types, written from the migrated database; a test holds the committed file against a fresh schema. */
export async function generateDirectoryTypes(client: pg.Client): Promise<string> {
  const columns = await client.query<Column>(`
    select table_schema as schema, table_name as table, column_name as name, data_type as type,
      is_nullable = 'YES' as nullable, column_default is not null as defaulted,
      (select pg_get_constraintdef(k.oid) from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid
        where k.conrelid = format('%I.%I', table_schema, table_name)::regclass and k.contype = 'c' and k.conkey = array[a.attnum]
          and a.attname = column_name and pg_get_constraintdef(k.oid) ~ '^CHECK \\(\\(\\w+ = (ANY \\(ARRAY\\[[^]]*\\]\\)|''[^'']*''::text)\\)\\)$') as admits
    from information_schema.columns where table_schema in ('identity', 'tenant', 'job')
    order by table_schema, table_name, ordinal_position`);
  const tables = Map.groupBy(columns.rows, (column) => column.table);
  const interfaces = [...tables].map(([table, list]) => {
    const lines = list.map((column) => {
      const scalar = unionOf(column.admits) ?? scalars[column.type];
      if (scalar === undefined)
        throw new Error(`No TypeScript type is known for ${table}.${column.name} (${column.type}).`);
      const type = column.nullable ? `${scalar} | null` : scalar;
      return `  ${column.name}: ${column.defaulted && !column.nullable ? `Defaulted<${type}>` : type};`;
    });
    return `export interface ${pascal(table)}Table {\n${lines.join('\n')}\n}\n`;
  });
  const entries = [...tables.keys()].map((table) => `  ${table}: ${pascal(table)}Table;`).join('\n');
  return `// Written by generate-types.ts from the migrated schema; do not edit (npm run types:directory).
import type { ColumnType } from 'kysely';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type JsonColumn = ColumnType<unknown, string, string>;
type Defaulted<Column> = [Column] extends [ColumnType<infer Select, infer Insert, infer Update>]
  ? ColumnType<Select, Insert | undefined, Update>
  : ColumnType<Column, Column | undefined, Column>;

${interfaces.join('\n')}
export interface Database {
${entries}
}
`;
}
