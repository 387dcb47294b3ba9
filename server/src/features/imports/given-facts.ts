import { HubError } from '../../platform/hub-error.ts';
import { latestHoursAhead } from './read-column.ts';

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

/** A report of the month that runs is given the whole month. In the zone where that ends first it may have ended already. */
function endOfMonth(now: Date): string {
  const there = new Date(now.getTime() + latestHoursAhead * 3_600_000);
  return new Date(Date.UTC(there.getUTCFullYear(), there.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
}

/** As the import keeps it. Throws range_invalid, and range_in_future behind the month of `now`. */
export function givenColumns({ orgUuid, from, to }: GivenFacts, now: Date): GivenColumns {
  const [first, last] = [from ?? to, to ?? from];
  if (first !== undefined && last !== undefined && first > last) throw new HubError('range_invalid');
  const latest = endOfMonth(now);
  if (last !== undefined && last > latest) throw new HubError('range_in_future', { to: last, latest });
  return {
    ...(orgUuid === undefined ? {} : { org_uuid: orgUuid }),
    ...(first === undefined || last === undefined ? {} : { period_from: first, period_to: last }),
  };
}
