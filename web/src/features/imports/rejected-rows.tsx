import { Button } from '@mantine/core';
import { exportRejectedRows, type ImportBatch } from '@hub/contract/imports';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { addressOf } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { reasonGroupText, reasonText } from './batch-words.ts';
import { rejectedQuery } from './queries.ts';

/** Why rows were rejected, by reason, then the first of them. */
export function RejectedRows({ batch }: { batch: ImportBatch }) {
  const { t, f } = useText();
  const { data, error, refetch } = useQuery(rejectedQuery(batch.id));
  if (error !== null && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={6} />;
  return (
    <>
      <section className="panel-section">
        <h3>
          {t('batch.why')}{' '}
          <span className="quiet plain-weight">
            {t('batch.why.count', { reasons: data.byReason.length, rows: data.total })}
          </span>
        </h3>
        <ul className="why">
          {data.byReason.map((group) => (
            <li key={`${group.column} ${group.reason}`}>
              <div>
                <span className="grow wrap">
                  {group.column === null ? null : (
                    <span className="mono" lang="en">
                      {group.column}
                    </span>
                  )}{' '}
                  {reasonGroupText(group.reason, t)}
                </span>
                <span className="num strong">{f.number(group.count)}</span>
              </div>
              <svg width="100%" height="3" aria-hidden="true">
                <rect width="100%" height="3" fill="var(--hair)" />
                <rect width={`${(group.count / Math.max(1, data.total)) * 100}%`} height="3" fill="var(--beyond)" />
              </svg>
            </li>
          ))}
        </ul>
      </section>
      <section className="panel-section">
        <h3>{t('batch.firstRows')}</h3>
        <ul className="first-rows">
          {data.items.slice(0, 8).map((row) => (
            <li key={row.row}>
              <span className="quiet num" title={row.line === null ? undefined : t('batch.row', { row: row.row })}>
                {row.line === null ? t('batch.row', { row: row.row }) : t('batch.line', { line: row.line })}
              </span>
              <div className="grow">
                {row.column === null && row.value === '' ? null : (
                  <code className="mono offending" title={row.value}>
                    {row.value === '' ? t('batch.emptyValue') : row.value}
                  </code>
                )}
                <p className="quiet wrap">
                  {row.column === null ? null : (
                    <span className="mono" lang="en">
                      {row.column},{' '}
                    </span>
                  )}
                  {reasonText(row, t, f)}
                </p>
              </div>
            </li>
          ))}
        </ul>
      </section>
      <div>
        <Button
          variant="filled"
          fullWidth
          component="a"
          href={addressOf(exportRejectedRows, { params: { importId: batch.id } })}
          download
          leftSection={<IconDownload size={16} stroke={1.6} />}
        >
          {t('batch.download', { count: data.total })}
        </Button>
        <p className="help under-button">{t('batch.download.hint')}</p>
      </div>
    </>
  );
}
