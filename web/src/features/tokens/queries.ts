import type { TokenId } from '@hub/contract/ids';
import { createToken, listTokens, revokeToken } from '@hub/contract/tokens';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, type Given } from '../../lib/api.ts';

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => call(listTokens, {}, signal),
});

export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Given<typeof createToken>['body']) => call(createToken, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tokenId: TokenId) => call(revokeToken, { params: { tokenId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
}
