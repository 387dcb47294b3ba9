import type { Conversion } from '@hub/contract/import-mappings';
import type { FeedColumn } from '../feeds/feed.ts';
import { clockSeconds, clockTime, isBlank, numberText } from '../read-column.ts';

/** A text of a person in SQL: as bytes, so that nothing in it means anything to whoever reads the statement. */
export const textOf = (text: string): string => `unhex('${Buffer.from(text).toString('hex')}')`;

const textsOf = (texts: readonly string[]): string => `[${texts.map(textOf).join(', ')}]`;

/** A known word in whatever case as it is known; others stay as they are. */
export const knownText = (text: string, words: readonly string[]): string =>
  `transform(lowerUTF8(trim(${text})), ${textsOf(words.map((word) => word.toLowerCase()))}, ${textsOf(words)}, ${text})`;

/** Whether a text is one of the words, or empty. */
export const isKnownWord = (text: string, words: readonly string[]): string =>
  `(${isBlank(text)} OR has(${textsOf(words)}, ${text}))`;

/** SQL of the text that the field's own reports would have for `raw`; what the conversion does not understand stays as it is, and is judged so. */
export function convertedText(column: FeedColumn, raw: string, conversion: Conversion | undefined): string {
  switch (conversion?.kind) {
    case undefined:
      return raw;
    case 'time':
      return column.kind === 'day' ? dayText(raw, conversion) : timeText(raw, conversion);
    case 'unit':
      return unitText(column, raw, conversion.unit);
    case 'flag': {
      const [listed, others] = conversion.meaning === 'yes' ? ['true', 'false'] : ['false', 'true'];
      const words = conversion.words.map((word) => word.trim().toLowerCase());
      return `if(has(${textsOf(words)}, lowerUTF8(trim(${raw}))), '${listed}', if(trim(${raw}) = '', '', '${others}'))`;
    }
    case 'words': {
      const theirs = conversion.words.map((word) => word.theirs.trim().toLowerCase());
      const ours = conversion.words.map((word) => word.ours);
      return `transform(lowerUTF8(trim(${raw})), ${textsOf(theirs)}, ${textsOf(ours)}, ${raw})`;
    }
  }
}

type TimeConversion = Extract<Conversion, { kind: 'time' }>;

const localTime = '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]{1,9})?)?$';

// Without a zone of its own. What cannot be read so is marked: nobody must read it as a time of UTC.
const localLooking = '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.,]+$';

/** A time without a zone of its own, as that of UTC. What no calendar and no clock of the zone has becomes `otherwise`. */
function utcText(local: string, zone: string, otherwise: string): string {
  const time = `parseDateTime64BestEffortOrNull(replaceOne(${local}, ',', '.'), 3, '${zoneName(zone)}')`;
  const isOfCalendar = `substring(toString(${time}), 1, 16) = replaceOne(substring(${local}, 1, 16), 'T', ' ')`;
  return `if(match(${local}, '${localTime}') AND ifNull(${isOfCalendar}, false), concat(toString(toTimeZone(assumeNotNull(${time}), 'UTC')), 'Z'), ${otherwise})`;
}

/** As the engine's list has it: people may write it in small letters. */
export const zoneName = (zone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;

// Day, month, year, hours, minutes, seconds, half of the day.
const dayAndTime =
  '^([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4}|[0-9]{2})(?:,? +|T)([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9](?:[.,][0-9]{1,9})?))?(?: ?([AaPp])[.]?[Mm][.]?)?$';
const dayAlone = '^([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4}|[0-9]{2})(?:[^0-9]|$)';

/** 31/1/2026, 1/31/2026 or 31/1/26 as 2026-01-31: nothing that is imported is of another century. */
function calendarText(groups: string, form: 'day_first' | 'month_first'): string {
  const [day, month] = form === 'day_first' ? [1, 2] : [2, 1];
  const year = `if(length(${groups}[3]) = 2, concat('20', ${groups}[3]), ${groups}[3])`;
  return `concat(${year}, '-', leftPad(${groups}[${month}], 2, '0'), '-', leftPad(${groups}[${day}], 2, '0'))`;
}

function timeText(raw: string, { form, zone }: TimeConversion): string {
  if (form === 'iso') return utcText(raw, zone, `if(match(${raw}, '${localLooking}'), concat(${raw}, ' ?'), ${raw})`);
  if (form === 'epoch' || form === 'epoch_ms') return epochText(raw, form);
  const groups = `extractGroups(${raw}, '${dayAndTime}')`;
  const half = `lower(${groups}[7])`;
  const hour = `toUInt8OrZero(${groups}[4])`;
  const hourOfDay = `multiIf(${half} = 'p' AND ${hour} < 12, ${hour} + 12, ${half} = 'a' AND ${hour} = 12, 0, ${hour})`;
  const seconds = `if(${groups}[6] = '', '00', ${groups}[6])`;
  const local = `concat(${calendarText(groups, form)}, ' ', leftPad(toString(${hourOfDay}), 2, '0'), ':', ${groups}[5], ':', ${seconds})`;
  const isClock = `(${half} = '' OR ${hour} BETWEEN 1 AND 12)`;
  return `if(match(${raw}, '${dayAndTime}') AND ${isClock}, ${utcText(local, zone, raw)}, ${raw})`;
}

/** 0 is what exchanges write for a call that was not answered. */
function epochText(raw: string, form: 'epoch' | 'epoch_ms'): string {
  const pattern = form === 'epoch' ? '^[0-9]{9,10}([.][0-9]{1,9})?$' : '^[0-9]{12,13}$';
  const milliseconds = form === 'epoch' ? `toInt64(round(toFloat64OrZero(${raw}) * 1000))` : `toInt64OrZero(${raw})`;
  const text = `concat(toString(fromUnixTimestamp64Milli(${milliseconds}, 'UTC')), 'Z')`;
  return `multiIf(match(${raw}, '${pattern}'), ${text}, match(${raw}, '^0([.]0+)?$'), '', ${raw})`;
}

function dayText(raw: string, { form, zone }: TimeConversion): string {
  if (form === 'iso') return `if(match(${raw}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]'), substring(${raw}, 1, 10), ${raw})`;
  if (form === 'epoch' || form === 'epoch_ms') {
    const time = `parseDateTime64BestEffortOrNull(${epochText(raw, form)}, 3, 'UTC')`;
    return `ifNull(toString(toDate(toTimeZone(${time}, '${zoneName(zone)}'))), ${raw})`;
  }
  const groups = `extractGroups(${raw}, '${dayAlone}')`;
  return `if(match(${raw}, '${dayAlone}'), ${calendarText(groups, form)}, ${raw})`;
}

const secondsOf = { milliseconds: 0.001, seconds: 1, minutes: 60, hours: 3600 } as const;

/** In the unit of the field: of counts whole seconds. */
function unitText({ kind }: FeedColumn, raw: string, unit: keyof typeof secondsOf): string {
  const ofField = kind === 'milliseconds' ? 1000 : 1;
  const isWhole = kind === 'count' || kind === 'required_count';
  const text = (seconds: string): string => {
    const value = `${seconds} * ${ofField}`;
    return isWhole ? `toString(toInt64(round(${value})))` : `toString(round(${value}, 3))`;
  };
  const plain = numberText(raw);
  const number = `toFloat64OrZero(${plain}) * ${secondsOf[unit]}`;
  return `multiIf(${isBlank(raw)}, ${raw}, ${plain} != '', ${text(number)}, match(${raw}, '${clockTime}'), ${text(clockSeconds(raw))}, ${raw})`;
}
