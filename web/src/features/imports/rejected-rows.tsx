import { Button } from '@mantine/core';
import { correctedRowsLimit, exportRejectedRows, type ImportBatch } from '@hub/contract/imports';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { ErrorState, InlineError, SkeletonRows } from '../../ui/states.tsx';
import { reasonGroupText, reasonText } from './batch-words.ts';
import { CorrectRows } from './correct-rows.tsx';
import { rejectedQuery } from './queries.ts';

/** Why rows were rejected, by reason, then the first of them. */
export function RejectedRows({ batch, mayWrite }: { batch: ImportBatch; mayWrite: boolean }) {
  const { t, f } = useText();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    rejectedQuery(batch.id),
  );
  const [isCorrecting, setIsCorrecting] = useState(false);
  const [first] = data?.pages ?? [];
  if (error !== null && first === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined || first === undefined) return <SkeletonRows rows={6} />;
  const rows = data.pages.flatMap((page) => page.items);
  return (
    <>
      <section className="panel-section">
        <h3>
          {t('batch.why')}{' '}
          <span className="quiet plain-weight">
            {t('batch.why.count', { reasons: first.byReason.length, rows: first.total })}
          </span>
        </h3>
        <ul className="why">
          {first.byReason.map((group) => (
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
                <rect width={`${(group.count / Math.max(1, first.total)) * 100}%`} height="3" fill="var(--beyond)" />
              </svg>
            </li>
          ))}
        </ul>
      </section>
      <section className="panel-section">
        <h3>
          {t('batch.rejectedRows')}{' '}
          <span className="quiet plain-weight num">{t('count.shown', { shown: rows.length, total: first.total })}</span>
        </h3>
        <ul className="first-rows">
          {rows.map((row) => (
            <li key={row.row}>
              <span className="quiet num">
                {row.line === null ? null : <span>{t('batch.line', { line: row.line })}</span>}
                <span>{t('batch.row', { row: row.row })}</span>
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
        <InlineError error={error} />
        {hasNextPage ? (
          <Button className="under-button" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('action.showMore')}
          </Button>
        ) : null}
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
          {t('batch.download', { count: first.total })}
        </Button>
        <p className="help under-button">{t('batch.download.hint')}</p>
        {mayWrite && !isCorrecting && first.total <= correctedRowsLimit ? (
          <Button className="under-button" fullWidth onClick={() => setIsCorrecting(true)}>
            {t('batch.correct')}
          </Button>
        ) : null}
      </div>
      {isCorrecting ? <CorrectRows batch={batch} onClose={() => setIsCorrecting(false)} /> : null}
    </>
  );
}
