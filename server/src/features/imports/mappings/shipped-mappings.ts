import type { ColumnMapping, ShippedMapping } from '@hub/contract/import-mappings';
import type { Feed } from '../feeds/feed.ts';
import { mediaQuality } from '../feeds/media-quality.ts';
import { asterisk, cucm } from './presets.ts';

/** Every field of a report from the column that has its name; the hub also knows other names of it (feeds). */
const ownNames = ({ code, columns }: Feed): ColumnMapping => ({
  feed: code,
  hasHeader: true,
  skipRows: 0,
  fields: Object.fromEntries(columns.map(({ name, header }) => [name, { columns: [header] }])),
});

/** The mappings that the hub brings, by what copies of them are called at first. */
export const shippedMappings: Record<ShippedMapping, { name: string; mapping: ColumnMapping }> = {
  webex_media_quality: { name: 'Calling Media Quality', mapping: ownNames(mediaQuality) },
  cisco_unified_cm: cucm,
  asterisk,
};
