// The engine's own load of a call history file, CSV or JSON lines: the product's engine, table, settings and fsync, and nothing of its import.
import { open } from 'node:fs/promises';
import { endWithParent, peakMemoryBytes } from './bench-process.ts';
import { region } from './call-records.ts';
import {
  type CallHistoryColumn,
  callHistoryColumns,
  normalHeader,
} from '../server/src/features/imports/call-history-columns.ts';
import {
  embeddedRegionalStore,
  migrateRegional,
  openEmbeddedEngine,
} from '../server/src/platform/regional-store/index.ts';

export interface BareLoad {
  seconds: number;
  rows: number;
  peakBytes: number | undefined;
}

// Every field as text and converted in SQL: in this engine faster than naming the types to the CSV reader.
function plainConversion({ kind }: CallHistoryColumn, text: string): string {
  switch (kind) {
    case 'required_time':
      return `parseDateTime64BestEffortOrZero(${text}, 3, 'UTC')`;
    case 'time':
    case 'lenient_time':
      return `parseDateTime64BestEffortOrNull(${text}, 3, 'UTC')`;
    case 'required_count':
      return `toUInt32OrZero(${text})`;
    case 'count':
      return `toUInt32OrNull(${text})`;
    case 'uuid':
      return `toUUIDOrZero(${text})`;
    case 'flag':
      return `multiIf(lower(${text}) = 'true', true, lower(${text}) = 'false', false, NULL)`;
    case 'word':
    case 'text':
      return text;
  }
}

interface Layout {
  format: string;
  /** The file's names of the columns. */
  names: string[];
  settings: Record<string, number>;
}

const csvLayout: Layout = {
  format: 'CSV',
  names: callHistoryColumns.map(({ name }) => `c_${name}`),
  settings: {
    input_format_csv_skip_first_lines: 1,
    input_format_csv_empty_as_default: 0,
    input_format_null_as_default: 0,
    input_format_parallel_parsing: 0,
    max_block_size: 16_384,
  },
};

/** The engine knows keys as they are written; the first record has them all. */
async function jsonLayout(file: string): Promise<Layout> {
  const opened = await open(file);
  const { value = '' } = await opened.readLines()[Symbol.asyncIterator]().next();
  await opened.close();
  const keys = new Map(Object.keys(JSON.parse(value) as object).map((key) => [normalHeader(key), key]));
  return {
    format: 'JSONEachRow',
    names: callHistoryColumns.map(({ header }) => `\`${keys.get(normalHeader(header)) ?? header}\``),
    settings: { input_format_json_read_numbers_as_strings: 1, input_format_json_read_bools_as_strings: 1 },
  };
}

// As the import has them (stage-sql.ts), without those that keep broken rows.
const settings = {
  max_partitions_per_insert_block: 0,
  max_insert_block_size: 65_536,
  min_insert_block_size_rows: 262_144,
  min_insert_block_size_bytes: 134_217_728,
};

const [path = '', folder = ''] = process.argv.slice(2);
endWithParent();
const engine = await openEmbeddedEngine(folder);
const store = embeddedRegionalStore(engine, region);
await migrateRegional(store);
const layout = path.endsWith('.ndjson') ? await jsonLayout(path) : csvLayout;
const names = callHistoryColumns.map(({ name }) => name);
const insert = `INSERT INTO @region.call_leg (partner_id, batch, emptied, ${names.join(', ')})
SELECT toUUID('018f3a52-8e7b-7d39-8c1d-b6f24c9e5a10'), 1, 0, ${callHistoryColumns.map((column, at) => plainConversion(column, layout.names[at] ?? '')).join(', ')} FROM @file`;
const structure = layout.names.map((name) => `${name} String`).join(', ');

const began = performance.now();
await store.load({
  insert,
  file: { path, format: layout.format, structure },
  settings: { ...layout.settings, ...settings },
});
const seconds = (performance.now() - began) / 1000;

const [counted] = await store.ask<{ legs: number }>('SELECT count() AS legs FROM @region.call_leg');
await engine.close();
process.send?.({ seconds, rows: counted?.legs ?? 0, peakBytes: peakMemoryBytes('self') } satisfies BareLoad);
process.disconnect?.();
