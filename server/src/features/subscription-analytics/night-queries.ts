import type { Product } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Parts } from './kpi-parts.ts';

/** Of what a night counted: the header, with every product or not, or a product. */
export type NightKind = 'header' | 'header_of_every_product' | Product;

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
  // Written by saveNight.
  return rows.map((row) => ({ ...row, kind: row.kind as NightKind, parts: row.parts as Parts }));
}

/** By day, what the nights of a region were told of. */
export async function findToldNights(
  tx: TenantTx,
  region: RegionCode,
  from: string,
): Promise<Map<string, { toldOf: string; isBackfilled: boolean }>> {
  const rows = await tx
    .selectFrom('subscription_night')
    .select(['day', 'told_of as toldOf', 'is_backfilled as isBackfilled'])
    .where('region', '=', region)
    .where('kind', '=', 'header')
    .where('day', '>=', from)
    .execute();
  return new Map(rows.map(({ day, ...told }) => [day, told]));
}

/** Instead of what was told of that night before. */
export async function saveNight(
  tx: TenantTx,
  {
    partnerId,
    region,
    day,
    parts,
    isBackfilled,
    toldOf,
  }: {
    partnerId: string;
    region: RegionCode;
    day: string;
    parts: ReadonlyMap<NightKind, Parts>;
    isBackfilled: boolean;
    toldOf: string;
  },
): Promise<void> {
  await tx
    .insertInto('subscription_night')
    .values(
      [...parts].map(([kind, own]) => ({
        partner_id: partnerId,
        region,
        kind,
        day,
        parts: JSON.stringify(own),
        is_backfilled: isBackfilled,
        told_of: toldOf,
      })),
    )
    .onConflict((on) =>
      on.columns(['partner_id', 'region', 'kind', 'day']).doUpdateSet((eb) => ({
        parts: eb.ref('excluded.parts'),
        is_backfilled: eb.ref('excluded.is_backfilled'),
        told_of: eb.ref('excluded.told_of'),
      })),
    )
    .execute();
}
