import type { BulkAct } from '@hub/contract/bulk-jobs';
import { lockCustomers, partnerToday } from '../statuses/index.ts';
import {
  judgeRemovals,
  judgeTrials,
  refusePastTrial,
  removeTrials,
  startTrials,
  type TrialVerdict,
} from '../trials/index.ts';
import type { Act, Verdict } from './bulk-act.ts';

type Given = BulkAct & { act: 'start_trial' };

const common = (given: Given): Pick<Act, 'permission' | 'settle' | 'lock' | 'hold'> => ({
  permission: 'subscriptions.write',
  async settle(tx, ctx) {
    refusePastTrial(given, await partnerToday(tx, ctx));
    return given;
  },
  lock: async () => undefined,
  async hold(tx, _, customerIds) {
    await lockCustomers(tx, customerIds);
  },
});

/** Starts the same trial at each. */
export function trialAct(given: Given): Act {
  return {
    ...common(given),
    async judge(tx, ctx, items) {
      const ids = items.map(({ customerId }) => customerId);
      const judged = await judgeTrials(tx, ctx, ids, given);
      return {
        verdicts: judged.map((verdict) => verdictOf(verdict)),
        async apply() {
          await startTrials(tx, ctx, trialsIn(judged), given);
          return {};
        },
      };
    },
  };
}

/** Removes the trials that a job started. */
export function trialUndo(given: Given): Act {
  return {
    ...common(given),
    async judge(tx, ctx, items) {
      // As verdictOf wrote it.
      const started = items.map(({ customerId, before }) => ({ customerId, ...(before as { trialId: string }) }));
      const judged = await judgeRemovals(tx, ctx, started);
      return {
        verdicts: judged.map((verdict) => verdictOf(verdict)),
        async apply() {
          await removeTrials(tx, ctx, trialsIn(judged));
          return {};
        },
      };
    },
  };
}

const trialsIn = <Trial>(judged: readonly TrialVerdict<Trial>[]): Trial[] =>
  judged.flatMap((verdict) => ('trial' in verdict ? [verdict.trial] : []));

function verdictOf(verdict: TrialVerdict<{ id: string }>): Verdict {
  const { customerId } = verdict;
  if ('trial' in verdict) return { customerId, outcome: 'changed', before: { trialId: verdict.trial.id } };
  if ('isGone' in verdict) return { customerId, outcome: 'unchanged' };
  return { customerId, outcome: 'failed', code: verdict.code, data: verdict.data };
}
