import { headKpis } from '@hub/contract/calling-engagement';
import { ErrorState } from '../../ui/states.tsx';
import { AnswerNotes } from './answer-notes.tsx';
import { KpiStrip } from './kpi-strip.tsx';
import { rowsOfBand } from './kpis.ts';
import { QualityBlock } from './quality-block.tsx';
import { Rows } from './rows.tsx';
import { isToldOf } from './scope.ts';
import { ChartSkeleton } from '../../ui/charts/chart-skeleton.tsx';
import { KpiSkeleton } from '../../ui/kpi-cell.tsx';
import { useAbout } from './use-about.ts';
import { UsageChart } from './usage-chart.tsx';
import { useFigures } from './use-figures.ts';
import type { ViewProps } from './view-props.ts';
import { wantedOf } from './wanted.ts';

/** The first look: five numbers, who calls how much, how well it sounds, and the customers whose use falls. */
export function UsageView({ scope, period, search, go }: ViewProps) {
  const { figures, error, refetch, isOld } = useFigures(scope, period, wantedOf('usage', scope));
  const about = useAbout(scope, period);
  if (figures === undefined && error !== null) return <ErrorState error={error} onRetry={refetch} />;
  return (
    <>
      {figures === undefined ? (
        <KpiSkeleton count={headKpis.length} />
      ) : (
        <>
          <AnswerNotes scope={scope} answer={figures.present} />
          <KpiStrip kpis={headKpis} scope={scope} figures={figures} period={period} search={search} isOld={isOld} />
        </>
      )}
      {error === null ? null : <ErrorState error={error} onRetry={refetch} />}
      <div className="two-charts" data-old={isOld || undefined}>
        <div className="chart-half">
          {figures === undefined ? (
            <ChartSkeleton height={560} />
          ) : (
            <UsageChart
              figures={figures}
              period={period}
              about={about}
              hasBands={period.kind === 'week' && isToldOf(scope, 'usersNone')}
              search={search}
              go={go}
              rowsOf={(band) => rowsOfBand(band, scope, search)}
            />
          )}
        </div>
        <div className="chart-half">
          <QualityBlock scope={scope} period={period} search={search} go={go} />
        </div>
      </div>
      <Rows view="usage" scope={scope} period={period} search={search} go={go} />
    </>
  );
}
