import { connectDirectory, type Directory } from '../server/src/platform/directory/directory.ts';
import type { Hub } from '../server/src/open-hub.ts';

/** The directory as the owner of its tables, past the policies of partners and verbs: for filling it. */
export function connectOwner({ stores }: Hub): Directory {
  const { host, port, user, password, database } = stores.owner;
  return connectDirectory({ host, port, user, password, database, max: 1 });
}

/** Kysely stays the server's dependency: this is what its `sql` makes of plain text. */
export async function runSql<Row = Record<string, unknown>>(directory: Directory, text: string): Promise<Row[]> {
  const query = { kind: 'RawNode' as const, sqlFragments: [text], parameters: [] };
  const { rows } = await directory.executeQuery({ query, queryId: { queryId: 'bench' }, sql: text, parameters: [] });
  return rows as Row[];
}
