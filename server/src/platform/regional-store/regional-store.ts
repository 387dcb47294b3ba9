import type { RegionCode } from '@hub/contract/regions';
import type { EmbeddedEngine } from './embedded-engine.ts';
import { inlineParameters, type Parameters, quoted } from './inline-parameters.ts';
import { type Settings, settingsText } from './settings.ts';
import { StoreFault } from './store-fault.ts';

export interface AskOptions {
  parameters?: Parameters;
  /** The engine stops the query after this many seconds. */
  seconds?: number;
  /** Aborted when nobody waits for the answer any more: a server stops the query, the embedded engine goes on to its end. Throws asker_left. */
  left?: AbortSignal;
}

export interface LoadProgress {
  rows: number;
  bytes: number;
}

export interface SourceFile {
  path: string;
  format: string;
  structure: string;
}

export interface FileQuestion {
  /** SELECT … FROM @file */
  select: string;
  file: SourceFile;
  settings: Settings;
  parameters?: Parameters;
}

export interface Load {
  /** INSERT INTO … SELECT … FROM @file */
  insert: string;
  file: SourceFile;
  settings: Settings;
  parameters?: Parameters;
  onProgress?: (progress: LoadProgress) => void;
}

export interface Unload {
  select: string;
  /** A name that ends in .zst is written compressed. */
  file: { path: string; format: string };
  parameters?: Parameters;
  settings?: Settings;
}

export type RunOptions = Pick<AskOptions, 'parameters'> & {
  /** Not behind a running import. */
  isAside?: boolean;
};

/**
 * One region's ClickHouse database, in this process or on a server. In SQL, `@region.table` names a table of it; in a statement about a
 * file, `@file` is the file and `@row` the number of a row in it, from 0, where the file is read in order (inFileOrder).
 */
export interface RegionalStore {
  readonly region: RegionCode;
  /** The database that holds the region's tables. */
  readonly database: string;
  /** Where the rows lie: on the disk of this machine, or elsewhere. */
  readonly isEmbedded: boolean;
  /** False while the store is known not to answer; everything is refused at once then, with the StoreFault `unavailable`. */
  isAvailable(): boolean;
  /** A question: rows as objects. 64-bit integers arrive as numbers up to 2^53. */
  ask<Row>(sql: string, options?: AskOptions): Promise<Row[]>;
  /** A statement of the import lane: definition, insert, delete, attach. */
  run(sql: string, options?: RunOptions): Promise<void>;
  /** Bulk in: the file as it lies here goes to the engine, never through objects. */
  load(load: Load): Promise<void>;
  /** A question about a file, before anything of it is stored. */
  askFile<Row>(question: FileQuestion): Promise<Row[]>;
  /** Bulk out: the answer of `select` into a new file. */
  unload(unload: Unload): Promise<void>;
}

/** Settings under which `@row` counts rightly: several blocks at a time, the engine counts the header as a row in all but the first. */
export const inFileOrder: Settings = { input_format_parallel_parsing: 0 };

/** Questions are stopped after this long unless they say otherwise. */
export const questionSeconds = 30;
export const statementSeconds = 6 * 3600; // a 20 GB file on a slow disk; a bound all the same
export const progressMilliseconds = 400;

export const databaseOf = (region: RegionCode): string => `hub_${region}`;

export const asNumbers: Settings = { output_format_json_quote_64bit_integers: 0 };

const sourceOf = (file: SourceFile): string =>
  `file(${quoted(file.path)}, ${quoted(file.format)}, ${quoted(file.structure)})`;
// Else the engine maps the file into memory, and the whole of it counts as the process's.
const byReading: Settings = { storage_file_read_method: 'pread' };
const aboutFile = (sql: string, file: SourceFile): string =>
  sql.replaceAll('@row', '_row_number').replaceAll('@file', () => sourceOf(file));

export function embeddedRegionalStore(engine: EmbeddedEngine, region: RegionCode): RegionalStore {
  const inRegion = (sql: string): string => sql.replaceAll('@region.', `${databaseOf(region)}.`);
  // Settings stand in the SQL: handed to the embedded connection they would stay on for all its later queries.
  const bounded = (sql: string, seconds: number, settings: Settings = {}): string =>
    `${inRegion(sql)}\nSETTINGS ${settingsText({ max_execution_time: seconds, ...settings })}`;

  async function statement(
    sql: string,
    parameters: Parameters | undefined,
    lane: 'import' | 'check' = 'import',
  ): Promise<void> {
    await engine.use(lane, async (client) => {
      try {
        await client.command({ query: inlineParameters(sql, parameters ?? {}) });
      } catch (cause) {
        throw StoreFault.of(region, cause);
      }
    });
  }

  function ask<Row>(query: string, parameters: Parameters | undefined): Promise<Row[]> {
    return engine.use('question', async (client) => {
      try {
        const result = await client.query({ query: inlineParameters(query, parameters ?? {}), format: 'JSONEachRow' });
        return await result.json<Row>();
      } catch (cause) {
        throw StoreFault.of(region, cause);
      }
    });
  }

  async function watch(mark: string, onProgress: (progress: LoadProgress) => void): Promise<void> {
    const rows = await engine.use('check', async (client) => {
      const result = await client.query({
        query: inlineParameters(
          'SELECT read_rows AS rows, read_bytes AS bytes FROM system.processes WHERE startsWith(query, {mark:String})',
          { mark },
        ),
        format: 'JSONEachRow',
      });
      return result.json<{ rows: string; bytes: string }>();
    });
    const [first] = rows;
    if (first) onProgress({ rows: Number(first.rows), bytes: Number(first.bytes) });
  }

  return {
    region,
    database: databaseOf(region),
    isEmbedded: true,
    isAvailable: () => true,
    ask: <Row>(sql: string, options: AskOptions = {}) =>
      ask<Row>(bounded(sql, options.seconds ?? questionSeconds, asNumbers), options.parameters),
    run: (sql, options = {}) => statement(inRegion(sql), options.parameters, options.isAside ? 'check' : 'import'),
    async load({ insert, file, settings, parameters, onProgress }) {
      const sql = bounded(aboutFile(insert, file), statementSeconds, { ...settings, ...byReading });
      // The engine drops comments and rewrites the text, but "INSERT INTO table" stays at its head.
      const mark = inRegion(insert.slice(0, insert.indexOf('(')));
      const timer =
        onProgress && setInterval(() => void watch(mark, onProgress).catch(() => undefined), progressMilliseconds);
      try {
        await statement(sql, parameters);
      } finally {
        clearInterval(timer);
      }
    },
    askFile: <Row>({ select, file, settings, parameters }: FileQuestion) =>
      ask<Row>(
        bounded(aboutFile(select, file), statementSeconds, { ...settings, ...byReading, ...asNumbers }),
        parameters,
      ),
    async unload({ select, file, parameters, settings }) {
      const sql = `INSERT INTO FUNCTION file(${quoted(file.path)}, ${quoted(file.format)}) ${select}`;
      await statement(bounded(sql, statementSeconds, settings), parameters);
    },
  };
}
