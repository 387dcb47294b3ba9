import { type Ctx, inTenant } from '../../access/index.ts';
import type { ImportRow } from '../import-queries.ts';
import { correctedNumber } from '../reason-heads.ts';
import type { MappingsAtHand, NamedMapping } from '../recognize-file.ts';
import { placeOf, signatureOf } from './file-columns.ts';
import type { FileLayout } from './mapped-shape.ts';
import { findMapping, findMappingOf, findMappingOfImport } from './mapping-queries.ts';
import { presetFor } from './presets.ts';
import { namesZone, timeForm } from './time-form.ts';

/** The mappings by which the file of an import may be read. */
// oxlint-disable-next-line hub/verb-asks -- a step of a queued import: whoever queued it was asked
export function mappingsAtHand(ctx: Ctx, row: Pick<ImportRow, 'mapping_id' | 'created_by'>): MappingsAtHand {
  const saved = (signature: string): Promise<NamedMapping | undefined> =>
    inTenant(ctx, (tx) => findMappingOf(tx, { signature, uploader: row.created_by }));
  return {
    async ofColumns({ header }) {
      const { mapping_id: id } = row;
      if (id !== null) return inTenant(ctx, (tx) => findMapping(tx, id));
      // Corrected rows are read as those were that they correct, whatever has been saved or removed since.
      const number = correctedNumber(header);
      const before =
        number === undefined
          ? undefined
          : await inTenant(ctx, (tx) => findMappingOfImport(tx, { number, uploader: row.created_by }));
      return before ?? saved(signatureOf(header, true));
    },
    async ofOthers(layout) {
      const found = await saved(signatureOf(layout.header, false));
      if (found !== undefined && beginsWithRow(found, layout)) return found;
      const preset = presetFor(layout.header);
      return preset?.isSure === true ? { id: null, mapping: preset.mapping, name: preset.name, version: 1 } : undefined;
    },
  };
}

/** A file without names is known by how many columns it has, which is little: its first line must have a time, in the form in which the mapping reads it, where the mapping has one. */
function beginsWithRow({ mapping }: NamedMapping, { header }: FileLayout): boolean {
  const source = mapping.fields['start_time'] ?? mapping.fields['period_from'];
  if (source === undefined || !('columns' in source)) return false;
  const texts = source.columns.map((column) => header[placeOf(column, header, header.length) ?? -1]?.trim() ?? '');
  const form = timeForm([texts.join(' ')]);
  if (form === undefined) return false;
  if (source.conversion?.kind !== 'time') return form === 'iso' && namesZone(texts.join(' '));
  const { form: read } = source.conversion;
  return form === read || (isOfCalendar(form) && isOfCalendar(read));
}

const isOfCalendar = (form: string): boolean => form === 'day_first' || form === 'month_first';
