import { Button } from '@mantine/core';
import type { ImportBatch } from '@hub/contract/imports';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useCancelImport } from './queries.ts';

/** Ends an import for good, once the person has said so twice. */
export function CancelButton({ batch }: { batch: ImportBatch }) {
  const { t } = useText();
  const [isAsking, setIsAsking] = useState(false);
  const cancel = useCancelImport();
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>{t('imports.cancel')}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('imports.cancel.title', { name: batch.fileName })}
        confirm={t('imports.cancel')}
        keep={t(batch.state === 'failed' ? 'imports.cancel.keepFile' : 'imports.cancel.keep')}
        isBusy={cancel.isPending}
        error={cancel.error}
        onConfirm={() => cancel.mutate(batch.id, { onSuccess: () => setIsAsking(false) })}
        onClose={() => setIsAsking(false)}
      >
        {t('imports.cancel.body')}
      </ConfirmDialog>
    </>
  );
}
