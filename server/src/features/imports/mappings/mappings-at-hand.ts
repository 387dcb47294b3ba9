import { type Ctx, inTenant } from '../../access/index.ts';
import type { ImportRow } from '../import-queries.ts';
import type { MappingsAtHand, NamedMapping } from '../recognize-file.ts';
import { placeOf, signatureOf } from './file-columns.ts';
import type { FileLayout } from './mapped-shape.ts';
import { findMapping, findMappingOf } from './mapping-queries.ts';
import { presetFor } from './presets.ts';

/** The mappings by which the file of an import may be read. */
// oxlint-disable-next-line hub/verb-asks -- a step of a queued import: whoever queued it was asked
export function mappingsAtHand(ctx: Ctx, row: Pick<ImportRow, 'mapping_id'>): MappingsAtHand {
  const saved = (signature: string): Promise<NamedMapping | undefined> =>
    inTenant(ctx, (tx) => findMappingOf(tx, signature));
  return {
    async ofColumns({ header }) {
      const { mapping_id: id } = row;
      if (id !== null) return inTenant(ctx, (tx) => findMapping(tx, id));
      return saved(signatureOf(header, true));
    },
    async ofOthers(layout) {
      const found = await saved(signatureOf(layout.header, false));
      if (found !== undefined && beginsWithRow(found, layout)) return found;
      const preset = presetFor(layout.header);
      return preset?.isSure === true ? { mapping: preset.mapping, name: preset.name, version: 1 } : undefined;
    },
  };
}

/** A file without names is known by how many columns it has, which is little: its first line must have a time where the mapping has one. */
function beginsWithRow({ mapping }: NamedMapping, { header }: FileLayout): boolean {
  const times = Object.values(mapping.fields).flatMap((source) =>
    'columns' in source && source.conversion?.kind === 'time' ? source.columns.slice(0, 1) : [],
  );
  return times.every((column) => {
    const text = header[placeOf(column, header, header.length) ?? -1] ?? '';
    return text === '' || /\d/.test(text);
  });
}
