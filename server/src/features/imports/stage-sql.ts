import { type CallHistoryColumn, callHistoryColumns, lenientColumns } from './call-history-columns.ts';
import type { Delimiter } from './csv-header.ts';
import type { Settings } from '../../platform/regional-store/index.ts';
import { lineFaults, numberedColumns, swallowedBytes, swallowedSeparators } from './number-rows.ts';

/** A call cannot have begun before hosted calling existed, nor in the future: outside, the clock of the device or the file is wrong. */
export const earliestTime = '2000-01-01T00:00:00.000Z';
/** Hours that a record may lie ahead of the hub's clock: devices run fast, and files cross the date line. */
export const latestHoursAhead = 24;

/** Rejected rows get this Start time, so that they fall into a partition of the staging table that is never attached. */
export const rejectedPartition = '197001';

export interface FileShape {
  columns: readonly (string | null)[];
  delimiter: Delimiter;
  /** What stands before the first data row: the header, and empty lines above it. */
  headRecords: number;
  headLines: number;
  /** Written by numberRows: without a header, each record with its number and line before it. */
  isNumbered: boolean;
}

/** The structure in which the engine reads the file: every field as text, and one place to see that a row is too long. */
export function fileStructure({ columns, isNumbered }: FileShape): string {
  const fields = columns.map((name, index) =>
    index === columns.length - 1 ? `${fieldOf(name, index)} Nullable(String)` : `${fieldOf(name, index)} String`,
  );
  return [...(isNumbered ? [numberedColumns] : []), ...fields, 'c_beyond Nullable(String)'].join(', ');
}

/** A row with a wrong number of columns is accepted here and judged in SQL, with its number; a quote out of place stops the reading. */
export function readSettings({ delimiter, headRecords, isNumbered }: FileShape): Settings {
  return {
    format_csv_delimiter: delimiter,
    input_format_csv_allow_whitespace_or_tab_as_delimiter: 1, // else spaces and tabs around a value are no part of it
    input_format_csv_skip_first_lines: isNumbered ? 0 : headRecords,
    input_format_csv_allow_variable_number_of_columns: 1,
    input_format_csv_skip_trailing_empty_lines: 1,
    input_format_csv_trim_whitespaces: 0,
    input_format_csv_empty_as_default: 0,
    format_csv_null_representation: 'no text is null', // by default \N would be
    // Its errors file would number rows wrongly behind the first block: a broken file is numbered by numberRows instead.
    input_format_allow_errors_num: 0,
    max_partitions_per_insert_block: 0,
    // Peak memory: 1.6 GB instead of 2.3 for a wide file, at 0.9 of the rate.
    max_insert_block_size: 65_536,
    min_insert_block_size_rows: 262_144,
    min_insert_block_size_bytes: 134_217_728,
  };
}

const fieldOf = (name: string | null, index: number): string => (name === null ? `x_${index}` : `c_${name}`);

const separatorOf = ({ delimiter }: FileShape): string => (delimiter === '\t' ? '\\t' : delimiter);

/** Empty in the sense of the feed: nothing, or "NA". */
const isBlank = (expression: string): string => `${expression} IN ('', 'NA', 'na')`;

function rawOf(shape: FileShape, name: string): string {
  const index = shape.columns.indexOf(name);
  if (index < 0) return "''";
  return index === shape.columns.length - 1 ? `ifNull(c_${name}, '')` : `c_${name}`;
}

// Only dates that begin YYYY-MM-DD: 03/04/2026 means two different days in two countries.
// The engine carries 25:00 over to the next day, takes month 00 for January, an offset of 99 hours as one, and passes over words behind a time.
// The form that Webex writes is told without the pattern, which costs a sixth of the reading.
const timePattern =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-5][0-9]([.,][0-9]{1,9})?)?[ \\t]*(Z|UTC|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?$';
const timeOf = (raw: string): string =>
  `if(length(${raw}) >= 16 AND substring(${raw}, 5, 1) = '-' AND substring(${raw}, 8, 1) = '-' AND substring(${raw}, 6, 2) BETWEEN '01' AND '12'
    AND substring(${raw}, 9, 2) BETWEEN '01' AND '31' AND substring(${raw}, 12, 2) BETWEEN '00' AND '23' AND substring(${raw}, 15, 2) BETWEEN '00' AND '59'
    AND ((length(${raw}) = 24 AND endsWith(${raw}, 'Z') AND substring(${raw}, 17, 4) BETWEEN ':00.' AND ':59.' AND substring(${raw}, 20, 1) = '.') OR match(${raw}, '${timePattern}')),
    parseDateTime64BestEffortOrNull(${raw}, 3, 'UTC'), NULL)`;

/** What a column's text means: `value` for the table, `fault` when it rejects the row (else 0), `isLost` when it could not be read and is emptied. */
function readColumn(column: CallHistoryColumn, raw: string): { value: string; fault?: string; isLost?: string } {
  const time = `t_${column.name}`;
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
      return {
        value: `ifNull(${uuid}, toUUID('00000000-0000-0000-0000-000000000000'))`,
        isLost: `isNull(${uuid}) AND NOT ${isBlank(raw)}`,
      };
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
  /** Each fault by the header it concerns (SQL), in file order of importance: a wrong shape first. */
  faults: { header: string; raw: string; code: string }[];
  values: Map<string, string>;
  emptied: string;
}

const wrongShape = 7;
const tooLong = 10;
/** Characters of a stored text, and of a Location, which is a name in every list. Real values have some 100 at most. */
export const textLimit = 1000;
export const locationLimit = 500;
const recordFieldLimit = 2000; // of a rejected row, as it is shown and downloaded
/** Rejected rows keep the code of their fault as Duration in the staging table. */
export const openQuote = lineFaults.openQuote;

function readRow(shape: FileShape): RowReading {
  const lastName = shape.columns.at(-1) ?? null;
  const last = fieldOf(lastName, shape.columns.length - 1);
  const texts = shape.columns.map((name, index) =>
    index === shape.columns.length - 1 ? `ifNull(${last}, '')` : fieldOf(name, index),
  );
  const longest = `greatest(${texts.map((text) => `length(${text})`).join(', ')})`;
  const swallowed = `${longest} > ${swallowedBytes} AND arrayExists(v -> length(v) > ${swallowedBytes} AND position(v, '\\n') > 0 AND countSubstrings(v, '${separatorOf(shape)}') >= ${swallowedSeparators}, [${texts.join(', ')}])`;
  const faults = [
    ...(shape.isNumbered ? [{ header: "''", raw: 'n_raw', code: 'n_fault' }] : []),
    { header: "''", raw: "''", code: `if(${swallowed}, ${openQuote}, 0)` },
    { header: "''", raw: "''", code: `if(isNull(${last}) OR isNotNull(c_beyond), ${wrongShape}, 0)` },
  ];
  const values = new Map<string, string>();
  const lost: string[] = [];
  for (const column of callHistoryColumns) {
    const raw = rawOf(shape, column.name);
    const read = readColumn(column, raw);
    values.set(column.name, read.value);
    if (read.fault) faults.push({ header: textLiteral(column.header), raw, code: read.fault });
    const bit = lenientColumns.indexOf(column);
    if (read.isLost) lost.push(`if(${read.isLost}, ${2 ** bit}, 0)`);
  }
  faults.push(lengthFault(shape, longest));
  // A record without a readable Report ID is known by its whole content, so that the same file twice still changes nothing.
  const report = rawOf(shape, 'report_id');
  const content = `reinterpretAsUUID(sipHash128(${callHistoryColumns.map((column) => rawOf(shape, column.name)).join(', ')}))`;
  values.set('report_id', `if(isNull(toUUIDOrNull(${report})), ${content}, assumeNotNull(toUUIDOrNull(${report})))`);
  return { faults, values, emptied: `toUInt16(${lost.join(' + ')})` };
}

const textLiteral = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;

/** A stored text longer than any is: one fault for all columns, looked at closely only in rows that hold something long. */
function lengthFault(shape: FileShape, longest: string): RowReading['faults'][number] {
  const tests = callHistoryColumns
    .filter(({ name, kind }) => (kind === 'word' || kind === 'text') && shape.columns.includes(name))
    .map(({ name, header }) => {
      const raw = rawOf(shape, name);
      return { header, raw, isLong: `lengthUTF8(${raw}) > ${name === 'location' ? locationLimit : textLimit}` };
    });
  const isLong = `${longest} > ${locationLimit} AND arrayExists(l -> l, [${['false', ...tests.map((entry) => entry.isLong)].join(', ')}])`;
  const pick = (part: (entry: (typeof tests)[number]) => string): string =>
    `multiIf(${tests.map((entry) => `${entry.isLong}, ${part(entry)}, `).join('')}'')`;
  return {
    header: tests.length === 0 ? "''" : pick((entry) => textLiteral(entry.header)),
    raw: tests.length === 0 ? "''" : pick((entry) => entry.raw),
    code: `if(${isLong}, ${tooLong}, 0)`,
  };
}

/** The file's rows with their number and, parsed once, their times; and, judged once, the first fault of each. */
function judgedRows(shape: FileShape, row: RowReading, from = '(SELECT *, @row AS row_index FROM @file)'): string {
  const times = callHistoryColumns.filter((column) => column.kind.endsWith('time'));
  const parsed = times.map((column) => `${timeOf(rawOf(shape, column.name))} AS t_${column.name}`);
  return `(SELECT *, ${faultCode(row)} AS fault FROM (SELECT *, ${parsed.join(', ')} FROM ${from}))`;
}

/** As many columns beyond the header are counted, one by one. */
const countedBeyond = 32;
const beyondColumns = Array.from({ length: countedBeyond }, (_, index) => `b_${index}`);

/** The structure of the second pass: what a row lacks is NULL and what it has too much is read, so that its columns can be counted. */
export function countingStructure({ columns, isNumbered }: FileShape): string {
  const fields = [...columns.map((_, index) => `r_${index}`), ...beyondColumns].map(
    (name) => `${name} Nullable(String)`,
  );
  return [...(isNumbered ? [numberedColumns] : []), ...fields].join(', ');
}

/** The rows of that structure as the first pass reads them. */
function countedRows(shape: FileShape): string {
  const fields = shape.columns.map((name, index) => {
    const isLast = index === shape.columns.length - 1;
    return `${isLast ? `r_${index}` : `ifNull(r_${index}, '')`} AS ${fieldOf(name, index)}`;
  });
  return `(SELECT *, ${fields.join(', ')}, b_0 AS c_beyond, @row AS row_index FROM @file)`;
}

const columnList = callHistoryColumns.map((column) => column.name);

/** One pass over the file into a staging table of the facts' shape. Rows with a fault are staged too, in the rejected partition. */
export function stageStatement(stage: string, shape: FileShape): string {
  const row = readRow(shape);
  const values = columnList.map((name) => {
    const value = row.values.get(name) as string;
    if (name === 'start_time') return `if(fault != 0, toDateTime64(0, 3, 'UTC'), ${value})`;
    return name === 'duration' ? `if(fault != 0, fault, ${value})` : value;
  });
  return `INSERT INTO ${stage} (partner_id, batch, emptied, ${columnList.join(', ')})
SELECT {partner:UUID}, {batch:UInt32}, ${row.emptied}, ${values.join(', ')}
FROM ${judgedRows(shape, row)}`;
}

/** The first fault of a row, 0 without one. */
const faultCode = (row: RowReading): string =>
  `multiIf(${row.faults.map((fault) => `(${fault.code}) != 0, ${fault.code}`).join(', ')}, 0)`;

export const reasonOfFault: Record<number, string> = {
  1: 'not_a_time',
  2: 'time_before',
  3: 'time_after',
  4: 'time_required',
  5: 'not_a_whole_number',
  6: 'below_zero',
  [wrongShape]: 'column_count',
  [openQuote]: 'quote_not_closed',
  [lineFaults.misplacedQuote]: 'quote_misplaced',
  [tooLong]: 'too_long',
};

/** A second pass, only when rows were rejected: why, where, and the row as it was sent. */
export function rejectedStatement(shape: FileShape): string {
  const row = readRow(shape);
  const given = `[${[...shape.columns.map((_, index) => `r_${index}`), ...beyondColumns].join(', ')}]`;
  const found = `if(fault = ${wrongShape} AND isNull(${beyondColumns.at(-1)}), toString(arrayCount(v -> isNotNull(v), ${given})), '')`;
  const pick = (part: (fault: RowReading['faults'][number]) => string): string =>
    `multiIf(${row.faults.map((fault) => `(${fault.code}) != 0, ${part(fault)}`).join(', ')}, '')`;
  const codes = Object.keys(reasonOfFault).join(', ');
  const reasons = Object.values(reasonOfFault)
    .map((reason) => `'${reason}'`)
    .join(', ');
  const record = shape.columns.map((name, index) => {
    const field = fieldOf(name, index);
    return index === shape.columns.length - 1 ? `ifNull(${field}, '')` : field;
  });
  const sent = `arrayMap(v -> leftUTF8(v, ${recordFieldLimit}), arrayConcat([${record.join(', ')}], if(isNull(c_beyond), [], [assumeNotNull(c_beyond)])))`;
  const breaksBefore =
    'arraySum(arrayMap((r, n) -> if(r < row_index, n, 0), {breakRows:Array(UInt64)}, {breakCounts:Array(UInt64)}))';
  const line = shape.isNumbered
    ? 'n_line'
    : `if(row_index < {lineLimit:UInt64}, row_index + 1 + ${shape.headLines} + ${breaksBefore}, 0)`;
  return `INSERT INTO @region.rejected_row (partner_id, batch, file_row, file_line, column, value, reason, detail, record)
SELECT {partner:UUID}, {batch:UInt32},
  ${shape.isNumbered ? 'n_row' : 'row_index + 1'},
  ${line},
  ${pick((fault) => fault.header)},
  left(if(fault = ${wrongShape}, arrayStringConcat(${given}, '${separatorOf(shape)}'), ${pick((fault) => fault.raw)}), 500),
  transform(fault, [${codes}], [${reasons}], ''), ${found},
  ${shape.isNumbered ? `if(n_fault != 0, [n_raw], ${sent})` : sent}
FROM ${judgedRows(shape, row, countedRows(shape))}
WHERE fault != 0`;
}

/** More rows with line breaks are not looked at: rejected rows behind them are listed without a line. */
export const lineBreaksKept = 10_000;

/** Rows whose values hold line breaks, and how many: they move the line numbers of all rows behind them. */
export function lineBreakQuery(shape: FileShape): string {
  const texts = shape.columns.map((name, index) => {
    const field = fieldOf(name, index);
    return index === shape.columns.length - 1 ? `ifNull(${field}, '')` : field;
  });
  const breaks = `arraySum(v -> countSubstrings(v, '\\n'), [${texts.join(', ')}])`;
  return `SELECT file_row, line_breaks FROM (SELECT @row AS file_row, ${breaks} AS line_breaks FROM @file) WHERE line_breaks > 0 ORDER BY file_row LIMIT ${lineBreaksKept}`;
}
