import { Button } from '@mantine/core';
import type { BulkJob } from '@hub/contract/bulk-jobs';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { Refusals } from './bulk-dialog.tsx';
import { jobWord } from './bulk-words.ts';
import { jobResultsQuery } from './list-queries.ts';

/** What came of each customer, refusals first. */
export function ResultsDialog({ job, onClose }: { job: BulkJob; onClose: () => void }) {
  const { t } = useText();
  useReturnFocus();
  const results = useInfiniteQuery(jobResultsQuery(job.id));
  const items = results.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Dialog title={t('bulk.resultsOf', { act: jobWord(job, t) })} onClose={onClose}>
      <div className="stack">
        <ul className="bulk-counts">
          <li>{t('bulk.changed', { count: job.changed })}</li>
          <li className="quiet">{t('bulk.isSo', { count: job.unchanged })}</li>
          <li className={job.failed > 0 ? 'bad' : 'quiet'}>{t('bulk.refused', { count: job.failed })}</li>
        </ul>
        {results.isPending ? <SkeletonRows rows={5} /> : null}
        {results.error === null ? null : <ErrorState error={results.error} onRetry={() => void results.refetch()} />}
        <Refusals results={items} total={items.length} />
        {results.hasNextPage ? (
          <Button loading={results.isFetchingNextPage} onClick={() => void results.fetchNextPage()}>
            {t('action.showMore')}
          </Button>
        ) : null}
      </div>
    </Dialog>
  );
}
