import type { ColumnMapping } from '@hub/contract/import-mappings';
import type { SeenColumns } from './file-draft.ts';
import { columnsRead, placeOf } from './file-columns.ts';

interface Named {
  name: string;
  mapping: ColumnMapping;
}

/** The saved mapping that finds in a file all columns that it reads, by their names; of several the one that reads most. */
export function nearestMapping(saved: readonly Named[], { header, hasHeader }: SeenColumns): Named | undefined {
  if (!hasHeader) return undefined;
  const read = saved.map((named) => ({ named, columns: columnsRead(named.mapping) }));
  const [nearest] = read
    .filter(
      ({ named, columns }) =>
        named.mapping.hasHeader &&
        columns.length > 0 &&
        columns.every((name) => !name.startsWith('#') && placeOf(name, header, header.length) !== undefined),
    )
    .toSorted((a, b) => b.columns.length - a.columns.length);
  return nearest?.named;
}
