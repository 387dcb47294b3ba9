import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo } from 'react';
import { useText } from '../../lib/i18n.ts';
import { RowList } from '../../ui/row-list.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import './audit.css';
import { AuditRow } from './audit-row.tsx';
import { type AuditQuestion, type AuditSearch, auditQuery } from './queries.ts';

/** The entries that a question leaves, newest first, with what to say where there are none. */
export function AuditList({
  question,
  search,
  empty,
}: {
  question: AuditQuestion;
  /** What links to the log begin with: they add a person or an object to it. */
  search: AuditSearch;
  empty: ReactNode;
}) {
  const { t } = useText();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    auditQuery(question),
  );
  const events = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <>
      {error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && error === null ? <SkeletonRows rows={14} height={41} /> : null}
      {data !== undefined && events.length === 0 ? empty : null}
      {events.length === 0 ? null : (
        <>
          <div className="audit-grid audit-head" aria-hidden="true">
            <span>{t('audit.col.time')}</span>
            <span>{t('audit.action')}</span>
            <span>{t('audit.col.target')}</span>
            <span>{t('audit.col.who')}</span>
            <span>{t('audit.col.onBehalfOf')}</span>
          </div>
          <RowList
            key={JSON.stringify(question)}
            name={t('audit.list')}
            rows={events}
            rowKey={(event) => event.id}
            rowHeight={41}
            row={(event) => <AuditRow event={event} search={search} />}
            onEnd={more}
          />
        </>
      )}
    </>
  );
}
