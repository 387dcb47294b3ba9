import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Parts } from './kpi-parts.ts';

/** Of what a night counted: the header, with every product or not, or a product. */
export type NightKind = 'header' | 'header_of_every_product' | string;

export interface Night {
  kind: NightKind;
  day: string;
  parts: Parts;
  isBackfilled: boolean;
}

/** Of these kinds, from a day on, the oldest first. */
export async function findNights(
  tx: TenantTx,
  region: RegionCode,
  { kinds, from }: { kinds: readonly NightKind[]; from: string },
): Promise<Night[]> {
  const rows = await tx
    .selectFrom('subscription_night')
    .select(['kind', 'day', 'parts', 'is_backfilled as isBackfilled'])
    .where('region', '=', region)
    .where(sql<boolean>`kind = any(${kinds}::text[])`)
    .where('day', '>=', from)
    .orderBy('day')
    .execute();
  return rows.map((row) => ({ ...row, parts: row.parts as Parts }));
}
