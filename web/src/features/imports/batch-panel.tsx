import { Button } from '@mantine/core';
import type { ImportBatch } from '@hub/contract/imports';
import { regionLabels } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { problemText } from '../../lib/error-text.ts';
import { durationText } from '../../lib/duration.ts';
import { useText } from '../../lib/i18n.ts';
import { Glyph, State } from '../../ui/glyph.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { ErrorState, InlineError, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { ArchiveFiles } from './archive-files.tsx';
import { countsOf, listedRejected, mayGoOn, noteText, stateWords } from './batch-words.ts';
import { CountsThatAddUp } from './counts-that-add-up.tsx';
import { MapColumnsLink } from './mapping/map-columns-link.tsx';
import { isOfRecords, needsOf } from './needs.ts';
import { NeedsForm } from './needs-form.tsx';
import { correctionsQuery, importQuery, useRetryImport } from './queries.ts';
import { RecordsButton } from './records-button.tsx';
import { RejectedRows } from './rejected-rows.tsx';
import { UndoButton } from './undo-button.tsx';

/** One import: what became of every row that was read. */
export function BatchPanel({
  importId,
  mayWrite,
  onClose,
}: {
  importId: ImportBatch['id'];
  mayWrite: boolean;
  onClose: () => void;
}) {
  const { t } = useText();
  const { data: batch, error, refetch } = useQuery(importQuery(importId));
  const name = batch === undefined ? t('state.loading') : t('batch.title', { number: `B-${batch.number}` });
  return (
    <SidePanel title={name} name={name} onClose={onClose}>
      {batch === undefined && error === null ? <SkeletonRows rows={8} /> : null}
      {batch === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {batch === undefined ? null : <BatchFacts batch={batch} mayWrite={mayWrite} />}
    </SidePanel>
  );
}

function BatchFacts({ batch, mayWrite }: { batch: ImportBatch; mayWrite: boolean }) {
  const { t, f } = useText();
  const retry = useRetryImport();
  const needs = needsOf(batch);
  const counts = countsOf(batch);
  return (
    <>
      <State {...stateWords(batch, t)} />
      {batch.failure === null ? null : (
        <div className="inline-error">
          <Glyph name="failed" />
          <div className="wrap">
            {problemText(batch.failure, t, f)} {mayWrite && isOfRecords(batch) ? <RecordsButton /> : null}
          </div>
        </div>
      )}
      {needs !== undefined && mayWrite && needs.columns ? <MapColumnsLink batch={batch} /> : null}
      {needs !== undefined && mayWrite && !needs.columns ? <NeedsForm batch={batch} needs={needs} /> : null}
      {mayGoOn(batch) && mayWrite ? (
        <div>
          <Button
            loading={retry.isPending}
            onClick={() =>
              retry.mutate(
                { importId: batch.id },
                { onSuccess: () => toast({ glyph: 'running', title: t('batch.retried', { name: batch.fileName }) }) },
              )
            }
          >
            {t('action.retry')}
          </Button>
        </div>
      ) : null}
      <InlineError error={retry.error} />
      {counts === null ? null : <CountsThatAddUp counts={counts} />}
      {batch.canBeUndone && mayWrite ? <UndoButton batch={batch} /> : null}
      {listedRejected(batch) > 0 ? <RejectedRows batch={batch} mayWrite={mayWrite} /> : null}
      {listedRejected(batch) > 0 ? <Corrections batch={batch} /> : null}
      {batch.format === 'zip' ? <ArchiveFiles archive={batch} /> : null}
      {batch.notes.length === 0 ? null : (
        <section className="panel-section">
          <h3>{t('batch.notes')}</h3>
          <ul className="plain-list">
            {batch.notes.map((note) => (
              <li key={note.code} className="wrap">
                {noteText(note, t)}{' '}
                {note.code === 'mapped' && batch.mappingId !== null && mayWrite ? (
                  <Link to="/imports/mappings/$mappingId" params={{ mappingId: batch.mappingId }}>
                    {t('batch.mapping')}
                  </Link>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      )}
      {batch.emptied.length === 0 ? null : (
        <section className="panel-section">
          <h3>{t('batch.emptied')}</h3>
          <p className="help">{t('batch.emptied.hint')}</p>
          <dl className="tally">
            {batch.emptied.map(({ column, count }) => (
              <div key={column}>
                <dt className="mono wrap" lang="en">
                  {column}
                </dt>
                <dd className="num">{f.number(count)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <section className="panel-section">
        <dl className="facts">
          {batch.source === 'release' ? null : <dt>{t('batch.file')}</dt>}
          {batch.source === 'release' ? null : <dd>{batch.fileName}</dd>}
          {batch.feed === null ? null : <dt>{t('batch.feed')}</dt>}
          {batch.feed === null ? null : <dd>{t(`feed.${batch.feed}`)}</dd>}
          <dt>{t('common.region')}</dt>
          <dd>{t(`region.${batch.region}`)}</dd>
          {batch.orgUuid === null ? null : <dt>{t('batch.organization')}</dt>}
          {batch.orgUuid === null ? null : <dd className="mono wrap">{batch.orgUuid}</dd>}
          {batch.period === null ? null : <dt>{t('batch.period')}</dt>}
          {batch.period === null ? null : <dd className="num">{f.dateRange(batch.period.from, batch.period.to)}</dd>}
          <dt>{t('imports.col.source')}</dt>
          <dd>
            {batch.source === 'release'
              ? t('source.release.long', { name: batch.fileName })
              : t(`source.${batch.source}`)}
          </dd>
          <LinkedBatch label={t('batch.archiveOf')} id={batch.archiveId} number={batch.archiveNumber} />
          <LinkedBatch
            label={t('batch.corrects')}
            id={batch.corrects?.id ?? null}
            number={batch.corrects?.number ?? null}
          />
          {batch.format === null ? null : <dt>{t('batch.format')}</dt>}
          {batch.format === null ? null : <dd>{batch.format.toUpperCase()}</dd>}
          {batch.fileBytes === 0 ? null : <dt>{t('batch.size')}</dt>}
          {batch.fileBytes === 0 ? null : <dd className="num">{f.bytes(batch.fileBytes)}</dd>}
          {batch.sha256 === null ? null : <dt>SHA-256</dt>}
          {batch.sha256 === null ? null : <dd className="mono wrap">{batch.sha256}</dd>}
          <dt>{t('batch.created')}</dt>
          <dd className="num">{f.dateTime(batch.createdAt)} UTC</dd>
          {batch.seconds === null ? null : <dt>{t('batch.took')}</dt>}
          {batch.seconds === null ? null : <dd className="num">{durationText(batch.seconds, t)}</dd>}
          {batch.rowsPerSecond === null ? null : <dt>{t('progress.rate')}</dt>}
          {batch.rowsPerSecond === null ? null : (
            <dd className="num">
              {f.number(Math.round(batch.rowsPerSecond))} {t('progress.rateUnit')}
            </dd>
          )}
          {batch.createdBy === null ? null : <dt>{t('batch.by')}</dt>}
          {batch.createdBy === null ? null : <dd>{batch.createdBy}</dd>}
          {batch.covers === null ? null : <dt>{t('batch.covers')}</dt>}
          {batch.covers === null ? null : <dd className="num">{f.dateRange(batch.covers.from, batch.covers.to)}</dd>}
          {batch.undone === null ? null : <dt>{t('batch.undoneAt')}</dt>}
          {batch.undone === null ? null : <dd className="num">{f.dateTime(batch.undone.at)} UTC</dd>}
          {batch.undone === null || batch.undone.by === null ? null : <dt>{t('batch.undoneBy')}</dt>}
          {batch.undone === null || batch.undone.by === null ? null : <dd>{batch.undone.by}</dd>}
        </dl>
      </section>
      {batch.state === 'committed' && batch.covers !== null && batch.feed === 'webex_call_history' ? (
        <UsageLink batch={batch} covers={batch.covers} />
      ) : null}
    </>
  );
}

/** The imports that brought rejected rows of this one again. */
function Corrections({ batch }: { batch: ImportBatch }) {
  const { t } = useText();
  const { data } = useQuery(correctionsQuery(batch.id));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className="panel-section">
      <h3>{t('batch.corrections')}</h3>
      <ul className="plain-list">
        {data.items.map((correction) => (
          <li key={correction.id}>
            <Link
              from="/imports"
              to="/imports"
              search={(search) => ({ ...search, batch: correction.id })}
              className="mono"
            >
              B-{correction.number}
            </Link>{' '}
            <State {...stateWords(correction, t)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A fact that is another import. */
function LinkedBatch({ label, id, number }: { label: string; id: ImportBatch['id'] | null; number: number | null }) {
  if (id === null || number === null) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <Link from="/imports" to="/imports" search={(search) => ({ ...search, batch: id })} className="mono">
          B-{number}
        </Link>
      </dd>
    </>
  );
}

function UsageLink({ batch, covers }: { batch: ImportBatch; covers: { from: string; to: string } }) {
  const { t } = useText();
  return (
    <p>
      <Link
        to="/analytics/calling-usage"
        search={{ region: batch.region, from: covers.from.slice(0, 10), to: covers.to.slice(0, 10) }}
      >
        {t('batch.toUsage')} ({regionLabels[batch.region]})
      </Link>
    </p>
  );
}
