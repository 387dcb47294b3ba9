import {
  assignCustomers,
  assignGroups,
  changeAdministratorRole,
  inviteAdministrator,
  listAdministrators,
  listAssignableCustomers,
  removeAdministrator,
  renewInvitation,
  withdrawInvitation,
} from '@hub/contract/administrators';
import { listCustomerGroups } from '@hub/contract/customer-groups';
import type { CustomerId, GroupId, InvitationId, PersonId } from '@hub/contract/ids';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { sessionQuery } from '../sessions/index.ts';
import { call, type Given } from '../../lib/api.ts';

export const administratorsQuery = queryOptions({
  queryKey: ['administrators'],
  queryFn: ({ signal }) => call(listAdministrators, {}, signal),
});

const pageRows = 200;

export function assignableQuery(personId: PersonId, q: string) {
  return infiniteQueryOptions({
    queryKey: ['administrators', 'customers', personId, q],
    queryFn: ({ signal, pageParam }) =>
      call(
        listAssignableCustomers,
        { params: { personId }, query: { offset: pageParam, limit: pageRows, ...(q === '' ? {} : { q }) } },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: (page, pages) => {
      const loaded = pages.reduce((sum, { items }) => sum + items.length, 0);
      return page.items.length === 0 || loaded >= page.total ? null : loaded;
    },
    placeholderData: keepPreviousData,
  });
}

function useListChange() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: administratorsQuery.queryKey, exact: true });
}

export function useInvite() {
  const onSuccess = useListChange();
  return useMutation({
    mutationFn: (body: Given<typeof inviteAdministrator>['body']) => call(inviteAdministrator, { body }),
    onSuccess,
  });
}

export function useRenewInvitation() {
  const onSuccess = useListChange();
  return useMutation({
    mutationFn: (invitationId: InvitationId) => call(renewInvitation, { params: { invitationId } }),
    onSuccess,
  });
}

export function useWithdrawInvitation() {
  const onSuccess = useListChange();
  return useMutation({
    mutationFn: (invitationId: InvitationId) => call(withdrawInvitation, { params: { invitationId } }),
    onSuccess,
  });
}

export function useChangeRole() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given<typeof changeAdministratorRole>) => call(changeAdministratorRole, given),
    onSuccess: async (administrator) => {
      if (administrator.isYou) await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      await client.invalidateQueries({ queryKey: administratorsQuery.queryKey, exact: true });
    },
  });
}

export function useRemove() {
  const onSuccess = useListChange();
  return useMutation({
    mutationFn: (personId: PersonId) => call(removeAdministrator, { params: { personId } }),
    onSuccess,
  });
}

export const groupsQuery = queryOptions({
  queryKey: ['customer-groups'],
  queryFn: ({ signal }) => call(listCustomerGroups, {}, signal),
});

export function useAssignGroups(personId: PersonId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (groupIds: GroupId[]) => call(assignGroups, { params: { personId }, body: { groupIds } }),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: administratorsQuery.queryKey, exact: true });
      await client.resetQueries({ queryKey: ['administrators', 'customers', personId] });
    },
  });
}

/** One request's share of many changes: below the 1,000 that it may carry, small enough to show progress. */
const batchSize = 500;

/** Saves marks a batch at a time and tells each batch that is safe. What fails leaves the batches before it saved. */
export function useAssign(personId: PersonId, onSaved: (saved: readonly CustomerId[]) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (marks: ReadonlyMap<CustomerId, boolean>) => {
      const all = [...marks];
      for (let start = 0; start < all.length; start += batchSize) {
        const batch = all.slice(start, start + batchSize);
        const ids = (isAssigned: boolean) => batch.filter(([, wanted]) => wanted === isAssigned).map(([id]) => id);
        await call(assignCustomers, { params: { personId }, body: { add: ids(true), remove: ids(false) } });
        onSaved(batch.map(([id]) => id));
      }
    },
    onSettled: async () => {
      // From the first page on: assigned customers come first, so the pages have shifted.
      await client.resetQueries({ queryKey: ['administrators', 'customers', personId] });
      await client.invalidateQueries({ queryKey: administratorsQuery.queryKey, exact: true });
    },
  });
}
