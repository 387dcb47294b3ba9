import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ReplyOf, RequestOf } from '@hub/contract/endpoint';
import type { ColumnMapping, previewMapping as api, tryMapping as tryApi } from '@hub/contract/import-mappings';
import { RejectReason } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { newTrackingId } from '../../../platform/http/index.ts';
import { inFileOrder, StoreFault } from '../../../platform/regional-store/index.ts';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../../access/index.ts';
import { lenientOf } from '../feeds/feed.ts';
import { getImportRow } from '../import-queries.ts';
import { numberRows } from '../number-rows.ts';
import { ofWholeRow, reasonOf } from '../read-column.ts';
import { layoutOf } from '../recognize-file.ts';
import { spoolPath } from '../spool.ts';
import { type FileShape, fileStructure, previewQuery, readSettings } from '../stage-sql.ts';
import { timeLimits } from '../stage-file.ts';
import { mappedShape } from './mapped-shape.ts';
import { readHead, requireText } from './read-head.ts';

const previewRows = 100;
const shownRows = 10;
const nobody = '00000000-0000-0000-0000-000000000000'; // whose rows they are, and of which days, is asked later
const someDay = '2000-01-01';

interface JudgedRow {
  row: number;
  /** The first that is found, of the row as a whole before those of fields. */
  fault: number;
  /** Of each field by itself. */
  faults: number[];
  emptied: number;
  texts: string[];
}

type Preview = ReplyOf<typeof api>;

/** Reads the first rows of a kept file by a mapping and stores nothing. Throws what applying it would, and region_unavailable. */
export async function previewMapping(ctx: Ctx, importId: string, mapping: ColumnMapping): Promise<Preview> {
  requirePermission(ctx, 'imports.write');
  const row = await inTenant(ctx, (tx) => getImportRow(tx, importId));
  return judgeHead(ctx, await readHead(ctx, row), { mapping, region: row.region as RegionCode, orgUuid: row.org_uuid });
}

/** Reads the first rows of what is given by a mapping, in a region, and stores nothing. Throws what changing it would, and region_unavailable. */
export async function tryMapping(
  ctx: Ctx,
  { head, mapping, region }: RequestOf<typeof tryApi>['body'],
): Promise<Preview> {
  requirePermission(ctx, 'imports.write');
  requireText(head);
  return judgeHead(ctx, head, { mapping, region, orgUuid: null });
}

/** The rows pass through a file of the region that is gone before the answer. */
async function judgeHead(
  ctx: Ctx,
  text: string,
  { mapping, region, orgUuid }: { mapping: ColumnMapping; region: RegionCode; orgUuid: string | null },
): Promise<Preview> {
  const shape = mappedShape(mapping, layoutOf(text));
  const { store } = await regionalScope(ctx, region);
  const path = spoolPath(ctx.dataDir, region, `head-${newTrackingId()}`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { mode: 0o600 });
  const names = shape.feed.columns.filter(({ name }) => mapping.fields[name] !== undefined).map(({ name }) => name);
  try {
    const judge = (from: string, read: FileShape): Promise<JudgedRow[]> =>
      store.askFile({
        select: previewQuery(read, names, previewRows),
        file: { path: from, format: 'CSV', structure: fileStructure(read) },
        settings: { ...readSettings(read), ...inFileOrder },
        parameters: { ...timeLimits(ctx), org: orgUuid ?? nobody, periodFrom: someDay, periodTo: someDay },
      });
    const judged = await judge(path, shape).catch(async (error: unknown) => {
      if (!(error instanceof StoreFault) || error.kind !== 'unreadable') throw error;
      // A quote stands where none can stand: record by record, as the import would.
      await numberRows(path, `${path}.numbered`, shape);
      return judge(`${path}.numbered`, { ...shape, isNumbered: true });
    });
    return previewOf(judged, names, shape);
  } finally {
    await rm(path, { force: true });
    await rm(`${path}.numbered`, { force: true });
  }
}

function previewOf(judged: readonly JudgedRow[], names: readonly string[], { feed, made }: FileShape): Preview {
  const lenient = lenientOf(feed);
  const bits = names.map((name) => lenient.findIndex((column) => column.name === name));
  const isEmptied = ({ emptied }: JudgedRow, index: number): boolean => {
    const bit = bits[index] ?? -1;
    return bit >= 0 && (emptied / 2 ** bit) % 2 >= 1;
  };
  // Where the row's columns are not those of the file, its texts stand anywhere.
  const ofColumns = judged.filter(({ fault }) => !ofWholeRow.has(fault));
  return {
    read: judged.length,
    rejected: judged.filter(({ fault }) => fault !== 0).length,
    fields: names.map((name, index) => {
      const faulty = ofColumns.filter(({ faults }) => faults[index] !== 0);
      const example = faulty[0]?.texts[index] ?? null;
      const isOrderSaid = made?.get(name)?.isOrderSaid === true;
      const reason = RejectReason.safeParse(reasonOf(faulty[0]?.faults[index] ?? 0, example ?? '', isOrderSaid)).data;
      return {
        name,
        rejected: faulty.length,
        reason: reason ?? null,
        example,
        emptied: ofColumns.filter((row) => isEmptied(row, index)).length,
      };
    }),
    rows: judged.slice(0, shownRows).map((row) => ({
      row: row.row,
      values: row.texts.map((value, index) => (value === '' || isEmptied(row, index) ? null : value)),
      rejectedFor: rejectedFor(row, names),
    })),
  };
}

function rejectedFor({ fault, faults }: JudgedRow, names: readonly string[]): string[] | null {
  if (fault === 0) return null;
  return ofWholeRow.has(fault) ? [] : names.filter((_, index) => faults[index] !== 0);
}
