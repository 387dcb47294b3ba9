import { type CallingPolicy, changeCallingPolicy, getCallingPolicy } from '@hub/contract/calling-policy';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

export const callingPolicyQuery = queryOptions({
  queryKey: ['calling-policy'],
  queryFn: ({ signal }) => call(getCallingPolicy, {}, signal),
});

/** Every number of quality and of bands follows, so all that is shown is asked anew. */
export function useChangeCallingPolicy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CallingPolicy) => call(changeCallingPolicy, { body }),
    onSuccess: () => client.invalidateQueries(),
  });
}
