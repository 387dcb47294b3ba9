import { byWeek, type Rollup } from './rollup.ts';

const none = "toUUID('00000000-0000-0000-0000-000000000000')";

/** Who a person leg is of: a person, a workspace or a virtual line. Who has no UUID is known by number and name. */
export const userKey = `if(user_uuid = ${none}, sipHash64(user_number, user), sipHash64(user_uuid))`;

/** Person legs of a user at a place on a day. */
export const legRollup: Rollup = {
  table: 'leg_rollup',
  groups: { place_key: 'place_key', user_key: userKey },
  sums: {
    legs: 'toInt64(count())',
    // Σ seconds of the answered ones
    seconds: 'toInt64(sumIf(toUInt64(duration), ifNull(answered, false)))',
  },
  facts: 'is_person',
};

export const legWeekRollup = byWeek(legRollup, 'leg_week_rollup');
