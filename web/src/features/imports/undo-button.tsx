import { Button } from '@mantine/core';
import type { ImportBatch, ImportUndo } from '@hub/contract/imports';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '../../lib/error-text.ts';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { undoQuery, useUndoImport } from './queries.ts';

/** Takes an import back, once the person has seen how many rows go and come back; or says why that cannot be. */
export function UndoButton({ batch }: { batch: ImportBatch }) {
  const { t, f } = useText();
  const [isAsking, setIsAsking] = useState(false);
  const { data, error, isFetching } = useQuery({ ...undoQuery(batch.id), enabled: isAsking });
  const undo = useUndoImport();
  const number = `B-${batch.number}`;
  const close = (): void => {
    setIsAsking(false);
    undo.reset();
  };
  return (
    <div className="stack">
      <div>
        <Button loading={isAsking && isFetching} onClick={() => setIsAsking(true)}>
          {t('batch.undo')}
        </Button>
      </div>
      {isAsking && data !== undefined && data.refusal !== null ? (
        <div className="inline-error" role="alert">
          <Glyph name="failed" />
          <p className="wrap">{problemText(data.refusal, t, f)}</p>
        </div>
      ) : null}
      <InlineError error={error} />
      <ConfirmDialog
        isOpen={isAsking && !isFetching && data !== undefined && data.refusal === null}
        title={t('batch.undo.title', { number })}
        confirm={t('batch.undo')}
        keep={t('batch.undo.keep')}
        isBusy={undo.isPending}
        error={undo.error}
        onConfirm={() =>
          undo.mutate(batch.id, {
            onSuccess: () => {
              close();
              toast({ glyph: 'struck', title: t('batch.undo.done', { number }) });
            },
          })
        }
        onClose={close}
      >
        {data === undefined ? null : <Outlook batch={batch} outlook={data} />}
      </ConfirmDialog>
    </div>
  );
}

function Outlook({ batch, outlook }: { batch: ImportBatch; outlook: ImportUndo }) {
  const { t } = useText();
  const { removed, restored, held } = outlook;
  return (
    <ul className="plain-list">
      <li>{t('batch.undo.removed', { count: removed })}</li>
      {restored === 0 ? null : <li>{t('batch.undo.restored', { count: restored })}</li>}
      {held === 0 ? null : <li>{t('batch.undo.held', { count: held })}</li>}
      {batch.source === 'release' ? <li>{t('batch.undo.release')}</li> : null}
      {batch.source === 'connector' ? <li>{t('batch.undo.connector')}</li> : null}
    </ul>
  );
}
