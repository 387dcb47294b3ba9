import { changeStatusPolicy, getStatusPolicy, type StatusPolicy } from '@hub/contract/status-policy';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

export const statusPolicyQuery = queryOptions({
  queryKey: ['status-policy'],
  queryFn: ({ signal }) => call(getStatusPolicy, {}, signal),
});

/** Statuses of every customer follow, so all that is shown is asked anew. */
export function useChangeStatusPolicy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: StatusPolicy) => call(changeStatusPolicy, { body }),
    onSuccess: () => client.invalidateQueries(),
  });
}
