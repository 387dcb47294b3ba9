import { writeFile } from 'node:fs/promises';
import { HubError } from '../../platform/hub-error.ts';
import { type RegionalStore, StoreFault } from '../../platform/regional-store/index.ts';
import type { ConvertedJson } from './convert-json.ts';
import { csvField } from './csv-field.ts';
import { licenseSnapshots } from './feeds/licenses.ts';
import { licenseColumns } from './license-columns.ts';
import type { FileLayout } from './mappings/mapped-shape.ts';
import { type FileShape, fileStructure, readSettings } from './stage-sql.ts';
import { isPlain, type TextForm } from './text-form.ts';
import { transcode } from './transcode.ts';

const columnNames = ['subscription', 'product', 'site', 'assigned'];
const header = columnNames.map((name) => licenseSnapshots.columns.find((column) => column.name === name)?.header ?? '');

/** A list of users as a table of license snapshots; day and organization are asked. Throws what countUserLicenses throws. */
export async function convertUsers(
  store: RegionalStore,
  { from, beside, to }: { from: string; beside: string; to: string },
  { form, ...source }: { fileName: string; form: TextForm; layout: FileLayout },
): Promise<ConvertedJson> {
  const text = isPlain(form) ? from : `${beside}.utf8`;
  if (text !== from) await transcode(from, text, form);
  const records = await countUserLicenses(store, text, to, source);
  const notes: ConvertedJson['notes'] = form.encoding === 'utf-8' ? [] : [{ code: 'utf16', data: {} }];
  return { feed: licenseSnapshots, records, header, columns: columnNames, notes, isTight: false };
}

/**
 * Counts how many users have each license, and writes that as a table of license snapshots: of the users themselves nothing goes on. Throws
 * import_users_broken where a row cannot be told apart, since every number would then be a guess, and import_header_only.
 */
async function countUserLicenses(
  store: RegionalStore,
  from: string,
  to: string,
  { fileName, layout }: { fileName: string; layout: FileLayout },
): Promise<number> {
  const columns = licenseColumns(layout.header);
  const shape: FileShape = {
    feed: licenseSnapshots,
    factors: new Map(),
    columns: layout.header.map(() => null),
    delimiter: layout.delimiter,
    headRecords: layout.linesAbove + 1,
    headLines: layout.linesAbove + layout.headerLines,
    isNumbered: false,
  };
  const last = layout.header.length - 1;
  const counted = columns.map(({ index }) => `countIf(lower(trimBoth(ifNull(x_${index}, ''))) = 'true')`);
  const [found] = await store
    .askFile<{ users: number; broken: number; counts: number[] }>({
      select: `SELECT count() AS users, countIf(isNull(x_${last}) OR isNotNull(c_beyond)) AS broken, [${counted.join(', ')}] AS counts FROM @file`,
      file: { path: from, format: 'CSV', structure: fileStructure(shape) },
      settings: readSettings(shape),
    })
    .catch((cause: unknown) => {
      if (!(cause instanceof StoreFault) || cause.kind !== 'unreadable') throw cause;
      throw new HubError('import_users_broken', { fileName }, { cause });
    });
  if (found === undefined || found.users === 0) throw new HubError('import_header_only', { fileName });
  if (found.broken > 0) throw new HubError('import_users_broken', { fileName });
  const rows = columns.map(({ product, subscription, site }, place) => [
    subscription,
    product,
    site,
    String(found.counts[place] ?? ''),
  ]);
  const lines = [header, ...rows].map((cells) => `${cells.map(csvField).join(',')}\n`);
  await writeFile(to, lines.join(''), { mode: 0o600 });
  return rows.length;
}
