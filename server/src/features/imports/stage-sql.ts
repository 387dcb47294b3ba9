import type { Settings } from '../../platform/regional-store/index.ts';
import type { Delimiter } from './csv-header.ts';
import { type Feed, type FeedColumn, isPeriodic, keyColumn, lenientOf, recordColumns } from './feeds/feed.ts';
import { isKnownWord, textOf } from './mappings/conversion-sql.ts';
import { numberedColumns, swallowedBytes, swallowedSeparators } from './number-rows.ts';
import {
  isBlank,
  openQuote,
  parsedOnce,
  readColumn,
  reasonSql,
  tooLong,
  wordUnknown,
  wrongShape,
} from './read-column.ts';

/** Rejected rows get the time 0, so that they fall into a partition of the staging table that is never attached. */
export const rejectedPartition = '197001';

/** A column of the facts that a mapping makes of the file's own (mapped-shape.ts). */
export interface MadeColumn {
  /** Text as the feed's own reports have it, from the file's columns `x_0` and so on. */
  sql: string;
  /** The column of the file, for whoever looks for a fault. */
  header: string;
  /** The only words that it may have. */
  words?: readonly string[];
  /** The mapping says whether the day or the month comes first in it. */
  isOrderSaid?: boolean;
}

export interface FileShape {
  feed: Feed;
  /** Set where a mapping says what the columns mean; then `columns` holds null for each of the file's. */
  made?: ReadonlyMap<string, MadeColumn>;
  /** Then the places of the columns that make up a record, in an order that no order of the file changes. */
  content?: readonly number[];
  /** By column, what its values are multiplied by to be in the table's unit; absent: 1. */
  factors: ReadonlyMap<string, number>;
  columns: readonly (string | null)[];
  delimiter: Delimiter;
  /** A download of rejected rows: values that a spreadsheet would run have an apostrophe before them, which is none of theirs. */
  isGuarded?: boolean;
  /** What stands before the first data row: the header, and empty lines above it. */
  headRecords: number;
  headLines: number;
  /** Written by numberRows: without a header, each record with its number and line before it. */
  isNumbered: boolean;
  /** No value ends in a space or tab (SpaceEnds). */
  isTight?: boolean;
}

/** The structure in which the engine reads the file: every field as text, and one place to see that a row is too long. */
export function fileStructure({ columns, isNumbered }: FileShape): string {
  const fields = columns.map((name, index) =>
    index === columns.length - 1 ? `${fieldOf(name, index)} Nullable(String)` : `${fieldOf(name, index)} String`,
  );
  return [...(isNumbered ? [numberedColumns] : []), ...fields, 'c_beyond Nullable(String)'].join(', ');
}

/** A row with a wrong number of columns is accepted here and judged in SQL, with its number; a quote out of place stops the reading. */
export function readSettings({ delimiter, headRecords, isNumbered, isTight = false }: FileShape): Settings {
  return {
    format_csv_delimiter: delimiter,
    input_format_csv_allow_whitespace_or_tab_as_delimiter: 1, // else spaces and tabs around a value are no part of it
    input_format_csv_skip_first_lines: isNumbered ? 0 : headRecords,
    input_format_csv_allow_variable_number_of_columns: 1,
    input_format_csv_skip_trailing_empty_lines: 1,
    // With spaces and tabs as above it trims ends alone; told not to, the reader looks at the type of every field again (docs/adr/0024-reading-at-the-engines-rate.md).
    input_format_csv_trim_whitespaces: isTight ? 1 : 0,
    input_format_csv_empty_as_default: 0,
    format_csv_null_representation: 'no text is null', // by default \N would be
    // Its errors file would number rows wrongly behind the first block: a broken file is numbered by numberRows instead.
    input_format_allow_errors_num: 0,
    max_partitions_per_insert_block: 0,
    input_format_null_as_default: 0, // asked for every field otherwise, and nothing is NULL here
    // Several threads that parse count the users of each column's type, a word that they share, and wait for each other at every field: one that
    // parses while another stores takes a tenth less of the processor, and no longer (docs/adr/0024-reading-at-the-engines-rate.md).
    input_format_parallel_parsing: 0,
    // Half the peak memory of blocks as large as the engine would make them; and the smaller the parts, the more of them is stored while the next is parsed.
    max_block_size: 16_384,
    max_insert_block_size: 65_536,
    min_insert_block_size_rows: 131_072,
    min_insert_block_size_bytes: 67_108_864,
  };
}

const fieldOf = (name: string | null, index: number): string => (name === null ? `x_${index}` : `c_${name}`);

const separatorOf = ({ delimiter }: FileShape): string => (delimiter === '\t' ? '\\t' : delimiter);

/** Whether the file says anything of this column of the facts. */
export const hasColumn = ({ columns, made }: FileShape, name: string): boolean =>
  made?.has(name) ?? columns.includes(name);

const headOf = ({ made }: FileShape, { name, header }: FeedColumn): string => {
  const own = made?.get(name)?.header;
  return own === undefined ? textLiteral(header) : textOf(own);
};

function rawOf(shape: FileShape, name: string): string {
  if (shape.made !== undefined) return shape.made.has(name) ? `m_${name}` : "''";
  const index = shape.columns.indexOf(name);
  if (index < 0) return "''";
  return index === shape.columns.length - 1 ? `ifNull(c_${name}, '')` : `c_${name}`;
}

interface RowReading {
  /** Each fault by the header it concerns (SQL), in file order of importance: a wrong shape first. */
  faults: { header: string; raw: string; code: string; field?: string }[];
  values: Map<string, string>;
  emptied: string;
}

/** Characters of a stored text, and of a Location, which is a name in every list. Real values have some 100 at most. */
export const textLimit = 1000;
export const locationLimit = 500;
const recordFieldLimit = 2000; // of a rejected row, as it is shown and downloaded

/** By halves: the engine names an expression by its whole text, and that of a chain would be long. */
function bitsOf(numbers: readonly string[]): string {
  const half = numbers.length >> 1;
  return half === 0 ? (numbers[0] ?? '0') : `bitOr(${bitsOf(numbers.slice(0, half))}, ${bitsOf(numbers.slice(half))})`;
}

/** The bits that occur in the lengths of a row's texts: where one has 2^n bytes or more, the number is 2^n or more. Costs half of what their greatest does. */
const lengthBits = (shape: FileShape): string =>
  `${bitsOf(textsOf(shape).map((text) => `length(${text})`))} AS length_bits`;

/**
 * Whether the test, a lambda, holds for one of the texts, which needs one of more than so many bytes. An array of texts is made of all rows, whatever condition stands
 * before it, and costs a tenth of the reading; inside a lambda over one element or none it is made of the rows that may have such a text.
 */
const someLonger = (bytes: number, test: string, texts: readonly string[], ...beside: string[]): string =>
  `arrayExists(few -> arrayExists(${[test, `[${["repeat('', few)", ...texts].join(', ')}]`, ...beside].join(', ')}), range(length_bits >= ${2 ** Math.floor(Math.log2(bytes + 1))}))`;

/** The fields of a row as texts, none of them NULL. */
const textsOf = ({ columns }: FileShape): string[] =>
  columns.map((name, index) => {
    const field = fieldOf(name, index);
    return index === columns.length - 1 ? `ifNull(${field}, '')` : field;
  });

function readRow(shape: FileShape): RowReading {
  const lastName = shape.columns.at(-1) ?? null;
  const last = fieldOf(lastName, shape.columns.length - 1);
  const swallowed = someLonger(
    swallowedBytes,
    `v -> length(v) > ${swallowedBytes} AND position(v, '\\n') > 0 AND countSubstrings(v, '${separatorOf(shape)}') >= ${swallowedSeparators(shape.columns.length)}`,
    textsOf(shape),
  );
  const faults: RowReading['faults'] = [
    ...(shape.isNumbered ? [{ header: "''", raw: 'n_raw', code: 'n_fault' }] : []),
    { header: "''", raw: "''", code: `if(${swallowed}, ${openQuote}, 0)` },
    { header: "''", raw: "''", code: `if(isNull(${last}) OR isNotNull(c_beyond), ${wrongShape}, 0)` },
  ];
  const values = new Map<string, string>();
  const lost: string[] = [];
  const lenient = lenientOf(shape.feed);
  // The provider writes those of call records plainly, and there are the most of them to look at.
  const mayBeGrouped = shape.made !== undefined || shape.feed.key !== 'report_id';
  for (const column of shape.feed.columns) {
    const given = hasColumn(shape, column.name) ? undefined : givenValues[column.name];
    if (given !== undefined) {
      values.set(column.name, given);
      continue;
    }
    const raw = rawOf(shape, column.name);
    const read = readColumn(column, raw, { factor: shape.factors.get(column.name), mayBeGrouped });
    values.set(column.name, read.value);
    const code = read.fault ?? wordFault(shape, column.name);
    if (code !== undefined) faults.push({ header: headOf(shape, column), raw, code, field: column.name });
    const bit = lenient.indexOf(column);
    if (read.isLost) lost.push(`if(${read.isLost}, ${2 ** bit}, 0)`);
  }
  faults.push(lengthFault(shape));
  if (isPeriodic(shape.feed))
    values.set('period_to', hasColumn(shape, 'period_from') ? (values.get('period_from') ?? '') : '{periodTo:Date}');
  values.set(keyColumn(shape.feed), keyOf(shape, values));
  return { faults, values, emptied: `toUInt32(${lost.length === 0 ? '0' : lost.join(' + ')})` };
}

function wordFault({ made }: FileShape, name: string): string | undefined {
  const words = made?.get(name)?.words;
  return words && `if(${isKnownWord(`m_${name}`, words)}, 0, ${wordUnknown})`;
}

/** What a file does not carry, and whoever brought it said. */
const givenValues: Record<string, string> = { org_uuid: '{org:UUID}', period_from: '{periodFrom:Date}' };

/** The UUID by which a record is known. */
function keyOf(shape: FileShape, values: ReadonlyMap<string, string>): string {
  const { key, columns, code } = shape.feed;
  if (key === 'report_id') {
    // A record without a readable Report ID is known by its whole content, so that the same file twice still changes nothing.
    const report = rawOf(shape, 'report_id');
    const content = `reinterpretAsUUID(sipHash128(${contentOf(shape, columns)}))`;
    return `if(isNull(toUUIDOrNull(${report})), ${content}, assumeNotNull(toUUIDOrNull(${report})))`;
  }
  const isText = (name: string): boolean => !['org_uuid', 'period_from', 'period_to', 'start_time'].includes(name);
  const parts = key.of.map((group) => {
    const [first = ''] = group;
    if (!isText(first)) return values.get(first) ?? '';
    const texts = group.map((name) => rawOf(shape, name));
    return `lowerUTF8(multiIf(${texts.map((text) => `NOT ${isBlank(text)}, ${text}`).join(', ')}, ''))`;
  });
  return `reinterpretAsUUID(sipHash128(${[textLiteral(code), ...parts].join(', ')}))`;
}

/** What makes two records the same where none has an id: all that is read of them. By a mapping: all of the file's own, which other mappings of it share. */
function contentOf(shape: FileShape, columns: readonly FeedColumn[]): string {
  const { content } = shape;
  if (content === undefined) return columns.map((column) => rawOf(shape, column.name)).join(', ');
  const own = content.map((place) => (place === shape.columns.length - 1 ? `ifNull(x_${place}, '')` : `x_${place}`));
  return [hasColumn(shape, 'org_uuid') ? 'm_org_uuid' : '{org:UUID}', ...own].join(', ');
}

const textLiteral = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;

const textKinds: ReadonlySet<string> = new Set(['word', 'text', 'required_word']);

/** A stored text longer than any is: one fault for all columns, looked at closely only in rows that hold something long. */
function lengthFault(shape: FileShape): RowReading['faults'][number] {
  const tests = shape.feed.columns
    .filter(({ name, kind }) => textKinds.has(kind) && hasColumn(shape, name))
    .map((column) => {
      const { name } = column;
      const raw = rawOf(shape, name);
      const limit = name === 'location' ? locationLimit : textLimit;
      return { header: headOf(shape, column), raw, limit, isLong: `lengthUTF8(${raw}) > ${limit}` };
    });
  const isLong = someLonger(
    Math.min(locationLimit, textLimit),
    '(v, most) -> lengthUTF8(v) > most',
    tests.map(({ raw }) => raw),
    `[${[textLimit, ...tests.map(({ limit }) => limit)].join(', ')}]`,
  );
  const pick = (part: (entry: (typeof tests)[number]) => string): string =>
    `multiIf(${tests.map((entry) => `${entry.isLong}, ${part(entry)}, `).join('')}'')`;
  return {
    header: tests.length === 0 ? "''" : pick((entry) => entry.header),
    raw: tests.length === 0 ? "''" : pick((entry) => entry.raw),
    code: `if(${isLong}, ${tooLong}, 0)`,
  };
}

/** The fields without what csvText put before them. */
const unguarded = (shape: FileShape): string[] =>
  shape.columns.map((name, index) => {
    const field = fieldOf(name, index);
    return `if(match(ifNull(${field}, ''), '^\\'[=@+\\t\\r-]'), substring(${field}, 2), ${field}) AS ${field}`;
  });

/** The file's rows with their number and, parsed once, their times; and, judged once, the first fault of each. */
function judgedRows(shape: FileShape, row: RowReading, from = '(SELECT *, @row AS row_index FROM @file)'): string {
  const parsed = shape.feed.columns
    .map((column) => parsedOnce(column, rawOf(shape, column.name)))
    .filter((expression) => expression !== undefined);
  const own = shape.isGuarded === true ? `(SELECT * REPLACE (${unguarded(shape).join(', ')}) FROM ${from})` : from;
  const made = [...(shape.made ?? [])].map(([name, { sql }]) => `${sql} AS m_${name}`);
  const withMade = made.length === 0 ? own : `(SELECT *, ${made.join(', ')} FROM ${own})`;
  return `(SELECT *, ${faultCode(row)} AS fault FROM (SELECT *, ${[lengthBits(shape), ...parsed].join(', ')} FROM ${withMade}))`;
}

/** The first rows as they would be stored: what rejects each as a whole and each field by itself, what would be emptied, and the texts of fields as they are read. */
export function previewQuery(shape: FileShape, names: readonly string[], limit: number): string {
  const row = readRow(shape);
  const ofField = (name: string): string => row.faults.find(({ field }) => field === name)?.code ?? '0';
  const texts = names.map((name) => `leftUTF8(${rawOf(shape, name)}, ${locationLimit})`);
  return `SELECT ${shape.isNumbered ? 'n_row' : 'row_index + 1'} AS row, fault, [${names.map((name) => `toUInt8(${ofField(name)})`).join(', ')}] AS faults,
  ${row.emptied} AS emptied, [${texts.join(', ')}] AS texts
FROM ${judgedRows(shape, row)} ORDER BY row LIMIT ${limit}`;
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

/**
 * One pass over the file into a staging table of the facts' shape. Rows with a fault are staged too, in the rejected partition, with its
 * code in place of what was emptied.
 */
export function stageStatement(stage: string, shape: FileShape): string {
  const row = readRow(shape);
  const { feed } = shape;
  const names = recordColumns(feed);
  const noTime = isPeriodic(feed) ? 'toDate(0)' : "toDateTime64(0, 3, 'UTC')";
  const values = names.map((name) => {
    const value = row.values.get(name) as string;
    return name === feed.time ? `if(fault != 0, ${noTime}, ${value})` : value;
  });
  return `INSERT INTO ${stage} (partner_id, batch, emptied, ${names.join(', ')})
SELECT {partner:UUID}, {batch:UInt32}, if(fault != 0, toUInt32(fault), ${row.emptied}), ${values.join(', ')}
FROM ${judgedRows(shape, row)}`;
}

/** The first fault of a row, 0 without one. */
const faultCode = (row: RowReading): string =>
  `arrayFirst(code -> code != 0, [${row.faults.map((fault) => fault.code).join(', ')}])`;

/** A second pass, only when rows were rejected: why, where, and the row as it was sent. */
export function rejectedStatement(shape: FileShape): string {
  const row = readRow(shape);
  const given = `[${[...shape.columns.map((_, index) => `r_${index}`), ...beyondColumns].join(', ')}]`;
  const found = `if(fault = ${wrongShape} AND isNull(${beyondColumns.at(-1)}), toString(arrayCount(v -> isNotNull(v), ${given})), '')`;
  const pick = (part: (fault: RowReading['faults'][number]) => string): string =>
    `multiIf(${row.faults.map((fault) => `(${fault.code}) != 0, ${part(fault)}`).join(', ')}, '')`;
  const asItCame = `arrayMap(v -> assumeNotNull(v), arrayFilter(v -> isNotNull(v), ${given}))`;
  const sent = `arrayMap(v -> leftUTF8(v, ${recordFieldLimit}), if(fault = ${wrongShape}, ${asItCame}, [${textsOf(shape).join(', ')}]))`;
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
  ${reasonSql(
    'fault',
    pick((fault) => fault.raw),
    pick((fault) => (shape.made?.get(fault.field ?? '')?.isOrderSaid === true ? "'1'" : "''")) + " = '1'",
  )}, ${found},
  ${shape.isNumbered ? `if(n_fault != 0, [n_raw], ${sent})` : sent}
FROM ${judgedRows(shape, row, countedRows(shape))}
WHERE fault != 0`;
}

/** More rows with line breaks are not looked at: rejected rows behind them are listed without a line. */
export const lineBreaksKept = 10_000;

/** Rows whose values hold line breaks, and how many: they move the line numbers of all rows behind them. */
export function lineBreakQuery(shape: FileShape): string {
  const breaks = `arraySum(v -> countSubstrings(v, '\\n'), [${textsOf(shape).join(', ')}])`;
  return `SELECT file_row, line_breaks FROM (SELECT @row AS file_row, ${breaks} AS line_breaks FROM @file) WHERE line_breaks > 0 ORDER BY file_row LIMIT ${lineBreaksKept}`;
}
