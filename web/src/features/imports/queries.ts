import type { ReplyOf, RequestOf } from '@hub/contract/endpoint';
import type { OrgUuid } from '@hub/contract/ids';
import {
  cancelImport,
  correctedRowsLimit,
  correctRejectedRows,
  discardHeldOrganizations,
  discardHeldRows,
  type HeldReason,
  releaseHeldRows,
  getImport,
  getImportUndo,
  type ImportBatch,
  listHeldOrganizations,
  listImports,
  listRejectedRows,
  retryImport,
  undoImport,
} from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { call, type Given } from '../../lib/api.ts';

const pollMilliseconds = 1000;

export const isUnderway = (batch: ImportBatch): boolean => batch.state === 'queued' || batch.state === 'running';

/** Every second while one of them is under way. */
const whileUnderway = ({ state }: { state: { data: ReplyOf<typeof listImports> | undefined } }): number =>
  state.data?.items.some(isUnderway) === true ? pollMilliseconds : 30_000;

/** Newest first over all regions; asked every second while one is under way. Also what the frame watches for toasts. */
export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: ({ signal }) => call(listImports, { query: { limit: 50 } }, signal),
  refetchInterval: whileUnderway,
});

/** What the ledger is narrowed to. */
export type LedgerFilter = Pick<RequestOf<typeof listImports>['query'], 'feed' | 'state' | 'source'>;

export const isNarrowed = ({ feed, state, source }: LedgerFilter): boolean =>
  feed !== undefined || state !== undefined || source !== undefined;

/** Without a filter the list that is there in any case. */
export function ledgerQuery(filter: LedgerFilter) {
  return queryOptions({
    queryKey: isNarrowed(filter) ? ['imports', 'ledger', filter] : ['imports'],
    queryFn: ({ signal }) => call(listImports, { query: { ...filter, limit: 50 } }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: whileUnderway,
  });
}

/** The ones before those, when the person asks for more. */
export function olderImportsQuery(filter: LedgerFilter, first: number | null) {
  return infiniteQueryOptions({
    queryKey: ['imports', 'older', filter, first],
    queryFn: ({ signal, pageParam }) =>
      call(listImports, { query: { ...filter, limit: 100, after: pageParam } }, signal),
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

/** The files of an archive, the last 200 of them, last first. */
export function archiveQuery(archiveId: ImportBatch['id']) {
  return queryOptions({
    queryKey: ['imports', 'archive', archiveId],
    queryFn: ({ signal }) => call(listImports, { query: { archiveId, limit: 200 } }, signal),
    refetchInterval: (query) => (query.state.data?.items.some(isUnderway) === true ? pollMilliseconds : false),
  });
}

export function rejectedQuery(importId: ImportBatch['id']) {
  return infiniteQueryOptions({
    queryKey: ['imports', 'rejected', importId],
    queryFn: ({ signal, pageParam }) =>
      call(
        listRejectedRows,
        { params: { importId }, query: { limit: pageParam === 0 ? 8 : 50, after: pageParam } },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY, // a committed import does not change
  });
}

/** As many as can be corrected at once. */
export function rejectedToCorrectQuery(importId: ImportBatch['id']) {
  return queryOptions({
    queryKey: ['imports', 'rejected', importId, 'to-correct'],
    queryFn: ({ signal }) =>
      call(listRejectedRows, { params: { importId }, query: { limit: correctedRowsLimit, after: 0 } }, signal),
    staleTime: Number.POSITIVE_INFINITY, // a committed import does not change
  });
}

/** The imports that bring rejected rows of this one again, the last 200 of them. */
export function correctionsQuery(importId: ImportBatch['id']) {
  return queryOptions({
    queryKey: ['imports', 'corrections', importId],
    queryFn: ({ signal }) => call(listImports, { query: { corrects: importId, limit: 200 } }, signal),
  });
}

export function useCorrectRows() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ importId, rows }: { importId: ImportBatch['id']; rows: { row: number; value: string }[] }) =>
      call(correctRejectedRows, { params: { importId }, body: { rows } }),
    onSettled: refresh,
  });
}

export interface HeldFilter {
  q: string | undefined;
  region: RegionCode | undefined;
  reason: HeldReason | undefined;
}

/** Most rows first, a page at a time. While another filter is asked, what was found before stays. */
export function heldQuery(filter: HeldFilter) {
  return infiniteQueryOptions({
    queryKey: ['held', 'list', filter],
    queryFn: ({ signal, pageParam }) =>
      call(listHeldOrganizations, { query: { ...filter, limit: 50, after: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

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

/** What undoing would do at this moment; asked when the person asks for it. */
export function undoQuery(importId: ImportBatch['id']) {
  return queryOptions({
    queryKey: ['imports', 'undo', importId],
    queryFn: ({ signal }) => call(getImportUndo, { params: { importId } }, signal),
    gcTime: 0,
    retry: false,
  });
}

/** Every number may be another afterwards. */
export function useUndoImport() {
  const refresh = useRefresh();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (importId: ImportBatch['id']) => call(undoImport, { params: { importId } }),
    onSuccess: () => {
      for (const queryKey of [['usage'], ['legs'], ['freshness'], ['session'], ['customers']])
        void client.invalidateQueries({ queryKey });
    },
    onSettled: refresh,
  });
}

export function useRetryImport() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ importId, given }: { importId: ImportBatch['id']; given?: Given<typeof retryImport>['body'] }) =>
      call(retryImport, { params: { importId }, body: given ?? {} }),
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

/** Of one organization, by its own address; of several that are named, or of all that match. */
export function useDiscardHeld() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (held: readonly HeldKey[] | HeldFilter): Promise<{ rows: number; unavailable: RegionCode[] }> => {
      if (!isNamed(held)) return call(discardHeldOrganizations, { body: { organizations: 'matching', ...held } });
      const [first, ...others] = held;
      if (first !== undefined && others.length === 0)
        return { ...(await call(discardHeldRows, { params: first })), unavailable: [] };
      const sum = { rows: 0, unavailable: [] as RegionCode[] };
      for (let at = 0; at < held.length; at += namedAtOnce) {
        const done = await call(discardHeldOrganizations, {
          body: { organizations: held.slice(at, at + namedAtOnce) },
        });
        sum.rows += done.rows;
        sum.unavailable = [...new Set([...sum.unavailable, ...done.unavailable])];
      }
      return sum;
    },
    onSettled: refresh,
  });
}

interface HeldKey {
  region: RegionCode;
  orgUuid: OrgUuid;
}

const namedAtOnce = 1000; // as many as a request takes
const isNamed = (held: readonly HeldKey[] | HeldFilter): held is readonly HeldKey[] => Array.isArray(held);
