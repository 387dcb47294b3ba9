import type { Directory } from '../server/src/platform/directory/directory.ts';

/** Kysely stays the server's dependency: this is what its `sql` makes of plain text. */
export async function runSql<Row>(directory: Directory, text: string): Promise<Row[]> {
  const query = { kind: 'RawNode' as const, sqlFragments: [text], parameters: [] };
  return (await directory.executeQuery({ query, queryId: { queryId: 'bench' }, sql: text, parameters: [] }))
    .rows as Row[];
}
