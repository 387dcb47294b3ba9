import { changeRetention, getRetention, previewRetention, type RetentionChange } from '@hub/contract/retention';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

export const retentionQuery = queryOptions({
  queryKey: ['retention'],
  queryFn: ({ signal }) => call(getRetention, {}, signal),
});

export const usePreviewRetention = () =>
  useMutation({ mutationFn: (rules: RetentionChange[]) => call(previewRetention, { body: { rules } }) });

export function useChangeRetention() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rules: RetentionChange[]) => call(changeRetention, { body: { rules } }),
    onSuccess: (after) => client.setQueryData(retentionQuery.queryKey, after),
  });
}
