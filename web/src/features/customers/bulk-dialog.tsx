import { Button } from '@mantine/core';
import type { BulkAct, BulkResult, BulkSelection } from '@hub/contract/bulk-jobs';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { problemText } from '../../lib/error-text.ts';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState, InlineError, SkeletonRows } from '../../ui/states.tsx';
import { AdministratorForm } from './bulk-administrator-form.tsx';
import { GroupForm } from './bulk-group-form.tsx';
import { TagsForm } from './bulk-tags-form.tsx';
import { type BulkKind, bulkWord } from './bulk-words.ts';
import { previewQuery, useStartJob } from './list-queries.ts';

const TrialForm = lazy(async () => ({ default: (await import('./bulk-trial-form.tsx')).BulkTrialForm }));

/** Asks for what the act needs, tries it without doing it, then starts the job. */
export function BulkDialog({
  kind,
  selection,
  count,
  onClose,
  onStarted,
}: {
  kind: BulkKind;
  selection: BulkSelection;
  count: number;
  onClose: () => void;
  onStarted: () => void;
}) {
  const { t } = useText();
  useReturnFocus();
  const [act, setAct] = useState<BulkAct | null>(null);
  // From one step to the next the pressed button goes; the focus goes to the step.
  const step = useRef<HTMLDivElement>(null);
  const stepOf = useRef(act);
  useEffect(() => {
    if (stepOf.current === act) return;
    stepOf.current = act;
    step.current?.focus();
  }, [act]);
  const actions = (submit: string): ReactNode => (
    <div className="dialog-actions">
      <Button onClick={onClose}>{t('action.cancel')}</Button>
      <Button type="submit" variant="filled">
        {submit}
      </Button>
    </div>
  );
  const form = { kind, onAct: setAct, actions };
  return (
    <Dialog title={t('bulk.of', { act: bulkWord(kind, t), count })} onClose={onClose}>
      <div className="focus-place" tabIndex={-1} ref={step} aria-live="polite">
        {act === null ? (
          <Suspense fallback={<SkeletonRows rows={3} />}>
            {kind === 'add_tags' || kind === 'remove_tags' ? <TagsForm {...form} /> : null}
            {kind === 'assign_administrator' || kind === 'unassign_administrator' ? (
              <AdministratorForm {...form} />
            ) : null}
            {kind === 'add_to_group' || kind === 'remove_from_group' ? <GroupForm {...form} /> : null}
            {kind === 'start_trial' ? <TrialForm {...form} /> : null}
          </Suspense>
        ) : (
          <DryRun act={act} selection={selection} onBack={() => setAct(null)} onClose={onClose} onStarted={onStarted} />
        )}
      </div>
    </Dialog>
  );
}

/** What the job would do: how many it changes, leaves alone and refuses, and why. */
function DryRun({
  act,
  selection,
  onBack,
  onClose,
  onStarted,
}: {
  act: BulkAct;
  selection: BulkSelection;
  onBack: () => void;
  onClose: () => void;
  onStarted: () => void;
}) {
  const { t } = useText();
  const preview = useQuery(previewQuery({ selection, act }));
  const start = useStartJob();
  if (preview.error !== null && preview.data === undefined)
    return (
      <>
        <ErrorState error={preview.error} title={t('bulk.preview.failed')} onRetry={() => void preview.refetch()} />
        <div className="dialog-actions">
          <Button onClick={onBack}>{t('action.back')}</Button>
        </div>
      </>
    );
  if (preview.data === undefined) return <SkeletonRows rows={4} />;
  const { changed, unchanged, failed, refusals, tags } = preview.data;
  return (
    <div className="stack">
      <ul className="bulk-counts" aria-label={t('bulk.preview')}>
        <li>{t('bulk.willChange', { count: changed })}</li>
        {unchanged === 0 ? null : <li className="quiet">{t('bulk.isSo', { count: unchanged })}</li>}
        {failed === 0 ? null : <li className="bad">{t('bulk.willRefuse', { count: failed })}</li>}
      </ul>
      {tags.length === 0 ? null : (
        <ul className="bulk-counts" aria-label={t('bulk.preview.tags')}>
          {tags.map(({ name, isNew, customers: count }) => (
            <li key={name}>
              {act.act === 'add_tags'
                ? t('bulk.tag.give', { name, isNew: isNew ? 'yes' : 'no', count })
                : t('bulk.tag.take', { name, count })}
            </li>
          ))}
        </ul>
      )}
      <Refusals results={refusals} total={failed} />
      <InlineError error={start.error} />
      <div className="dialog-actions">
        <Button onClick={onBack}>{t('action.back')}</Button>
        <Button
          variant="filled"
          data-autofocus
          loading={start.isPending}
          disabled={changed === 0}
          onClick={() =>
            start.mutate(
              { selection, act },
              {
                onSuccess: () => {
                  onStarted();
                  onClose();
                },
              },
            )
          }
        >
          {changed === 0 ? t('bulk.nothing') : t('bulk.start', { count: changed })}
        </Button>
      </div>
    </div>
  );
}

/** Who is refused, and why. */
export function Refusals({ results, total }: { results: readonly BulkResult[]; total: number }) {
  const { t, f } = useText();
  if (results.length === 0) return null;
  return (
    <div className="bulk-refusals">
      <ul>
        {results.map((result) => (
          <li key={result.customerId}>
            <bdi className="strong">{result.customerName}</bdi>{' '}
            <span className="quiet">
              {result.code === null
                ? t(`bulk.outcome.${result.outcome}`)
                : problemText({ code: result.code, data: result.data }, t, f)}
            </span>
          </li>
        ))}
      </ul>
      {total > results.length ? <p className="help">{t('bulk.further', { count: total - results.length })}</p> : null}
    </div>
  );
}
