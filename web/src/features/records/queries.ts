import { importRecords } from '@hub/contract/record-imports';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { upload } from '../../lib/upload.ts';

/** Looks at a file (isTrial) or takes its good rows in. */
export function useImportRecords() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, isTrial }: { file: File; isTrial: boolean }) =>
      upload(importRecords, { query: { fileName: file.name.slice(-255), isTrial: isTrial ? 'true' : 'false' } }, file),
    onSuccess: ({ isTrial }) => (isTrial ? undefined : client.invalidateQueries()),
  });
}
