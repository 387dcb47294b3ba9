import type { FeedCode } from '@hub/contract/imports';
import type { ColumnMapping, MappingField } from '@hub/contract/import-mappings';
import { feeds } from '../feeds/all-feeds.ts';
import type { Feed, FeedColumn } from '../feeds/feed.ts';
import { layoutOf } from '../recognize-file.ts';
import { columnNames, placeOf } from './file-columns.ts';
import { firstRows, shortValues } from './first-rows.ts';
import { knownWords } from './known-words.ts';
import { neededOf } from './mapped-shape.ts';
import { type Preset, presetFor } from './presets.ts';
import { isMeasured, suggestMapping } from './suggest-mapping.ts';
import { namesZone, type TimeForm, timeForm } from './time-form.ts';

const sampleRows = 20;
const sampleCharacters = 200;

/** The columns of a file, by the names that mappings use, with values of its first rows where there are any. */
export interface SeenColumns {
  header: readonly string[];
  hasHeader: boolean;
  columns: {
    name: string;
    samples: string[];
    values: string[];
    timeForm: TimeForm | null;
  }[];
  preset: Preset | undefined;
}

export interface FileDraft {
  hasHeader: boolean;
  columns: SeenColumns['columns'];
  feeds: {
    feed: FeedCode;
    fields: MappingField[];
    needed: string[][];
    suggested: ColumnMapping;
    found: number;
  }[];
  likeliest: FeedCode;
  zone: string;
}

/** What the beginning of a file holds. `asked`: whether its first row names the columns, where somebody says so. */
export function seenColumns(text: string, asked: boolean | undefined): SeenColumns {
  const { header, delimiter } = layoutOf(text);
  const preset = presetFor(header);
  const hasHeader = asked ?? preset?.mapping.hasHeader ?? looksLikeHeader(header);
  const names = columnNames(hasHeader ? header : undefined, header.length);
  const rows = firstRows(text, delimiter, hasHeader ? 1 + (preset?.mapping.skipRows ?? 0) : 0);
  const columns = names.map((name, index) => {
    const texts = rows.map((record) => record[index] ?? '');
    const samples = texts.slice(0, sampleRows).map((value) => value.slice(0, sampleCharacters));
    return { name, samples, values: shortValues(texts), timeForm: localForm(samples) };
  });
  return { header, hasHeader, columns, preset };
}

/** What the columns probably mean for each kind of file; for the kind of `own` what that mapping says they mean. */
export function draftOf(
  seen: SeenColumns,
  { zone, own }: { zone: string; own?: ColumnMapping | undefined },
): FileDraft {
  const { header, hasHeader, columns, preset } = seen;
  const suggestedFor = (feed: Feed): ColumnMapping => {
    if (own?.feed === feed.code && own.hasHeader === hasHeader) return own;
    if (preset?.mapping.feed === feed.code && preset.mapping.hasHeader === hasHeader)
      return inZone(preset.mapping, zone);
    return suggestMapping(feed, columns, { hasHeader, zone });
  };
  const drafts = feeds.map((feed) => {
    const suggested = suggestedFor(feed);
    return {
      feed: feed.code,
      fields: feed.columns.map((column) => fieldOf(feed, column)),
      needed: neededOf(feed).map((group) => [...group]),
      suggested,
      found: Object.values(suggested.fields).filter(
        (source) =>
          'columns' in source && source.columns.every((name) => placeOf(name, header, columns.length) !== undefined),
      ).length,
    };
  });
  const [likeliest] = drafts.toSorted((a, b) => shareOf(b) - shareOf(a) || b.found - a.found);
  return {
    hasHeader,
    columns,
    feeds: drafts,
    likeliest: own?.feed ?? preset?.mapping.feed ?? likeliest?.feed ?? 'webex_call_history',
    zone,
  };
}

/** How much of what a feed needs has a source. */
const shareOf = ({ needed, suggested }: FileDraft['feeds'][number]): number =>
  needed.filter((group) => group.some((name) => suggested.fields[name] !== undefined)).length / needed.length;

/** A name stands in few files of calls twice, and none of them is a number. */
const looksLikeHeader = (first: readonly string[]): boolean =>
  first.every((text) => !/^[\d\s:./+-]+$/.test(text) || text === '') && first.some((text) => /\p{L}/u.test(text));

/** Where times name their zone, nothing is to be said of it. */
const localForm = (samples: readonly string[]): TimeForm | null => {
  const form = timeForm(samples);
  return form === undefined || samples.some(namesZone) ? null : form;
};

/** Of a preset the zone is the one thing that nobody knows. */
function inZone(mapping: ColumnMapping, zone: string): ColumnMapping {
  const fields = Object.entries(mapping.fields).map(([name, source]) => {
    if (!('columns' in source) || source.conversion?.kind !== 'time' || source.conversion.form !== 'iso')
      return [name, source];
    return [name, { ...source, conversion: { ...source.conversion, zone } }];
  });
  return { ...mapping, fields: Object.fromEntries(fields) as ColumnMapping['fields'] };
}

function fieldOf(feed: Feed, column: FeedColumn): MappingField {
  const { name, header } = column;
  return { name, header, kind: kindOf(column), words: [...knownWords(feed, name)] };
}

function kindOf(column: FeedColumn): MappingField['kind'] {
  if (isMeasured(column)) return 'duration';
  switch (column.kind) {
    case 'required_time':
    case 'time':
    case 'lenient_time':
      return 'time';
    case 'day':
    case 'flag':
      return column.kind;
    case 'uuid':
      return 'id';
    case 'required_count':
    case 'count':
    case 'seconds':
    case 'milliseconds':
    case 'percent':
    case 'number':
      return 'number';
    case 'required_word':
    case 'word':
    case 'text':
      return 'text';
  }
}
