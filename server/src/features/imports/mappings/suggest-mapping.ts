import type { ColumnMapping, Conversion, FieldSource } from '@hub/contract/import-mappings';
import { normalHeader } from '../call-history-columns.ts';
import { callHistory } from '../feeds/call-history.ts';
import type { Feed, FeedColumn } from '../feeds/feed.ts';
import { matchHeader } from '../feeds/match-header.ts';

/** How other systems call the columns of a call record; the likeliest first. */
const names: Record<string, readonly string[]> = {
  start_time: [
    'calldate',
    'start',
    'starttime',
    'call start',
    'start date',
    'date/time',
    'datetime',
    'date',
    'time',
    'timestamp',
    'begin',
  ],
  answer_time: ['answer', 'answertime', 'answered at', 'connect time', 'connected'],
  release_time: ['end', 'endtime', 'end time', 'hangup', 'disconnect time', 'stop'],
  duration: [
    'billsec',
    'talk time',
    'talktime',
    'call duration',
    'duration (s)',
    'duration seconds',
    'seconds',
    'length',
    'minutes',
  ],
  calling_number: [
    'src',
    'caller',
    'from',
    'ani',
    'caller number',
    'source',
    'calling',
    'cli',
    'a number',
    'originator',
  ],
  called_number: ['dst', 'callee', 'to', 'dnis', 'dialed number', 'destination', 'called', 'b number', 'number dialed'],
  user_number: ['extension', 'ext', 'user extension', 'src', 'caller', 'from'],
  user: ['user name', 'name', 'agent', 'employee', 'caller name'],
  location: ['site', 'office', 'branch'],
  answered: ['disposition', 'status', 'result', 'call status'],
  call_outcome_reason: ['disposition', 'cause', 'hangup cause', 'result'],
  direction: ['call direction', 'type', 'in/out'],
  call_id: ['uniqueid', 'unique id', 'linkedid', 'callid', 'session id', 'call uuid'],
  inbound_trunk: ['trunk', 'trunk name'],
  device_mac: ['mac', 'mac address'],
  report_id: ['uniqueid', 'unique id', 'record id', 'id'],
};

/** Where nothing in the file tells: a row is a call of the one who calls, and that one is a person. */
const usual: Record<string, string> = { direction: 'ORIGINATING', user_type: 'User' };

/** What a file's columns probably mean for a feed; `columns` by the names that mappings use, each with values of its first rows. */
export function suggestMapping(
  feed: Feed,
  columns: readonly { name: string; samples: readonly string[] }[],
  { hasHeader, zone }: { hasHeader: boolean; zone: string },
): ColumnMapping {
  const fields: Record<string, FieldSource> = {};
  const match = matchHeader(
    feed,
    columns.map(({ name }) => name),
  );
  for (const column of feed.columns) {
    const index = match.columns.indexOf(column.name);
    const found = columns[index >= 0 ? index : byOtherName(column, columns, feed)];
    if (found === undefined) continue;
    const factor = match.factors.get(column.name) ?? 1;
    const conversion = conversionFor(column, found, { zone, factor: index >= 0 ? factor : 1 });
    if (conversion === 'unfit') continue;
    fields[column.name] = { columns: [found.name], ...(conversion === undefined ? {} : { conversion }) };
  }
  if (feed === callHistory) {
    for (const [name, value] of Object.entries(usual)) fields[name] ??= { value };
    const answer = fields['answer_time'];
    if (fields['answered'] === undefined && answer !== undefined && 'columns' in answer)
      fields['answered'] = { columns: answer.columns, conversion: { kind: 'flag', words: ['', '0'], meaning: 'no' } };
  }
  const time = feed.columns.find(({ kind }) => kind === 'required_time' || kind === 'day');
  if (time !== undefined && fields[time.name] === undefined) {
    const found = columns.find(({ samples }) => timeForm(samples) !== undefined);
    const form = found && timeForm(found.samples);
    if (found && form) fields[time.name] = { columns: [found.name], conversion: { kind: 'time', form, zone } };
  }
  return { feed: feed.code, hasHeader, skipRows: 0, fields };
}

function byOtherName(column: FeedColumn, columns: readonly { name: string }[], feed: Feed): number {
  if (feed !== callHistory) return -1;
  const heads = columns.map(({ name }) =>
    normalHeader(name)
      .replace(/ ?[([].*$/, '')
      .replaceAll(/[_.-]+/g, ' '),
  );
  for (const name of names[column.name] ?? []) {
    const index = heads.indexOf(name);
    if (index >= 0) return index;
  }
  return -1;
}

const yesWords = ['answered', 'true', 'yes', 'y', '1', 'connected', 'completed', 'success'];

function conversionFor(
  column: FeedColumn,
  { name, samples }: { name: string; samples: readonly string[] },
  { zone, factor }: { zone: string; factor: number },
): Conversion | undefined | 'unfit' {
  const filled = samples.filter((text) => text.trim() !== '');
  if (column.kind.endsWith('time') || column.kind === 'day') {
    if (filled.length === 0) return undefined;
    const form = timeForm(filled);
    if (form === undefined) return 'unfit';
    return isOwnForm(column, filled, form) ? undefined : { kind: 'time', form, zone };
  }
  if (isMeasured(column)) {
    if (factor !== 1)
      return { kind: 'unit', unit: factor === 60 ? 'minutes' : factor === 3600 ? 'hours' : 'milliseconds' };
    if (/min/.test(normalHeader(name))) return { kind: 'unit', unit: 'minutes' };
    return filled.some((text) => text.includes(':')) ? { kind: 'unit', unit: 'seconds' } : undefined;
  }
  if (column.kind === 'flag' && filled.some((text) => !/^(true|false)$/i.test(text.trim()))) {
    const words = [...new Set(filled.map((text) => text.trim()))].filter((text) =>
      yesWords.includes(text.toLowerCase()),
    );
    return { kind: 'flag', words: words.length > 0 ? words.slice(0, 20) : ['ANSWERED'], meaning: 'yes' };
  }
  return undefined;
}

/** Fields of seconds, also those that call history counts in whole ones. */
export const isMeasured = ({ kind, name }: FeedColumn): boolean =>
  kind === 'seconds' || kind === 'milliseconds' || (kind.endsWith('count') && name.endsWith('duration'));

const isOwnForm = ({ kind }: FeedColumn, samples: readonly string[], form: string): boolean =>
  form === 'iso' && (kind === 'day' ? samples.every((text) => text.length === 10) : samples.every(namesZone));

/** Whether a time says of which zone it is. */
export const namesZone = (text: string): boolean => /(Z|UTC|[+-]\d\d:?\d\d)$/.test(text.trim());

type TimeForm = Extract<Conversion, { kind: 'time' }>['form'];

/** In what form these are times or days; undefined where one of them is none. Of 3/4 nobody knows; the day first is what most of the world writes. */
export function timeForm(samples: readonly string[]): TimeForm | undefined {
  const texts = samples.map((text) => text.trim()).filter((text) => text !== '' && text !== '0');
  if (texts.length === 0) return undefined;
  const all = (pattern: RegExp): boolean => texts.every((text) => pattern.test(text));
  if (all(/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)/)) return 'iso';
  if (all(/^1\d{9}([.]\d+)?$/)) return 'epoch';
  if (all(/^1\d{12}$/)) return 'epoch_ms';
  if (!all(/^\d{1,2}[./-]\d{1,2}[./-]\d{4}/)) return undefined;
  return texts.some((text) => Number(text.split(/[./-]/)[1]) > 12) ? 'month_first' : 'day_first';
}
