import type { CustomerId, TrialId } from '@hub/contract/ids';
import { changeTrial, listTrials, removeTrial, startTrial, type TrialTerms } from '@hub/contract/trials';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

export function trialsQuery(customerId: CustomerId) {
  return queryOptions({
    queryKey: ['customer', customerId, 'trials'],
    queryFn: ({ signal }) => call(listTrials, { params: { customerId } }, signal),
  });
}

/** Starts a trial, or changes one. */
export function useSaveTrial(customerId: CustomerId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      terms,
      reference,
      changed,
    }: {
      terms: TrialTerms;
      /** Empty: the hub gives one. */
      reference: string;
      changed: { id: TrialId; version: number } | null;
    }) =>
      changed === null
        ? call(startTrial, { params: { customerId }, body: { ...terms, ...(reference === '' ? {} : { reference }) } })
        : call(changeTrial, { params: { trialId: changed.id }, body: { ...terms, version: changed.version } }),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useRemoveTrial() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (trialId: TrialId) => call(removeTrial, { params: { trialId } }),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** As it is at this moment; undefined where somebody has removed it. */
export function useTrialNow(customerId: CustomerId) {
  return async (id: TrialId) => {
    const { items } = await call(listTrials, { params: { customerId } });
    return items.find((trial) => trial.id === id);
  };
}
