import { HubError } from '../../platform/hub-error.ts';

/** What a file may leave to whoever brings it; without `to` the period is one day. */
export interface GivenFacts {
  orgUuid?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** As the import keeps it. Throws range_invalid. */
export function givenColumns({ orgUuid, from, to }: GivenFacts): {
  org_uuid?: string;
  period_from?: string;
  period_to?: string;
} {
  const [first, last] = [from ?? to, to ?? from];
  if (first !== undefined && last !== undefined && first > last) throw new HubError('range_invalid');
  return {
    ...(orgUuid === undefined ? {} : { org_uuid: orgUuid }),
    ...(first === undefined || last === undefined ? {} : { period_from: first, period_to: last }),
  };
}
