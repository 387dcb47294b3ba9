import { HubError } from '../../platform/hub-error.ts';

/** What a file may leave to whoever brings it; without `to` the period is one day. */
export interface GivenFacts {
  orgUuid?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export interface GivenColumns {
  org_uuid?: string;
  period_from?: string;
  period_to?: string;
}

/** Whether two requests said the same of their rows. */
export const isGivenAlike = (one: GivenColumns, other: GivenColumns): boolean =>
  one.org_uuid === other.org_uuid && one.period_from === other.period_from && one.period_to === other.period_to;

/** As the import keeps it. Throws range_invalid. */
export function givenColumns({ orgUuid, from, to }: GivenFacts): GivenColumns {
  const [first, last] = [from ?? to, to ?? from];
  if (first !== undefined && last !== undefined && first > last) throw new HubError('range_invalid');
  return {
    ...(orgUuid === undefined ? {} : { org_uuid: orgUuid }),
    ...(first === undefined || last === undefined ? {} : { period_from: first, period_to: last }),
  };
}
