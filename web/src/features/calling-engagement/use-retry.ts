import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

/** Asks again whatever of the page has failed: what kept one part from answering mostly kept the others, too. */
export function useRetry(): () => void {
  const client = useQueryClient();
  return useCallback(
    () => void client.refetchQueries({ queryKey: ['engagement'], predicate: ({ state }) => state.status === 'error' }),
    [client],
  );
}
