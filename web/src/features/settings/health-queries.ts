import {
  changeHealthPolicy,
  getHealthPolicy,
  type HealthPolicy,
  previewHealthScores,
} from '@hub/contract/health-score';
import type { RegionCode } from '@hub/contract/regions';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

export const healthPolicyQuery = queryOptions({
  queryKey: ['health-policy'],
  queryFn: ({ signal }) => call(getHealthPolicy, {}, signal),
});

/** Every score follows, so all that is shown is asked anew. */
export function useChangeHealthPolicy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: HealthPolicy) => call(changeHealthPolicy, { body }),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Whose place would be another by weights that are not saved yet. */
export const healthPreviewQuery = (region: RegionCode, policy: HealthPolicy) =>
  queryOptions({
    queryKey: ['health-preview', region, policy],
    queryFn: ({ signal }) => call(previewHealthScores, { query: { region, ...policy } }, signal),
    placeholderData: keepPreviousData,
  });
