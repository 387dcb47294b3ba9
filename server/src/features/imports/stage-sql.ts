import { type CallHistoryColumn, callHistoryColumns, lenientColumns } from './call-history-columns.ts';
import type { Delimiter } from './csv-header.ts';

/** A call cannot have begun before hosted calling existed, nor in the future: outside, the clock of the device or the file is wrong. */
export const earliestTime = '2000-01-01T00:00:00.000Z';
/** Hours that a record may lie ahead of the hub's clock: devices run fast, and files cross the date line. */
export const latestHoursAhead = 24;

/** Rejected rows get this Start time, so that they fall into a partition of the staging table that is never attached. */
export const rejectedPartition = '197001';

export interface FileShape {
  columns: readonly (string | null)[];
  delimiter: Delimiter;
}

/** The structure for the engine's `file` function: every field as text, and one place to see that a row is too long. */
export function fileStructure({ columns }: FileShape): string {
  const fields = columns.map((name, index) => (index === columns.length - 1 ? `${fieldOf(name, index)} Nullable(String)` : `${fieldOf(name, index)} String`));
  return [...fields, 'c_beyond Nullable(String)'].join(', ');
}

/** A row with a wrong number of columns is accepted here and judged in SQL, with its number; broken quotes go to the errors file. */
export function readSettings({ delimiter }: FileShape, errorsPath: string): string {
  return [
    `format_csv_delimiter = '${delimiter === '\t' ? '\\t' : delimiter}'`,
    'input_format_csv_skip_first_lines = 1',
    'input_format_csv_allow_variable_number_of_columns = 1',
    'input_format_csv_skip_trailing_empty_lines = 1',
    'input_format_csv_trim_whitespaces = 0',
    'input_format_csv_empty_as_default = 0',
    'input_format_allow_errors_num = 4000000000',
    `input_format_record_errors_file_path = '${errorsPath.replaceAll("'", "\\'")}'`,
    "errors_output_format = 'CSV'",
    'max_partitions_per_insert_block = 0',
    // Peak memory: 1.6 GB instead of 2.3 for a wide file, at 0.9 of the rate.
    'max_insert_block_size = 65536',
    'min_insert_block_size_rows = 262144',
    'min_insert_block_size_bytes = 134217728',
  ].join(', ');
}

const fieldOf = (name: string | null, index: number): string => (name === null ? `x_${index}` : `c_${name}`);

/** Empty in the sense of the feed: nothing, or "NA". */
const isBlank = (expression: string): string => `${expression} IN ('', 'NA', 'na')`;

function rawOf(shape: FileShape, name: string): string {
  const index = shape.columns.indexOf(name);
  if (index < 0) return "''";
  return index === shape.columns.length - 1 ? `ifNull(c_${name}, '')` : `c_${name}`;
}

// Only dates that begin YYYY-MM-DD: 03/04/2026 means two different days in two countries.
const timeOf = (raw: string): string =>
  `if(length(${raw}) >= 16 AND substring(${raw}, 5, 1) = '-' AND substring(${raw}, 8, 1) = '-', parseDateTime64BestEffortOrNull(${raw}, 3, 'UTC'), NULL)`;

/** What a column's text means: `value` for the table, `fault` when it rejects the row (else 0), `isLost` when it could not be read and is emptied. */
function readColumn(column: CallHistoryColumn, raw: string): { value: string; fault?: string; isLost?: string } {
  const time = timeOf(raw);
  const outside = `multiIf(isNull(${time}), 1, ${time} < {earliest:DateTime64(3, 'UTC')}, 2, ${time} > {latest:DateTime64(3, 'UTC')}, 3, 0)`;
  switch (column.kind) {
    case 'required_time':
      return { value: `ifNull(${time}, toDateTime64(0, 3, 'UTC'))`, fault: `if(${isBlank(raw)}, 4, ${outside})` };
    case 'time':
      return { value: time, fault: `if(${isBlank(raw)}, 0, ${outside})` };
    case 'lenient_time':
      return { value: time, isLost: `isNull(${time}) AND NOT ${isBlank(raw)}` };
    case 'required_count': {
      const number = `toInt64OrNull(${raw})`;
      return {
        value: `toUInt32(ifNull(${number}, 0))`,
        fault: `multiIf(isNull(${number}) OR ${number} > 4294967295, 5, ${number} < 0, 6, 0)`,
      };
    }
    case 'count': {
      const number = `toUInt32OrNull(${raw})`;
      return { value: number, isLost: `isNull(${number}) AND NOT ${isBlank(raw)}` };
    }
    case 'uuid': {
      const uuid = `toUUIDOrNull(${raw})`;
      return { value: `ifNull(${uuid}, toUUID('00000000-0000-0000-0000-000000000000'))`, isLost: `isNull(${uuid}) AND NOT ${isBlank(raw)}` };
    }
    case 'flag': {
      const flag = `multiIf(lower(${raw}) = 'true', true, lower(${raw}) = 'false', false, NULL)`;
      return { value: flag, isLost: `isNull(${flag}) AND NOT ${isBlank(raw)}` };
    }
    case 'word':
    case 'text':
      return { value: raw };
  }
}

interface RowReading {
  /** Each fault by the header it concerns, in file order of importance: a wrong shape first. */
  faults: { header: string; raw: string; code: string }[];
  values: Map<string, string>;
  emptied: string;
}

const wrongShape = 7;
const openQuote = 8;

function readRow(shape: FileShape): RowReading {
  const lastName = shape.columns.at(-1) ?? null;
  const last = fieldOf(lastName, shape.columns.length - 1);
  const texts = shape.columns.map((name, index) => (index === shape.columns.length - 1 ? `ifNull(${last}, '')` : fieldOf(name, index)));
  // A quote that is never closed swallows the lines that follow: a value that holds line breaks and a row's worth of separators.
  const swallowed = `greatest(${texts.map((text) => `length(${text})`).join(', ')}) > 200 AND arrayExists(v -> position(v, '\\n') > 0 AND countSubstrings(v, '${shape.delimiter === '\t' ? '\\t' : shape.delimiter}') >= 20, [${texts.join(', ')}])`;
  const faults = [
    { header: '', raw: "''", code: `if(isNull(${last}) OR isNotNull(c_beyond), ${wrongShape}, 0)` },
    { header: '', raw: "''", code: `if(${swallowed}, ${openQuote}, 0)` },
  ];
  const values = new Map<string, string>();
  const lost: string[] = [];
  for (const column of callHistoryColumns) {
    const raw = rawOf(shape, column.name);
    const read = readColumn(column, raw);
    values.set(column.name, read.value);
    if (read.fault) faults.push({ header: column.header, raw, code: read.fault });
    const bit = lenientColumns.indexOf(column);
    if (read.isLost) lost.push(`if(${read.isLost}, ${2 ** bit}, 0)`);
  }
  // A record without a readable Report ID is known by its whole content, so that the same file twice still changes nothing.
  const report = rawOf(shape, 'report_id');
  const content = `reinterpretAsUUID(sipHash128(${callHistoryColumns.map((column) => rawOf(shape, column.name)).join(', ')}))`;
  values.set('report_id', `if(isNull(toUUIDOrNull(${report})), ${content}, assumeNotNull(toUUIDOrNull(${report})))`);
  return { faults, values, emptied: `toUInt16(${lost.join(' + ')})` };
}

const columnList = callHistoryColumns.map((column) => column.name);

/** One pass over the file into a staging table of the facts' shape. Rows with a fault are staged too, in the rejected partition. */
export function stageStatement(stage: string, shape: FileShape): string {
  const row = readRow(shape);
  const isRejected = row.faults.map((fault) => `(${fault.code}) != 0`).join(' OR ');
  const values = columnList.map((name) => {
    const value = row.values.get(name) as string;
    return name === 'start_time' ? `if(${isRejected}, toDateTime64(0, 3, 'UTC'), ${value})` : value;
  });
  return `INSERT INTO ${stage} (partner_id, batch, emptied, ${columnList.join(', ')})
SELECT {partner:UUID}, {batch:UInt32}, ${row.emptied}, ${values.join(', ')}
FROM @file`;
}

export const reasonOfFault: Record<number, string> = {
  1: 'not_a_time',
  2: 'time_before',
  3: 'time_after',
  4: 'time_required',
  5: 'not_a_whole_number',
  6: 'below_zero',
  [wrongShape]: 'column_count',
  [openQuote]: 'quote_not_closed',
};

/** A second pass, only when rows were rejected: why, where, and the row as it was sent. */
export function rejectedStatement(shape: FileShape): string {
  const row = readRow(shape);
  const pick = (part: (fault: RowReading['faults'][number]) => string): string =>
    `multiIf(${row.faults.map((fault) => `(${fault.code}) != 0, ${part(fault)}`).join(', ')}, '')`;
  const code = `multiIf(${row.faults.map((fault) => `(${fault.code}) != 0, ${fault.code}`).join(', ')}, 0)`;
  const codes = Object.keys(reasonOfFault).join(', ');
  const reasons = Object.values(reasonOfFault).map((reason) => `'${reason}'`).join(', ');
  const record = shape.columns.map((name, index) => {
    const field = fieldOf(name, index);
    return index === shape.columns.length - 1 ? `ifNull(${field}, '')` : field;
  });
  return `INSERT INTO @region.rejected_row (partner_id, batch, file_row, file_line, column, value, reason, detail, record)
SELECT {partner:UUID}, {batch:UInt32},
  _row_number + 1 + arrayCount(e -> e <= _row_number + 1, {errorsBefore:Array(UInt64)}) AS file_row_,
  if({hasLines:UInt8} = 1, file_row_ + 1 + arraySum(arrayMap((r, n) -> if(r < _row_number, n, 0), {breakRows:Array(UInt64)}, {breakCounts:Array(UInt64)})), 0),
  ${pick((fault) => `'${fault.header.replaceAll("'", "\\'")}'`)},
  left(${pick((fault) => fault.raw)}, 500),
  transform(${code}, [${codes}], [${reasons}], ''), '',
  arrayConcat([${record.join(', ')}], if(isNull(c_beyond), [], [assumeNotNull(c_beyond)]))
FROM @file
WHERE ${row.faults.map((fault) => `(${fault.code}) != 0`).join(' OR ')}`;
}

/** Rows whose values hold line breaks, and how many: they move the line numbers of all rows behind them. */
export function lineBreakQuery(shape: FileShape): string {
  const texts = shape.columns.map((name, index) => {
    const field = fieldOf(name, index);
    return index === shape.columns.length - 1 ? `ifNull(${field}, '')` : field;
  });
  const breaks = `arraySum(v -> countSubstrings(v, '\\n'), [${texts.join(', ')}])`;
  return `SELECT _row_number AS file_row, ${breaks} AS line_breaks FROM @file WHERE line_breaks > 0 ORDER BY file_row LIMIT 10000`;
}
