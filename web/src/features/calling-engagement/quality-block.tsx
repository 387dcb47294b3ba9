import { useText } from '../../lib/i18n.ts';
import { ErrorState } from '../../ui/states.tsx';
import { SilentNote } from './answer-notes.tsx';
import { EndpointTable } from './endpoint-table.tsx';
import { QualityChart } from './quality-chart.tsx';
import { ChartSkeleton } from '../../ui/charts/chart-skeleton.tsx';
import { useAbout } from './use-about.ts';
import { useFigures } from './use-figures.ts';
import type { ViewProps } from './view-props.ts';
import { wantedOf } from './wanted.ts';

/** Trend and endpoint types, one above the other. */
export function QualityBlock({ scope, period, search, go }: ViewProps) {
  return (
    <div className="stack">
      <QualityTrend scope={scope} period={period} search={search} go={go} />
      <EndpointTable scope={scope} period={period} />
    </div>
  );
}

export function QualityTrend({ scope, period, search, go }: ViewProps) {
  const { t } = useText();
  const about = useAbout(scope, period);
  const { figures, error, refetch } = useFigures(scope, period, wantedOf('quality', scope));
  if (figures === undefined)
    return error === null ? (
      <ChartSkeleton height={330} />
    ) : (
      <ErrorState title={t('engagement.quality.failed')} error={error} onRetry={refetch} />
    );
  return (
    <>
      <QualityChart
        figures={figures}
        scope={scope}
        period={period}
        about={about}
        search={search}
        go={go}
        onPolicy={(policy) => go({ policy })}
      />
      <SilentNote answer={figures.present} />
    </>
  );
}
