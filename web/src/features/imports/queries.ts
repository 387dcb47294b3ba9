import type { OrgUuid } from '@hub/contract/ids';
import {
  cancelImport,
  discardHeldRows,
  releaseHeldRows,
  getImport,
  type ImportBatch,
  listHeldOrganizations,
  listImports,
  listRejectedRows,
  retryImport,
} from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

const pollMilliseconds = 1000;

export const isUnderway = (batch: ImportBatch): boolean => batch.state === 'queued' || batch.state === 'running';

/** Newest first over all regions; asked every second while one is under way. Also what the frame watches for toasts. */
export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: ({ signal }) => call(listImports, { query: { limit: 50 } }, signal),
  refetchInterval: (query) => (query.state.data?.items.some(isUnderway) === true ? pollMilliseconds : 30_000),
});

/** The ones before those, when the person asks for more. */
export function olderImportsQuery(first: number | null) {
  return infiniteQueryOptions({
    queryKey: ['imports', 'older', first],
    queryFn: ({ signal, pageParam }) => call(listImports, { query: { limit: 100, after: pageParam } }, signal),
    initialPageParam: first ?? 0,
    getNextPageParam: (page) => page.next,
    enabled: false,
  });
}

export function importQuery(importId: ImportBatch['id']) {
  return queryOptions({
    queryKey: ['imports', 'one', importId],
    queryFn: ({ signal }) => call(getImport, { params: { importId } }, signal),
    refetchInterval: (query) =>
      query.state.data !== undefined && isUnderway(query.state.data) ? pollMilliseconds : false,
  });
}

export function rejectedQuery(importId: ImportBatch['id']) {
  return queryOptions({
    queryKey: ['imports', 'rejected', importId],
    queryFn: ({ signal }) => call(listRejectedRows, { params: { importId }, query: { limit: 20 } }, signal),
    staleTime: Number.POSITIVE_INFINITY, // a committed import does not change
  });
}

export const heldQuery = queryOptions({
  queryKey: ['held'],
  queryFn: ({ signal }) => call(listHeldOrganizations, { query: {} }, signal),
});

function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['imports'] }),
      client.invalidateQueries({ queryKey: ['held'] }),
    ]);
}

export function useCancelImport() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (importId: ImportBatch['id']) => call(cancelImport, { params: { importId } }),
    onSettled: refresh,
  });
}

export function useRetryImport() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (importId: ImportBatch['id']) => call(retryImport, { params: { importId } }),
    onSettled: refresh,
  });
}

export function useReleaseHeld() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (params: { region: RegionCode; orgUuid: OrgUuid }) => call(releaseHeldRows, { params }),
    onSettled: refresh,
  });
}

export function useDiscardHeld() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (params: { region: RegionCode; orgUuid: OrgUuid }) => call(discardHeldRows, { params }),
    onSuccess: refresh,
  });
}
