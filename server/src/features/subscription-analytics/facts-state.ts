import type { Ctx } from '../access/index.ts';
import type { FactsQuestion } from './license-state-queries.ts';

/** What an answer of the region's facts alone hangs on, as part of the name under which it is remembered. */
export const factsState = ({ actor }: Ctx, { scope, visible, day }: FactsQuestion): unknown[] => [
  actor.partnerId,
  scope.scopeKey,
  visible.newest,
  visible.version,
  visible.open,
  day,
];
