import type { ColumnMapping } from '@hub/contract/import-mappings';
import { csvRecords } from '../../../platform/csv/csv-records.ts';
import { HubError } from '../../../platform/hub-error.ts';
import { layoutOf } from '../recognize-file.ts';

/** Throws mapping_skips_all where a mapping leaves no row of a file's beginning. */
export function requireRows(mapping: ColumnMapping, text: string): void {
  const skipped = (mapping.hasHeader ? 1 : 0) + mapping.skipRows;
  if (csvRecords(text, layoutOf(text).delimiter).drop(skipped).next().done === true)
    throw new HubError('mapping_skips_all', { rows: mapping.skipRows });
}
