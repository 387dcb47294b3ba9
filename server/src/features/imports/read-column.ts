import { lineFaults } from './number-rows.ts';
import type { FeedColumn } from './feeds/feed.ts';

/** A call cannot have begun before hosted calling existed, nor in the future: outside, the clock of the device or the file is wrong. */
export const earliestTime = '2000-01-01T00:00:00.000Z';
/** Hours that a record may lie ahead of the hub's clock: devices run fast, and files cross the date line. */
export const latestHoursAhead = 24;

export const wrongShape = 7;
export const openQuote = lineFaults.openQuote;
export const tooLong = 10;
export const wordUnknown = 12;

/** By the code that a row carries while it is staged. */
const reasonOfFault: Record<number, string> = {
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
  11: 'value_required',
  [wordUnknown]: 'word_unknown',
};

/** A day with a year of two digits: 26.11.23 is read in three ways, so it is told apart from what is no time at all. */
const shortYear = '^[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}([T ,]|$)';

/** In SQL, the reason that a fault of a value is told with; `isOrderSaid`: whether a mapping says what comes first, the day or the month. */
export function reasonSql(fault: string, raw: string, isOrderSaid: string): string {
  const codes = Object.keys(reasonOfFault).join(', ');
  const reasons = Object.values(reasonOfFault).map((reason) => `'${reason}'`);
  return `if(${fault} = 1 AND NOT (${isOrderSaid}) AND match(${raw}, '${shortYear}'), 'year_short', transform(${fault}, [${codes}], [${reasons.join(', ')}], ''))`;
}

/** The same of a value that is at hand. */
export const reasonOf = (fault: number, value: string, isOrderSaid: boolean): string | undefined =>
  reasonOfFault[fault] === 'not_a_time' && !isOrderSaid && new RegExp(shortYear).test(value)
    ? 'year_short'
    : reasonOfFault[fault];

/** Faults of a row that has other columns than its file. */
export const ofWholeRow: ReadonlySet<number> = new Set([wrongShape, openQuote, lineFaults.misplacedQuote]);

/** Empty in the sense of the feeds: nothing, or "NA". */
export const isBlank = (expression: string): string => `${expression} IN ('', 'NA', 'na')`;

// Only dates that begin YYYY-MM-DD: 03/04/2026 means two different days in two countries.
// The engine carries 25:00 over to the next day, takes month 00 for January, an offset of 99 hours as one, and passes over words behind a time.
// One pattern: a test for each part of the time took three times as long, and the reading waited for it.
const timePattern =
  '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]{1,9})?)?[ \\t]*(Z|UTC|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?$';
const timeOf = (raw: string): string =>
  `if(match(${raw}, '${timePattern}'), parseDateTime64BestEffortOrNull(${raw}, 3, 'UTC'), NULL)`;

// What the engine makes of 31 February is not written back as it came.
const dayOf = (raw: string): string =>
  `if(match(${raw}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') AND toString(toDateOrNull(${raw})) = ${raw}, toDateOrNull(${raw}), NULL)`;

/** What is parsed once for a column and then used several times, under its name; undefined where nothing is. */
export function parsedOnce({ name, kind }: FeedColumn, raw: string): string | undefined {
  if (kind === 'day') return `${dayOf(raw)} AS t_${name}`;
  return kind.endsWith('time') ? `${timeOf(raw)} AS t_${name}` : undefined;
}

const plainNumber = '^[0-9]{1,12}([.][0-9]{1,9})?$';

// Of 1,200 and 1.200 nobody knows whether it is a thousand or one and a bit, unless something else of the number tells: a second sign, another length, a 0 before it.
const thousands = '[1-9][0-9]{0,2}';
const spaced = [' ', '\u00a0', '\u202f', "\\'", '’'].map((space) => `(?:${space}[0-9]{3})+`).join('|');
const pointed = `^${thousands}(?:(?:,[0-9]{3}){2,3}|(?:,[0-9]{3}){1,3}[.][0-9]{1,9}|(?:${spaced})(?:[.][0-9]{1,9})?)$`;
const commaed = `^(?:[0-9]{1,12},(?:[0-9]{1,2}|[0-9]{4,9})|(?:0|[0-9]{4,12}),[0-9]{3}|${thousands}(?:(?:[.][0-9]{3}){2,3}|(?:(?:[.][0-9]{3}){1,3}|${spaced}),[0-9]{1,9}))$`;
/** A whole number has no decimals: of it only 1.000, which might be 1, says too little. */
const grouped = `^${thousands}(?:(?:,[0-9]{3}){1,3}|(?:[.][0-9]{3}){2,3}|${spaced})$`;

/** The number as the engine reads it, whatever its decimals and thousands are set apart by; empty where it is none, or might be two. */
export const numberText = (raw: string): string =>
  `multiIf(match(${raw}, '${plainNumber}'), ${raw}, match(${raw}, '${pointed}'), replaceRegexpAll(${raw}, '[^0-9.]+', ''), match(${raw}, '${commaed}'), replaceOne(replaceRegexpAll(${raw}, '[^0-9,]+', ''), ',', '.'), '')`;

/** A whole number without what sets its thousands apart; anything else as it is. */
const wholeText = (raw: string): string =>
  `if(match(${raw}, '${grouped}'), replaceRegexpAll(${raw}, '[^0-9]+', ''), ${raw})`;

const numberOf = (text: string, factor: number): string =>
  `round(toFloat64OrNull(${text})${factor === 1 ? '' : ` * ${factor}`}, 3)`;

export const clockTime = '^([0-9]{1,6}:)?[0-9]{1,6}:[0-5][0-9]([.][0-9]{1,3})?$';
export const clockSeconds = (raw: string): string => {
  const parts = `arrayReverse(splitByChar(':', ${raw}))`;
  return `round(arraySum((v, i) -> toFloat64OrZero(v) * pow(60, i - 1), ${parts}, arrayEnumerate(${parts})), 3)`;
};

/** A number in the table's unit; `factor`: what one of the header's unit is in it. H:MM:SS says its unit itself. */
function measured(kind: FeedColumn['kind'], raw: string, factor: number): string {
  if (kind === 'percent') {
    // No share has thousands: its comma is that of decimals.
    const plain = `replaceOne(replaceRegexpAll(${raw}, '[ \u00a0\u202f%]', ''), ',', '.')`;
    const isPercent = `match(${raw}, '^[0-9]{1,3}([.,][0-9]{1,9})?[ \u00a0\u202f]?%?$')`;
    const percent = `if(${isPercent}, ${numberOf(plain, 1)}, NULL)`;
    return `if(${percent} <= 100, ${percent}, NULL)`;
  }
  const number = numberOf(numberText(raw), factor);
  return kind === 'seconds' ? `if(match(${raw}, '${clockTime}'), ${clockSeconds(raw)}, ${number})` : number;
}

interface ColumnReading {
  /** What one of the header's unit is in that of the table. */
  factor?: number | undefined;
  /** Whether whole numbers may have their thousands set apart. */
  mayBeGrouped: boolean;
}

/** What a column's text means: `value` for the table, `fault` when it rejects the row (else 0), `isLost` when it could not be read and is emptied. */
export function readColumn(
  column: FeedColumn,
  raw: string,
  { factor = 1, mayBeGrouped }: ColumnReading,
): { value: string; fault?: string; isLost?: string } {
  const time = `t_${column.name}`;
  // Sums of what is looked at for all rows: the engine's conditions first take the rows apart that they are asked for, which costs more.
  const outside = `(isNull(${time}) + 2 * ifNull(${time} < {earliest:DateTime64(3, 'UTC')}, 0) + 3 * ifNull(${time} > {latest:DateTime64(3, 'UTC')}, 0))`;
  const isUnreadable = (value: string): string => `isNull(${value}) AND NOT ${isBlank(raw)}`;
  switch (column.kind) {
    case 'required_time':
      return { value: `ifNull(${time}, toDateTime64(0, 3, 'UTC'))`, fault: `${outside} + 3 * (${isBlank(raw)})` };
    case 'day':
      return { value: `ifNull(${time}, toDate(0))`, fault: `${outside} + 3 * (${isBlank(raw)})` };
    case 'time':
      return { value: time, fault: `${outside} * (NOT ${isBlank(raw)})` };
    case 'lenient_time':
      return { value: time, isLost: isUnreadable(time) };
    case 'required_count': {
      const number = `toInt64OrNull(${mayBeGrouped ? wholeText(raw) : raw})`;
      return {
        value: `toUInt32(ifNull(${number}, 0))`,
        fault: `multiIf(isNull(${number}) OR ${number} > 4294967295, 5, ${number} < 0, 6, 0)`,
      };
    }
    case 'count': {
      const number = `toUInt32OrNull(${mayBeGrouped ? wholeText(raw) : raw})`;
      return { value: number, isLost: isUnreadable(number) };
    }
    case 'seconds':
    case 'milliseconds':
    case 'percent':
    case 'number': {
      const number = measured(column.kind, raw, factor);
      return { value: number, isLost: isUnreadable(number) };
    }
    case 'uuid': {
      const uuid = `toUUIDOrNull(${raw})`;
      return { value: `ifNull(${uuid}, toUUID('00000000-0000-0000-0000-000000000000'))`, isLost: isUnreadable(uuid) };
    }
    case 'flag': {
      const flag = `multiIf(lower(${raw}) = 'true', true, lower(${raw}) = 'false', false, NULL)`;
      return { value: flag, isLost: isUnreadable(flag) };
    }
    case 'required_word':
      return { value: raw, fault: `if(${isBlank(raw)}, 11, 0)` };
    case 'word':
    case 'text':
      return { value: raw };
  }
}
