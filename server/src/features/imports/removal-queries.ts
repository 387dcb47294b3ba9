import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';

/** What went: all of an organization, or license snapshots of before a day; nothing of these is said where it is not known. */
export interface Gone {
  orgUuid?: string;
  licensesBefore?: string;
}

/** Rows went beside the imports: no answer from before is remembered any more. In the transaction that tells of their end. */
export async function noteRemoval(
  tx: TenantTx,
  { partnerId, region }: { partnerId: string; region: RegionCode },
  { orgUuid, licensesBefore }: Gone,
): Promise<void> {
  const { removals } = await tx
    .insertInto('region_removal')
    .values({ partner_id: partnerId, region, removals: 1 })
    .onConflict((on) =>
      on.columns(['partner_id', 'region']).doUpdateSet((eb) => ({ removals: eb('region_removal.removals', '+', 1) })),
    )
    .returning('removals')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('removal')
    .values({
      partner_id: partnerId,
      region,
      number: removals,
      org_uuid: orgUuid ?? null,
      licenses_from: licensesBefore ?? null,
    })
    .execute();
}

/** What went with the removals after one, until another, in turn; as many as are known. */
export async function findRemovals(
  tx: TenantTx,
  region: RegionCode,
  { after, until }: { after: number; until: number },
): Promise<(Gone & { number: number })[]> {
  const rows = await tx
    .selectFrom('removal')
    .select(['number', 'org_uuid as orgUuid', 'licenses_from as licensesBefore'])
    .where('region', '=', region)
    .where('number', '>', after)
    .where('number', '<=', until)
    .orderBy('number')
    .execute();
  return rows.map(({ number, orgUuid, licensesBefore }) => ({
    number,
    ...(orgUuid === null ? {} : { orgUuid }),
    ...(licensesBefore === null ? {} : { licensesBefore }),
  }));
}
