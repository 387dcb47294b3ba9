import { createChdbConnection } from 'chdb/connection';
import { text } from 'node:stream/consumers';
import { quoted } from '../platform/regional-store/inline-parameters.ts';

export interface EngineRequest {
  sql: string;
  /** The data of an INSERT, as it came. */
  file: string | undefined;
  fileFormat: string | undefined;
  settings: Record<string, string>;
  parameters: Record<string, string>;
  database: string;
  sessionId: string | undefined;
  queryId: string;
  format: string;
  isWhole: boolean;
  sendsProgress: boolean;
  isCompressed: boolean;
}

type Connection = ReturnType<typeof createChdbConnection>;

/** The embedded engine as a server: each request with settings of its own, sessions that outlive one. */
export function bridgeEngine(path: string): {
  run(request: EngineRequest): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
} {
  const sessions = new Map<string, Connection>();
  const busy = new Set<string>();
  /** A load by its query_id: the engine inside knows its statements by their text only. */
  const loads = new Map<string, string>();

  async function command(connection: Connection, query: string): Promise<void> {
    await connection.command({ query });
  }

  async function* run(request: EngineRequest): AsyncGenerator<Uint8Array> {
    const { sessionId } = request;
    if (sessionId !== undefined && busy.has(sessionId))
      throw new Error(
        `Code: 373. DB::Exception: Session ${sessionId} is locked by a concurrent client. (SESSION_IS_LOCKED)`,
      );
    const connection = (sessionId !== undefined && sessions.get(sessionId)) || createChdbConnection({ path });
    if (sessionId !== undefined) {
      sessions.set(sessionId, connection);
      busy.add(sessionId);
    }
    try {
      if (request.database !== '') await command(connection, `USE \`${request.database}\``);
      for (const [name, value] of Object.entries(request.settings))
        await command(connection, `SET ${name} = ${quoted(value)}`);
      for (const [name, value] of Object.entries(request.parameters))
        await command(connection, `SET param_${name} = ${quoted(value)}`);
      const sql = engineSql(request, loads);
      if (/^\s*(SELECT|WITH|SHOW|DESCRIBE|DESC|EXPLAIN|EXISTS)\b/i.test(sql)) yield* stream(connection, sql, request);
      else yield* statement(connection, sql, request);
    } finally {
      loads.delete(request.queryId);
      if (sessionId !== undefined) busy.delete(sessionId);
      else await connection.close();
    }
  }

  async function* stream(connection: Connection, sql: string, { format }: EngineRequest): AsyncGenerator<Uint8Array> {
    for await (const chunk of connection.chdb.queryStream(sql, { format })) yield Buffer.from(chunk.raw());
  }

  async function* statement(connection: Connection, sql: string, request: EngineRequest): AsyncGenerator<Uint8Array> {
    if (request.file !== undefined) loads.set(request.queryId, sql.slice(0, sql.indexOf('(')).trim());
    const answer = await connection.exec({ query: sql, query_id: request.queryId });
    const words = await text(answer.stream);
    if (words !== '') yield Buffer.from(words);
  }

  return {
    run,
    async close() {
      for (const connection of sessions.values()) await connection.close();
    },
  };
}

/** Data in a body is a file for the engine inside, which has no such bodies; input() reads that file. */
function engineSql({ sql, file, fileFormat }: EngineRequest, loads: ReadonlyMap<string, string>): string {
  if (file === undefined || fileFormat === undefined) {
    return sql.replace(/query_id = CAST\('([0-9a-f-]+)', 'String'\)/, (all, id: string) => {
      const head = loads.get(id);
      return head === undefined ? all : `startsWith(query, ${quoted(head)})`;
    });
  }
  const statement = sql.replace(/\bFORMAT\s+\w+\s*$/i, '');
  const source = (structure = ''): string => `file(${quoted(file)}, ${quoted(fileFormat)}${structure})`;
  if (/\binput\('/.test(statement))
    return statement.replaceAll(/\binput\(('(?:[^'\\]|\\.)*')\)/g, (_, structure: string) => source(`, ${structure}`));
  return `${statement} SELECT * FROM ${source()}`;
}
