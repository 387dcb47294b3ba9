import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../lib/api.ts';

/** What every page asks and changes through. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Without a network a question fails at once, with a sentence and a way to try again, and is asked anew when it is back.
        networkMode: 'always',
        refetchOnReconnect: true,
        staleTime: 10_000,
        refetchOnWindowFocus: true,
        // Once more where nothing answered; a refusal is an answer.
        retry: (count, error) => count < 1 && error instanceof ApiError && error.status === 0,
        retryDelay: 1000,
      },
      // A change never waits for a network: by the time that it came, the person may have thought better of it.
      mutations: { networkMode: 'always' },
    },
  });
}
