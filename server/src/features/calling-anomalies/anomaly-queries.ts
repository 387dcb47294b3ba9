import type { CallingAnomaly } from '@hub/contract/calling-anomaly';
import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';

/** What the last look at a region was of, and how far the feeds had come. */
export interface Look {
  state: string;
  legsUntil: string | null;
  mediaUntil: string | null;
}

export async function readLook(tx: TenantTx, region: RegionCode): Promise<Look | undefined> {
  return tx
    .selectFrom('calling_anomaly_look')
    .select(['looked_at_state as state', 'legs_until as legsUntil', 'media_until as mediaUntil'])
    .where('region', '=', region)
    .executeTakeFirst();
}

export async function writeLook(tx: TenantTx, partnerId: string, region: RegionCode, look: Look): Promise<void> {
  const row = { looked_at_state: look.state, legs_until: look.legsUntil, media_until: look.mediaUntil };
  await tx
    .insertInto('calling_anomaly_look')
    .values({ partner_id: partnerId, region, ...row })
    .onConflict((on) => on.columns(['partner_id', 'region']).doUpdateSet(row))
    .execute();
}

export interface ToldOf {
  customerId: string;
  anomaly: CallingAnomaly;
}

/** Everything that is told of the region's customers from now on; what is told already is not written. */
export async function writeAnomalies(
  tx: TenantTx,
  partnerId: string,
  region: RegionCode,
  told: readonly ToldOf[],
): Promise<void> {
  const given = sql`unnest(${told.map(({ customerId }) => customerId)}::uuid[], ${told.map(({ anomaly }) => anomaly.kind)}::text[],
    ${told.map(({ anomaly }) => anomaly.since)}::date[], ${told.map(({ anomaly }) => JSON.stringify(anomaly))}::jsonb[]) as given (customer_id, kind, since, told)`;
  await sql`delete from calling_anomaly a using customer c where c.id = a.customer_id and c.region = ${region}
    and not exists (select from ${given} where given.customer_id = a.customer_id and given.kind = a.kind)`.execute(tx);
  // Who went meanwhile is told of nothing.
  await sql`insert into calling_anomaly as a (partner_id, customer_id, kind, since, told)
    select ${partnerId}::uuid, c.id, given.kind, given.since, given.told from ${given} join customer c on c.id = given.customer_id
    on conflict (customer_id, kind) do update set since = excluded.since, told = excluded.told where a.told <> excluded.told`.execute(
    tx,
  );
}
