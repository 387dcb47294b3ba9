import { Button, TextInput } from '@mantine/core';
import { correctedRowsLimit, type ImportBatch, type RejectedRow } from '@hub/contract/imports';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { ErrorState, InlineError, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { reasonText } from './batch-words.ts';
import { rejectedToCorrectQuery, useCorrectRows } from './queries.ts';

/** The value that each row was rejected for, to be written anew; what was changed comes in as an import of its own. */
export function CorrectRows({ batch, onClose }: { batch: ImportBatch; onClose: () => void }) {
  const { t } = useText();
  const navigate = useNavigate({ from: '/imports' });
  const { data, error, refetch } = useQuery(rejectedToCorrectQuery(batch.id));
  const [values, setValues] = useState<ReadonlyMap<number, string>>(new Map());
  const correct = useCorrectRows();
  if (error !== null && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={6} />;
  const changed = data.items.flatMap(({ row, value }) => {
    const now = values.get(row);
    return now === undefined || now === value ? [] : [{ row, value: now }];
  });
  const submit = (): void => {
    if (changed.length === 0) return;
    correct.mutate(
      { importId: batch.id, rows: changed },
      {
        onSuccess: (queued) => {
          toast({ glyph: 'running', title: t('batch.correct.queued', { count: changed.length }) });
          void navigate({ search: (before) => ({ ...before, batch: queued.id }) });
        },
      },
    );
  };
  return (
    <form
      className="panel-section stack"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3>{t('batch.correct.title')}</h3>
      <p className="help">{t('batch.correct.hint', { limit: correctedRowsLimit })}</p>
      <ul className="plain-list stack">
        {data.items.map((row) => (
          <li key={row.row}>
            <RowToCorrect
              row={row}
              value={values.get(row.row) ?? row.value}
              onValue={(value) => setValues((before) => new Map(before).set(row.row, value))}
            />
          </li>
        ))}
      </ul>
      <InlineError error={correct.error} />
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="submit" variant="filled" disabled={changed.length === 0} loading={correct.isPending}>
          {t('batch.correct.submit', { count: changed.length })}
        </Button>
      </div>
    </form>
  );
}

function RowToCorrect({ row, value, onValue }: { row: RejectedRow; value: string; onValue: (value: string) => void }) {
  const { t, f } = useText();
  const place = row.line === null ? t('batch.row', { row: row.row }) : t('batch.line', { line: row.line });
  if (row.column === null)
    return (
      <p className="quiet wrap">
        {place}: {reasonText(row, t, f)}. {t('batch.correct.byFile')}
      </p>
    );
  return (
    <TextInput
      label={`${place}, ${row.column}`}
      description={reasonText(row, t, f)}
      value={value}
      maxLength={2000}
      onChange={(event) => onValue(event.currentTarget.value)}
    />
  );
}
