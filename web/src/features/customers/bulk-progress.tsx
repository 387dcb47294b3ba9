import { Button } from '@mantine/core';
import type { BulkJob } from '@hub/contract/bulk-jobs';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { now } from '../../lib/clock.ts';
import { useText } from '../../lib/i18n.ts';
import { useStored } from '../../lib/stored.ts';
import { nextPlace } from '../../lib/use-return-focus.ts';
import { CapacityBar } from '../../ui/capacity-bar.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { InlineError } from '../../ui/states.tsx';
import { isGoing, jobWord } from './bulk-words.ts';
import { jobsQuery, useCancelJob, useUndoJob } from './list-queries.ts';

const ResultsDialog = lazy(async () => ({ default: (await import('./bulk-results-dialog.tsx')).ResultsDialog }));

const newsMilliseconds = 5 * 60_000;

/** What ended a while ago is no news: a later visit does not begin with it. */
const isNews = ({ endedAt }: BulkJob): boolean => endedAt === null || now() - Date.parse(endedAt) < newsMilliseconds;

/** Jobs that go on, and the last one that ended, while it is news and until it is put away: also after the page was loaded anew. */
export function BulkProgress() {
  const { t } = useText();
  const client = useQueryClient();
  const jobs = useQuery(jobsQuery);
  const [dismissed, setDismissed] = useStored('hub.bulk.dismissed', (value) =>
    typeof value === 'string' ? value : '',
  );
  const [opened, setOpened] = useState<BulkJob | null>(null);
  const items = useMemo(() => jobs.data?.items ?? [], [jobs.data]);
  const going = items.filter(isGoing);
  const ids = going.map(({ id }) => id).join(' ');
  const before = useRef('');
  // What has ended has changed rows: they are asked for anew, once.
  useEffect(() => {
    const ended = before.current.split(' ').filter((id) => id !== '' && !ids.includes(id));
    before.current = ids;
    if (ended.length === 0) return;
    void client.invalidateQueries({ queryKey: ['customers'] });
  }, [ids, client]);
  const last = items.find((job) => !isGoing(job));
  const shown = [
    ...going,
    ...(going.length === 0 && last !== undefined && last.id !== dismissed && isNews(last) ? [last] : []),
  ];
  if (shown.length === 0) return null;
  return (
    <section className="bulk-jobs focus-place" tabIndex={-1} aria-label={t('bulk.jobs')} aria-live="polite">
      {shown.map((job) => (
        <JobLine
          key={job.id}
          job={job}
          onResults={() => setOpened(job)}
          onDismiss={
            isGoing(job)
              ? undefined
              : () => {
                  nextPlace()?.focus({ preventScroll: true });
                  setDismissed(job.id);
                }
          }
        />
      ))}
      <Suspense fallback={null}>
        {opened === null ? null : <ResultsDialog job={opened} onClose={() => setOpened(null)} />}
      </Suspense>
    </section>
  );
}

/** A button that waits for its answer loses the focus; these stay. */
const focusJobs = (button: HTMLElement): void => button.closest<HTMLElement>('.bulk-jobs')?.focus();

function outcome(job: BulkJob, t: ReturnType<typeof useText>['t']): string {
  return job.failed === 0
    ? t('bulk.done', { act: jobWord(job, t), count: job.changed })
    : t('bulk.partlyDone', { act: jobWord(job, t), done: job.changed, total: job.total, failed: job.failed });
}

function JobLine({
  job,
  onResults,
  onDismiss,
}: {
  job: BulkJob;
  onResults: () => void;
  onDismiss: (() => void) | undefined;
}) {
  const { t } = useText();
  const cancel = useCancelJob();
  const undo = useUndoJob();
  const going = isGoing(job);
  const share = job.total === 0 ? 0 : job.looked / job.total;
  return (
    <div className="bulk-job">
      <Glyph name={going ? 'running' : job.failed > 0 ? 'warning' : 'done'} />
      <span className="grow">
        {going ? (
          <>
            <span className="strong">{jobWord(job, t)}</span>{' '}
            <span className="quiet num">{t('bulk.progress', { looked: job.looked, total: job.total })}</span>{' '}
            <span className="help">{t('bulk.leave')}</span>
          </>
        ) : (
          <span>
            {outcome(job, t)}
            {job.isUndone ? ` · ${t('bulk.undone')}` : ''}
            {job.state === 'canceled' ? ` · ${t('bulk.canceled')}` : ''}
          </span>
        )}
      </span>
      {going ? (
        <span className="bulk-job-bar">
          <CapacityBar used={share} assigned={0} label={t('bulk.progress', { looked: job.looked, total: job.total })} />
        </span>
      ) : null}
      {going ? (
        <Button
          variant="subtle"
          loading={cancel.isPending}
          onClick={(event) => {
            focusJobs(event.currentTarget);
            cancel.mutate(job.id);
          }}
        >
          {t('action.cancel')}
        </Button>
      ) : (
        <Button variant="subtle" onClick={onResults}>
          {t('bulk.results')}
        </Button>
      )}
      {job.mayUndo && !going ? (
        <Button
          variant="subtle"
          loading={undo.isPending}
          onClick={(event) => {
            focusJobs(event.currentTarget);
            undo.mutate(job.id);
          }}
        >
          {t('bulk.undo')}
        </Button>
      ) : null}
      {onDismiss === undefined ? null : (
        <Button variant="subtle" onClick={onDismiss}>
          {t('action.close')}
        </Button>
      )}
      <InlineError error={cancel.error ?? undo.error} />
    </div>
  );
}
