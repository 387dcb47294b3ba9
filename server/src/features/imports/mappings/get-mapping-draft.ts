import type { FeedCode } from '@hub/contract/imports';
import type { ColumnMapping, getMappingDraft as api, MappingField } from '@hub/contract/import-mappings';
import type { ReplyOf } from '@hub/contract/endpoint';
import { csvRecords } from '../../../platform/csv/csv-records.ts';
import { type Ctx, inTenant, requirePermission } from '../../access/index.ts';
import { readPolicy } from '../../statuses/index.ts';
import { feeds } from '../feeds/all-feeds.ts';
import type { Feed, FeedColumn } from '../feeds/feed.ts';
import { getImportRow } from '../import-queries.ts';
import { layoutOf } from '../recognize-file.ts';
import { columnNames, placeOf } from './file-columns.ts';
import { neededOf } from './mapped-shape.ts';
import { presetFor } from './presets.ts';
import { readHead } from './read-head.ts';
import { isMeasured, suggestMapping } from './suggest-mapping.ts';

const sampleRows = 20;
const sampleCharacters = 200;

/** What a kept file holds and what its columns probably mean. Throws import_not_mappable. */
export async function getMappingDraft(
  ctx: Ctx,
  importId: string,
  { hasHeader: asked }: { hasHeader?: boolean | undefined },
): Promise<ReplyOf<typeof api>> {
  requirePermission(ctx, 'imports.write');
  const { row, zone } = await inTenant(ctx, async (tx) => ({
    row: await getImportRow(tx, importId),
    zone: (await readPolicy(tx, ctx.actor.partnerId)).timeZone,
  }));
  const text = await readHead(ctx, row);
  const layout = layoutOf(text);
  const preset = presetFor(layout.header);
  const hasHeader = asked ?? preset?.mapping.hasHeader ?? looksLikeHeader(layout.header);
  const names = columnNames(hasHeader ? layout.header : undefined, layout.header.length);
  const samples = firstRows(text, layout.delimiter, hasHeader ? 1 + (preset?.mapping.skipRows ?? 0) : 0);
  const columns = names.map((name, index) => ({
    name,
    samples: samples.map((record) => (record[index] ?? '').slice(0, sampleCharacters)),
  }));
  const ofFeed = (
    feed: Feed,
  ): { feed: FeedCode; fields: MappingField[]; needed: string[][]; suggested: ColumnMapping; found: number } => {
    const isPreset =
      preset !== undefined && preset.mapping.feed === feed.code && preset.mapping.hasHeader === hasHeader;
    const suggested = isPreset ? inZone(preset.mapping, zone) : suggestMapping(feed, columns, { hasHeader, zone });
    return {
      feed: feed.code,
      fields: feed.columns.map(fieldOf),
      needed: neededOf(feed).map((group) => [...group]),
      suggested,
      found: Object.values(suggested.fields).filter(
        (source) =>
          'columns' in source &&
          source.columns.every((name) => placeOf(name, layout.header, names.length) !== undefined),
      ).length,
    };
  };
  const drafts = feeds.map(ofFeed);
  const likeliest =
    preset?.mapping.feed ?? drafts.toSorted((a, b) => shareOf(b) - shareOf(a) || b.found - a.found)[0]?.feed;
  return {
    fileName: row.file_name,
    hasHeader,
    columns,
    feeds: drafts,
    likeliest: likeliest ?? 'webex_call_history',
    zone,
    name: preset?.name ?? nameFrom(row.file_name),
  };
}

/** How much of what a feed needs has a source. */
const shareOf = ({ needed, suggested }: { needed: string[][]; suggested: ColumnMapping }): number =>
  needed.filter((group) => group.some((name) => suggested.fields[name] !== undefined)).length / needed.length;

/** A name stands in few files of calls twice, and none of them is a number. */
const looksLikeHeader = (first: readonly string[]): boolean =>
  first.every((text) => !/^[\d\s:./+-]+$/.test(text) || text === '') && first.some((text) => /\p{L}/u.test(text));

function firstRows(text: string, delimiter: string, skipped: number): string[][] {
  const rows: string[][] = [];
  let at = 0;
  for (const { fields } of csvRecords(text, delimiter)) {
    at += 1;
    if (at <= skipped) continue;
    rows.push(fields);
    if (rows.length === sampleRows) break;
  }
  return rows;
}

/** Of a preset the zone is the one thing that nobody knows. */
function inZone(mapping: ColumnMapping, zone: string): ColumnMapping {
  const fields = Object.entries(mapping.fields).map(([name, source]) => {
    if (!('columns' in source) || source.conversion?.kind !== 'time' || source.conversion.form !== 'iso')
      return [name, source];
    return [name, { ...source, conversion: { ...source.conversion, zone } }];
  });
  return { ...mapping, fields: Object.fromEntries(fields) as ColumnMapping['fields'] };
}

function fieldOf(column: FeedColumn): MappingField {
  const { name, header } = column;
  return { name, header, kind: kindOf(column) };
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

/** `calls_2026-11.csv`: what stays of the next file's name as well. */
function nameFrom(fileName: string): string {
  const words = fileName
    .replace(/^.* \/ /, '')
    .replace(/\.[a-z0-9.]+$/i, '')
    .replaceAll(/[\d_.-]+/g, ' ')
    .trim();
  return (words === '' ? 'Calls' : words).slice(0, 60);
}
