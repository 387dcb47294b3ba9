import { queueKpis } from '@hub/contract/calling-engagement';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { ErrorState } from '../../ui/states.tsx';
import { AnswerNotes } from './answer-notes.tsx';
import { FeatureBars } from './feature-bars.tsx';
import { EngagementKpi } from './engagement-kpi.tsx';
import { rowsOf } from './kpis.ts';
import { legsOf } from './legs-search.ts';
import { Rows } from './rows.tsx';
import { isToldOf } from './scope.ts';
import { ChartSkeleton } from '../../ui/charts/chart-skeleton.tsx';
import { useAbout } from './use-about.ts';
import { useFigures } from './use-figures.ts';
import type { ViewProps } from './view-props.ts';
import { wantedOf } from './wanted.ts';

/** Features of calls and call queues, of the customers that have queues. */
export function FeaturesView({ scope, period, search, go }: ViewProps) {
  const { t } = useText();
  const { may } = useSession();
  const legs = may('call_legs.read') ? legsOf(scope, period) : null;
  const about = useAbout(scope, period);
  const hasQueues = scope.customerId === undefined;
  const { figures, error, refetch, isOld } = useFigures(scope, period, wantedOf('features', scope));
  const kpis = queueKpis.filter(({ key }) => isToldOf(scope, key));
  if (figures === undefined && error !== null) return <ErrorState error={error} onRetry={refetch} />;
  return (
    <>
      {hasQueues ? <p className="help view-note">{t('engagement.features.who')}</p> : null}
      {figures === undefined ? null : <AnswerNotes scope={scope} answer={figures.present} />}
      <div className="two-charts features-halves" data-old={isOld || undefined}>
        <div className="chart-half">
          {figures === undefined ? (
            <ChartSkeleton height={460} />
          ) : (
            <FeatureBars
              figures={figures}
              period={period}
              about={about}
              scope={scope}
              legs={legs}
              hasQueues={hasQueues}
            />
          )}
        </div>
        <section className="chart-half queue-kpis" aria-label={t('engagement.queues')}>
          <h2>{t('engagement.queues')}</h2>
          {kpis.length === 0 ? <p className="quiet">{t('engagement.queues.utc')}</p> : null}
          {figures === undefined ? (
            <ChartSkeleton height={300} />
          ) : (
            kpis.map((kpi) => (
              <EngagementKpi
                key={kpi.key}
                kpi={kpi}
                figures={figures}
                period={period}
                rows={rowsOf(kpi, search)}
                legs={legs}
              />
            ))
          )}
        </section>
      </div>
      <Rows view="features" scope={scope} period={period} search={search} go={go} />
    </>
  );
}
