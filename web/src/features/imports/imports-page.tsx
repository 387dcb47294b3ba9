import { ImportId } from '@hub/contract/ids';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { useTitle } from '../../lib/use-title.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { BatchList } from './batch-list.tsx';
import { DropZone } from './drop-zone.tsx';
import './imports.css';
import { needsOf } from './needs.ts';
import { importsQuery, isUnderway, type LedgerFilter, ledgerQuery } from './queries.ts';
import { RecordsHint } from './records-hint.tsx';
import { RunningImport } from './running-import.tsx';
import { UploadList } from './upload-list.tsx';
import { addUploads, useUploads } from './upload-queue.ts';

// Most of the time nothing is held.
const HeldSection = lazy(async () => ({ default: (await import('./held-section.tsx')).HeldSection }));
const AskingImport = lazy(async () => ({ default: (await import('./asking-import.tsx')).AskingImport }));
const SavedMappings = lazy(async () => ({ default: (await import('./mapping/saved-mappings.tsx')).SavedMappings }));
const BatchPanel = lazy(async () => ({ default: (await import('./batch-panel.tsx')).BatchPanel }));

/** Of a thousand that wait for their turn or for an answer, those that are next; all of them stand in the list. */
const waitingShown = 3;

export function ImportsPage() {
  const { t } = useText();
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate({ from: '/imports' });
  const search = useSearch({ from: '/frame/imports' });
  const { data } = useQuery(importsQuery);
  const { feed, state, source } = search;
  const filter = useMemo<LedgerFilter>(() => ({ feed, state, source }), [feed, state, source]);
  const ledger = useQuery(ledgerQuery(filter));
  const uploads = useUploads();
  useTitle(t('imports.title'));
  const mayWrite = session.may('imports.write');
  const region =
    search.region !== undefined && session.regions.includes(search.region) ? search.region : session.partner.homeRegion;
  const underway = (data?.items.filter(isUnderway) ?? []).toSorted(
    (a, b) => Number(b.state === 'running') - Number(a.state === 'running') || a.number - b.number,
  );
  const asking = (data?.items ?? []).flatMap((batch) => {
    const needs = mayWrite && batch.id !== search.batch ? needsOf(batch) : undefined;
    return needs === undefined ? [] : [{ batch, needs }];
  });
  const queued = underway.filter(({ state }) => state === 'queued').slice(0, waitingShown);
  const shown = [...underway.filter(({ state }) => state === 'running'), ...queued];
  const opened = ImportId.safeParse(search.batch).data;
  const close = useCallback(
    () => void navigate({ search: (before) => ({ ...before, batch: undefined }), replace: true }),
    [navigate],
  );
  const narrow = useCallback(
    (change: LedgerFilter) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  return (
    <div className="page">
      <PageHead title={t('imports.title')} intro={t('imports.intro')} />
      <div className="with-panel">
        <div>
          <div className="band stack imports-top">
            {mayWrite ? (
              <DropZone
                region={region}
                regions={session.regions}
                onRegion={(chosen) =>
                  void navigate({ search: (before) => ({ ...before, region: chosen }), replace: true })
                }
                onFiles={(files) =>
                  addUploads(files, region, () => void client.invalidateQueries({ queryKey: importsQuery.queryKey }))
                }
              />
            ) : (
              <p className="quiet">{t('role.readOnly', { role: t(`role.${session.role}`) })}</p>
            )}
            {session.may('subscriptions.write') ? <RecordsHint /> : null}
            <UploadList queue={uploads} />
            {shown.map((batch) => (
              <RunningImport key={batch.id} batch={batch} mayCancel={mayWrite} />
            ))}
            {data !== undefined && data.underway > shown.length ? (
              <p className="quiet">{t('imports.more', { count: data.underway - shown.length })}</p>
            ) : null}
            <Suspense fallback={null}>
              {asking.slice(0, waitingShown).map(({ batch, needs }) => (
                <AskingImport key={batch.id} batch={batch} needs={needs} isAlone={asking.length === 1} />
              ))}
            </Suspense>
            {asking.length > waitingShown ? (
              <p className="quiet">{t('imports.needs.more', { count: asking.length - waitingShown })}</p>
            ) : null}
            {underway.length > 0 ? <p className="help">{t('imports.leave')}</p> : null}
          </div>
          <Suspense fallback={null}>
            <HeldSection mayWrite={mayWrite} />
          </Suspense>
          {ledger.data === undefined && ledger.error === null ? <SkeletonRows rows={8} /> : null}
          {ledger.data === undefined && ledger.error !== null ? (
            <ErrorState error={ledger.error} onRetry={() => void ledger.refetch()} />
          ) : null}
          {ledger.data === undefined ? null : (
            <BatchList
              latest={ledger.data.items}
              total={ledger.data.total}
              next={ledger.data.next}
              selected={opened}
              filter={filter}
              onFilter={narrow}
            />
          )}
          <Suspense fallback={null}>
            <SavedMappings mayWrite={mayWrite} />
          </Suspense>
        </div>
        <Suspense fallback={null}>
          {opened === undefined ? null : (
            <BatchPanel key={opened} importId={opened} mayWrite={mayWrite} onClose={close} />
          )}
        </Suspense>
      </div>
    </div>
  );
}
