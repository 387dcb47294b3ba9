import { changeLowAssignmentRule, getLowAssignmentRule, type LowAssignmentRule } from '@hub/contract/low-assignment';
import type { Product } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import { previewLowAssignment } from '@hub/contract/subscription-analytics';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

export const lowAssignmentRuleQuery = queryOptions({
  queryKey: ['low-assignment-rule'],
  queryFn: ({ signal }) => call(getLowAssignmentRule, {}, signal),
});

/** Cards, sections and marks of low assignment follow, so all that is shown is asked anew. */
export function useChangeLowAssignmentRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: LowAssignmentRule) => call(changeLowAssignmentRule, { body }),
    onSuccess: (_, rule) => {
      client.setQueryData(lowAssignmentRuleQuery.queryKey, rule);
      return client.invalidateQueries();
    },
  });
}

/** Who would be flagged by a rule that is not saved yet. */
export function previewQuery(region: RegionCode, product: Product, { sizeBands, ...rule }: LowAssignmentRule) {
  return queryOptions({
    queryKey: ['low-assignment-preview', region, product, rule, sizeBands],
    queryFn: ({ signal }) =>
      call(previewLowAssignment, { query: { region, product, ...rule, sizeBands: sizeBands.join(',') } }, signal),
    placeholderData: keepPreviousData,
  });
}
