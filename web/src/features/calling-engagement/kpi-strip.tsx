import { useText } from '../../lib/i18n.ts';
import type { EngagementSearch } from './engagement-search.ts';
import { KpiCell } from './kpi-cell.tsx';
import { type Kpi, rowsOf } from './kpis.ts';
import type { Period } from './period.ts';
import { isToldOf, type Scope } from './scope.ts';
import type { Figures } from './use-figures.ts';

export function KpiStrip({
  kpis,
  scope,
  figures,
  period,
  search,
}: {
  kpis: readonly Kpi[];
  scope: Scope;
  figures: Figures;
  period: Period;
  search: EngagementSearch;
}) {
  const { t } = useText();
  return (
    <section className="kpi-strip" aria-label={t('engagement.kpis')}>
      {kpis
        .filter(({ key }) => isToldOf(scope, key))
        .map((kpi) => (
          <KpiCell key={kpi.key} kpi={kpi} figures={figures} period={period} rows={rowsOf(kpi, search)} />
        ))}
    </section>
  );
}
