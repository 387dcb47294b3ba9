import type { ReplyOf, RequestOf } from '@hub/contract/endpoint';
import {
  type changeMapping as api,
  type getSavedMapping as draftApi,
  ShippedMapping,
} from '@hub/contract/import-mappings';
import { HubError } from '../../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission, scopePersonOf } from '../../access/index.ts';
import { audit } from '../../audit/index.ts';
import { readPolicy } from '../../statuses/index.ts';
import { layoutOf } from '../recognize-file.ts';
import { draftOf, type SeenColumns, seenColumns } from './file-draft.ts';
import { columnNames, columnsRead, signatureOf } from './file-columns.ts';
import { type FileLayout, mappedShape } from './mapped-shape.ts';
import {
  findCurrentOf,
  findImportsBy,
  findSavedForUpdate,
  getShownMapping,
  insertMapping,
  retireMapping,
} from './mapping-queries.ts';
import { requireText } from './read-head.ts';
import { requireRows } from './require-rows.ts';
import { shippedMappings } from './shipped-mappings.ts';

const shownImports = 20;

/** A saved mapping, or one that the hub brings, as it stands, for changing it. Throws mapping_not_found and import_not_mappable. */
export async function getSavedMapping(
  ctx: Ctx,
  mappingId: RequestOf<typeof draftApi>['params']['mappingId'],
  { head, hasHeader }: RequestOf<typeof draftApi>['body'],
): Promise<ReplyOf<typeof draftApi>> {
  requirePermission(ctx, 'imports.write');
  if (head !== undefined) requireText(head);
  const given = head === undefined ? undefined : (asked: boolean | undefined) => seenColumns(head, asked);
  const code = ShippedMapping.safeParse(mappingId).data;
  return inTenant(ctx, async (tx) => {
    const zone = (await readPolicy(tx, ctx.actor.partnerId)).timeZone;
    if (code !== undefined) {
      const { name, mapping } = shippedMappings[code];
      const seen = given?.(hasHeader) ?? namedColumns(columnsRead(mapping), mapping.hasHeader);
      // Of a file that is given the names tell what is meant; without one the mapping shows its own.
      const draft = draftOf(seen, { zone, own: given === undefined ? mapping : undefined });
      const none = { mapping: null, hasSameColumns: null, imports: [], totalImports: 0 };
      return { ...draft, likeliest: mapping.feed, name, ...none };
    }
    const saved = await findCurrentOf(tx, mappingId);
    if (saved === undefined) throw new HubError('mapping_not_found');
    const { mapping, header, name } = saved;
    const seen = given?.(hasHeader ?? mapping.hasHeader) ?? namedColumns(header, mapping.hasHeader);
    const { imports, total } = await findImportsBy(tx, saved, shownImports);
    return {
      ...draftOf(seen, { zone, own: mapping }),
      name,
      mapping: await getShownMapping(tx, saved.id),
      hasSameColumns:
        given === undefined
          ? null
          : signatureOf(seen.header, seen.hasHeader) === signatureOf(header, mapping.hasHeader),
      imports,
      totalImports: total,
    };
  });
}

/**
 * Saves the next version of a mapping, which takes the place of this one, or a copy of one that the hub brings. Throws mapping_not_found,
 * mapping_outdated where it no longer reads files, mapping_needs_file, and what applying a mapping would.
 */
export async function changeMapping(
  ctx: Ctx,
  mappingId: RequestOf<typeof api>['params']['mappingId'],
  { mapping, head, name }: RequestOf<typeof api>['body'],
): Promise<ReplyOf<typeof api>> {
  requirePermission(ctx, 'imports.write');
  if (head !== undefined) requireText(head);
  const given = head === undefined ? undefined : layoutOf(head);
  const isCopy = ShippedMapping.safeParse(mappingId).success;
  return inTenant(ctx, async (tx) => {
    const before = isCopy ? undefined : await findSavedForUpdate(tx, { id: mappingId, partnerId: ctx.actor.partnerId });
    if (!isCopy && before === undefined) throw new HubError('mapping_not_found');
    if (before?.isCurrent === false) throw new HubError('mapping_outdated');
    const layout = given ?? (before === undefined ? undefined : layoutOfNames(before.header));
    const called = before?.name ?? name;
    if (layout === undefined || called === undefined) throw new HubError('mapping_needs_file');
    mappedShape(mapping, layout);
    if (head !== undefined) requireRows(mapping, head);
    if (before !== undefined) await retireMapping(tx, before.id);
    const id = ctx.clock.id();
    const version = await insertMapping(tx, {
      id,
      partnerId: ctx.actor.partnerId,
      owner: before === undefined ? (scopePersonOf(ctx.actor) ?? null) : before.owner,
      name: called,
      header: layout.header,
      mapping,
      createdBy: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
      at: ctx.clock.now(),
    });
    await audit(tx, ctx, {
      action: before === undefined ? 'imports.copy_mapping' : 'imports.change_mapping',
      target: { kind: 'mapping', id },
      ...(before === undefined ? {} : { before: { name: before.name, mapping: before.mapping } }),
      after: { name: called, version, mapping },
    });
    return getShownMapping(tx, id);
  });
}

/** Columns of which only the names are known. */
const namedColumns = (header: readonly string[], hasHeader: boolean): SeenColumns => ({
  header,
  hasHeader,
  columns: columnNames(hasHeader ? header : undefined, header.length).map((name) => ({
    name,
    samples: [],
    values: [],
    timeForm: null,
  })),
  preset: undefined,
});

const layoutOfNames = (header: readonly string[]): FileLayout => ({
  header,
  delimiter: ',',
  linesAbove: 0,
  headerLines: 1,
});
