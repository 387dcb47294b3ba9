import type { CallPathLeg } from '@hub/contract/call-path';

/** Of one leg: whose lane it is in, and the lane that it came from. */
export interface LaneStep {
  lane: number;
  from: number | null;
  /** Lanes of which a leg came before, or will come after. */
  above: readonly number[];
  below: readonly number[];
}

/** More take part than there is room for: the rest share the last lane. */
export const mostLanes = 5;

/** A lane for everybody who takes part, in the order of their first leg. */
export function lanesOf(legs: readonly CallPathLeg[]): LaneStep[] {
  const parties = [...new Set(legs.map(partyOf))];
  const lanes = legs.map((leg) => Math.min(parties.indexOf(partyOf(leg)), mostLanes - 1));
  const steps = legs.map((leg, at) => {
    const cause = legs.findIndex(({ reportId }) => reportId === leg.cameFrom);
    const came = lanes[cause];
    return { lane: lanes[at] ?? 0, from: came === undefined || came === lanes[at] ? null : came };
  });
  const touched = steps.map(({ lane, from }) => (from === null ? [lane] : [lane, from]));
  const between = (at: number): number[] => {
    const before = new Set(touched.slice(0, at).flat());
    return [...new Set(touched.slice(at).flat())].filter((lane) => before.has(lane));
  };
  return steps.map((step, at) => ({ ...step, above: between(at), below: between(at + 1) }));
}

const partyOf = ({ role, user, calledNumber, callingNumber, direction }: CallPathLeg): string =>
  [role, user, user === '' ? (direction === 'ORIGINATING' ? callingNumber : calledNumber) : ''].join('\n');
