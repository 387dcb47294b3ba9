import type { Permission } from '@hub/contract/permissions';
import {
  changePartner,
  changePassword,
  changeProfile,
  getSession,
  getSetup,
  listSessions,
  type Session,
  setUp,
  signIn,
  signOut,
  signOutEverywhere,
} from '@hub/contract/sessions';
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { call, type Given, setCsrfToken } from '../../lib/api.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => keepToken(await call(getSession, {}, signal)),
  staleTime: 30_000,
  // Demo data comes and goes by itself: the page follows.
  refetchInterval: (query) =>
    query.state.data?.demo === 'loading' || query.state.data?.demo === 'removing' ? 2000 : false,
  retry: false,
});

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => call(getSetup, {}, signal),
  staleTime: 0,
  retry: false,
});

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => call(listSessions, {}, signal),
});

function keepToken(session: Session): Session {
  setCsrfToken(session.csrfToken);
  return session;
}

/** Who is signed in: the frame has loaded it before any page draws. */
export function useSession(): Session & { may: (permission: Permission) => boolean } {
  const { data } = useSuspenseQuery(sessionQuery);
  return { ...data, may: (permission) => data.permissions.includes(permission) };
}

/** Goes on with another session: whatever was answered to the one before is forgotten. */
export function useEnter(): (session: Session) => void {
  const client = useQueryClient();
  return (session) => {
    client.clear();
    client.setQueryData(sessionQuery.queryKey, keepToken(session));
  };
}

export function useSignIn() {
  const enter = useEnter();
  return useMutation({
    mutationFn: (body: Given<typeof signIn>['body']) => call(signIn, { body }),
    onSuccess: enter,
  });
}

export function useSetUp() {
  const enter = useEnter();
  return useMutation({
    mutationFn: (body: Given<typeof setUp>['body']) => call(setUp, { body }),
    onSuccess: enter,
  });
}

export function useSignOut() {
  return useMutation({ mutationFn: () => call(signOut, {}) });
}

export function useSignOutEverywhere() {
  return useMutation({ mutationFn: () => call(signOutEverywhere, {}) });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Given<typeof changePassword>['body']) => call(changePassword, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
}

export function useChangeProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Given<typeof changeProfile>['body']) => call(changeProfile, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
}

export function useChangePartner() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Given<typeof changePartner>['body']) => call(changePartner, { body }),
    // The partner stands beside its customers, too.
    onSuccess: () => client.invalidateQueries(),
  });
}
