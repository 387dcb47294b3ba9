import { acceptInvitation, readInvitation } from '@hub/contract/administrators';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { call, type Given } from '../../lib/api.ts';
import { useEnter } from './queries.ts';

export function invitationQuery(secret: string) {
  return queryOptions({
    queryKey: ['invitation', secret],
    queryFn: ({ signal }) => call(readInvitation, { body: { secret } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: false,
  });
}

export function useAccept() {
  const enter = useEnter();
  return useMutation({
    mutationFn: (body: Given<typeof acceptInvitation>['body']) => call(acceptInvitation, { body }),
    onSuccess: enter,
  });
}
