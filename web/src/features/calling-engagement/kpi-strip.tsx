import type { Kpi } from '@hub/contract/calling-engagement';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import type { EngagementSearch } from './engagement-search.ts';
import { EngagementKpi } from './engagement-kpi.tsx';
import { rowsOf } from './kpis.ts';
import { legsOf } from './legs-search.ts';
import type { Period } from './period.ts';
import { isToldOf, type Scope } from './scope.ts';
import type { Figures } from './use-figures.ts';

export function KpiStrip({
  kpis,
  scope,
  figures,
  period,
  search,
  isOld,
}: {
  kpis: readonly Kpi[];
  scope: Scope;
  figures: Figures;
  period: Period;
  search: EngagementSearch;
  isOld: boolean;
}) {
  const { t } = useText();
  const { may } = useSession();
  const legs = may('call_legs.read') ? legsOf(scope, period) : null;
  return (
    <section className="kpi-strip" aria-label={t('engagement.kpis')} data-old={isOld || undefined}>
      {kpis
        .filter(({ key }) => isToldOf(scope, key))
        .map((kpi) => (
          <EngagementKpi
            key={kpi.key}
            kpi={kpi}
            figures={figures}
            period={period}
            rows={rowsOf(kpi, search)}
            legs={legs}
            isShort
          />
        ))}
    </section>
  );
}
