import type { ColumnMapping, Conversion, FieldSource } from '@hub/contract/import-mappings';
import { HubError } from '../../../platform/hub-error.ts';
import type { Delimiter } from '../csv-header.ts';
import { feedOf } from '../feeds/all-feeds.ts';
import { callHistory } from '../feeds/call-history.ts';
import type { Feed, FeedColumn } from '../feeds/feed.ts';
import type { FileShape, MadeColumn } from '../stage-sql.ts';
import { convertedText, knownText, textOf } from './conversion-sql.ts';
import { contentPlaces, placeOf } from './file-columns.ts';
import { knownWords } from './known-words.ts';

/** Of a foreign call record: what the numbers of usage are counted by. Ids are made of what there is. */
const neededOfCalls = [
  ['start_time'],
  ['duration'],
  ['answered'],
  ['direction'],
  ['user_type'],
  ['user_number', 'user', 'user_uuid', 'calling_number'],
] as const;

/** Of each group one needs a source. */
export const neededOf = (feed: Feed): readonly (readonly string[])[] =>
  feed === callHistory ? neededOfCalls : feed.needed;

export interface FileLayout {
  /** The first record, whether it names the columns or not. */
  header: readonly string[];
  delimiter: Delimiter;
  /** Lines above it that hold nothing: empty ones, and `sep=;`. */
  linesAbove: number;
  /** Lines of the header itself. */
  headerLines: number;
}

/** How a file is read by a mapping. Throws mapping_field_unknown, mapping_column_unknown and mapping_fields_missing. */
export function mappedShape(mapping: ColumnMapping, layout: FileLayout): FileShape {
  const feed = feedOf(mapping.feed);
  const { header, delimiter, linesAbove, headerLines } = layout;
  const made = new Map<string, MadeColumn>();
  for (const [name, source] of Object.entries(mapping.fields)) {
    const column = feed.columns.find((entry) => entry.name === name);
    if (column === undefined) throw new HubError('mapping_field_unknown', { field: name });
    const read = madeOf(column, source, layout);
    const words = knownWords(feed, name);
    made.set(name, words.length === 0 ? read : { ...read, sql: knownText(read.sql, words), words });
  }
  const missing = neededOf(feed).filter((group) => !group.some((name) => made.has(name)));
  if (missing.length > 0) throw new HubError('mapping_fields_missing', { fields: headsOf(feed, missing) });
  if (feed === callHistory) addIds(made);
  const head = mapping.hasHeader ? 1 : 0;
  return {
    feed,
    factors: new Map(),
    columns: header.map(() => null),
    made,
    content: contentPlaces(header, mapping.hasHeader),
    delimiter,
    headRecords: linesAbove + head + mapping.skipRows,
    headLines: linesAbove + (mapping.hasHeader ? headerLines : 0) + mapping.skipRows,
    isNumbered: false,
  };
}

const headsOf = (feed: Feed, groups: readonly (readonly string[])[]): string =>
  groups
    .map((group) => group.map((name) => feed.columns.find((entry) => entry.name === name)?.header ?? name).join(' / '))
    .join(', ');

function madeOf(column: FeedColumn, source: FieldSource, { header }: FileLayout): MadeColumn {
  if ('value' in source) return { sql: textOf(source.value), header: column.header };
  const raws = source.columns.map((name) => {
    const place = placeOf(name, header, header.length);
    if (place === undefined) throw new HubError('mapping_column_unknown', { column: name });
    return place === header.length - 1 ? `ifNull(x_${place}, '')` : `x_${place}`;
  });
  const [first = "''"] = raws;
  const filled = `arrayFilter(v -> v != '', [${raws.join(', ')}])`;
  // A day and a time in columns of their own are one time.
  const between = column.kind.endsWith('time') || column.kind === 'day' ? ' ' : '-';
  const raw = raws.length === 1 ? `trim(${first})` : `arrayStringConcat(${filled}, '${between}')`;
  return {
    sql: convertedText(column, raw, source.conversion),
    header: source.columns.join(' + '),
    isOrderSaid: saysOrder(source.conversion),
  };
}

const saysOrder = (conversion: Conversion | undefined): boolean =>
  conversion?.kind === 'time' && (conversion.form === 'day_first' || conversion.form === 'month_first');

const organization = (made: ReadonlyMap<string, MadeColumn>): string =>
  made.has('org_uuid') ? 'lower(m_org_uuid)' : 'toString({org:UUID})';

/** Other systems have no UUIDs of persons and calls: they are made of the organization and what names them there, so that the same is always the same. */
function addIds(made: Map<string, MadeColumn>): void {
  const idOf = (name: string, kind: string, others: readonly string[]): void => {
    const own = made.get(name)?.sql;
    const texts = [
      ...(own === undefined ? [] : [own]),
      ...others.filter((other) => made.has(other)).map((other) => `m_${other}`),
    ];
    if (texts.length === 0) return;
    const text = `arrayFirst(v -> v != '', [${texts.join(', ')}])`;
    const isUuid = `isNotNull(toUUIDOrNull(${text}))`;
    const id = `toString(reinterpretAsUUID(sipHash128('${kind}', ${organization(made)}, lowerUTF8(${text}))))`;
    made.set(name, {
      sql: `multiIf(${text} = '', '', ${isUuid}, ${text}, ${id})`,
      header: made.get(name)?.header ?? name,
    });
  };
  idOf('report_id', 'record', []);
  idOf('user_uuid', 'user', ['user_number', 'user', 'calling_number']);
  idOf('correlation_id', 'call', ['call_id', 'local_call_id', 'network_call_id']);
}
