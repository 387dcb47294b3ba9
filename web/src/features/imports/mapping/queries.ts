import {
  applyMapping,
  changeMapping,
  type ColumnMapping,
  getMappingDraft,
  getSavedMapping,
  type ImportMapping,
  listMappings,
  previewMapping,
  removeMapping,
  type ShippedMapping,
  tryMapping,
} from '@hub/contract/import-mappings';
import type { ImportBatch } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
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

/** Whose first rows show what a mapping makes of them: a kept file's, or those of the beginning of one that is given. */
export type Tried = { importId: ImportId } | { region: RegionCode; head: string };

/** While another mapping is tried, what the last one gave stays. */
export function previewQuery(of: Tried | undefined, mapping: ColumnMapping, isWhole: boolean) {
  return queryOptions({
    queryKey: ['import-preview', of, mapping],
    queryFn: ({ signal }) => {
      if (of === undefined) throw new Error('There is no file to try.');
      return 'importId' in of
        ? call(previewMapping, { params: of, body: mapping }, signal)
        : call(tryMapping, { body: { ...of, mapping } }, signal);
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    retry: false,
    enabled: isWhole && of !== undefined,
  });
}

type SavedId = ImportMapping['id'] | ShippedMapping;

/** A saved mapping with the columns of its files, or of the file whose beginning is given. */
export function savedMappingQuery(mappingId: SavedId, given: { head?: string; hasHeader?: boolean }) {
  return queryOptions({
    queryKey: ['imports', 'mapping', mappingId, given],
    queryFn: ({ signal }) => call(getSavedMapping, { params: { mappingId }, body: given }, signal),
    staleTime: Number.POSITIVE_INFINITY, // what is being edited stays as it was when it was opened
    gcTime: 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function useChangeMapping(mappingId: SavedId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { mapping: ColumnMapping; head?: string; name?: string }) =>
      call(changeMapping, { params: { mappingId }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: mappingsQuery.queryKey }),
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
