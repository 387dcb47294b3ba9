import {
  applyMapping,
  type ColumnMapping,
  getMappingDraft,
  type ImportMapping,
  listMappings,
  previewMapping,
  removeMapping,
} from '@hub/contract/import-mappings';
import type { ImportBatch } from '@hub/contract/imports';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';

type ImportId = ImportBatch['id'];

export function draftQuery(importId: ImportId, hasHeader: boolean | undefined) {
  return queryOptions({
    queryKey: ['import-draft', importId, hasHeader],
    queryFn: ({ signal }) =>
      call(
        getMappingDraft,
        { params: { importId }, query: hasHeader === undefined ? {} : { hasHeader: hasHeader ? 'true' : 'false' } },
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY, // the kept file does not change
    placeholderData: keepPreviousData,
  });
}

/** While another mapping is tried, what the last one gave stays. */
export function previewQuery(importId: ImportId, mapping: ColumnMapping, isWhole: boolean) {
  return queryOptions({
    queryKey: ['import-preview', importId, mapping],
    queryFn: ({ signal }) => call(previewMapping, { params: { importId }, body: mapping }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    retry: false,
    enabled: isWhole,
  });
}

export function useApplyMapping(importId: ImportId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; mapping: ColumnMapping }) => call(applyMapping, { params: { importId }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
}

export const mappingsQuery = queryOptions({
  queryKey: ['imports', 'mappings'],
  queryFn: ({ signal }) => call(listMappings, {}, signal),
});

export function useRemoveMapping() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mappingId: ImportMapping['id']) => call(removeMapping, { params: { mappingId } }),
    onSettled: () => client.invalidateQueries({ queryKey: mappingsQuery.queryKey }),
  });
}
