import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { regionLabels } from '@hub/contract/regions';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { QueryBar } from '../customers/index.ts';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { regionOf } from '../../lib/region-choice.ts';
import { useTitle } from '../../lib/use-title.ts';
import '../../ui/analytics.css';
import { Glyph } from '../../ui/glyph.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { RegionSegments } from '../../ui/region-segments.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { FindingStrip } from './finding-strip.tsx';
import { HeaderNotes } from './header-notes.tsx';
import { headerQuery } from './queries.ts';
import './reconciliation.css';
import { RegionTable } from './region-table.tsx';
import { type Go, searchOf } from './search.ts';

const Rows = lazy(async () => ({ default: (await import('./rows.tsx')).Rows }));

/** Is what customers bought what they are billed for, and what they assign? */
export function ReconciliationPage() {
  const { t, f } = useText();
  const session = useSession();
  const navigate = useNavigate({ from: '/reconciliation' });
  const asked = useSearch({ from: '/frame/reconciliation' });
  const search = useMemo(() => searchOf(asked), [asked]);
  useTitle(t('reconciliation.title'));
  const region = regionOf(search.region, session.regions, session.partner.homeRegion);
  const go = useCallback<Go>(
    (change, isPassing = false) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: isPassing, resetScroll: false }),
    [navigate],
  );
  const onFilter = useCallback((filter: string, isPassing: boolean) => go({ filter }, isPassing), [go]);
  const { data, isPlaceholderData } = useQuery(headerQuery(region, search));
  const isEmpty = data !== undefined && !isPlaceholderData && data.lines === 0;
  const isNarrowed = search.filter !== undefined || search.product !== undefined;
  return (
    <div className="page reconciliation">
      <PageHead title={t('reconciliation.title')}>
        <RegionSegments regions={session.regions} value={region} onChange={(value) => go({ region: value })} />
        {data === undefined || isPlaceholderData ? null : (
          <span className="chip num">
            <Glyph name={data.regions.every(({ hasAnswered }) => hasAnswered) ? 'done' : 'late'} />
            {region === 'all'
              ? t('region.answered', {
                  answered: data.regions.filter(({ hasAnswered }) => hasAnswered).length,
                  total: data.regions.length,
                })
              : regionLabels[region]}
            , {t('reconciliation.asOf', { date: f.day(data.today) })}
          </span>
        )}
      </PageHead>
      <div className="reconciliation-query">
        <Suspense fallback={<div className="query-place" />}>
          <QueryBar value={search.filter ?? ''} onChange={onFilter} />
        </Suspense>
      </div>
      <FindingStrip region={region} search={search} />
      <HeaderNotes region={region} search={search} />
      {isEmpty ? (
        <EmptyState
          title={t(isNarrowed ? 'reconciliation.empty.narrowed' : 'reconciliation.empty')}
          hint={t(isNarrowed ? 'reconciliation.empty.narrowed.hint' : 'reconciliation.empty.hint')}
        />
      ) : region === 'all' ? (
        <RegionTable regions={session.regions} search={search} />
      ) : (
        <Suspense fallback={null}>
          <Rows region={region} search={search} products={data?.products ?? []} go={go} />
        </Suspense>
      )}
    </div>
  );
}
