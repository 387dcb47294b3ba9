import type { Kpi } from '@hub/contract/subscription-analytics';
import type { Section } from '@hub/contract/subscription-metrics';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import { AnalyticsKpi } from './analytics-kpi.tsx';
import type { AnalyticsSearch } from './analytics-search.ts';
import type { Analytics } from './queries.ts';
import type { RegionScope } from './scope.ts';
import { choicesText, type TableChoices } from './table-choices.ts';
import { type BaseOf, useBases } from './use-bases.ts';

interface Shown {
  section: Section;
  choices: TableChoices;
  kpis: readonly Kpi[];
  analytics: Analytics;
  search: AnalyticsSearch;
}

/** The numbers of a section; each leads to the rows below it. */
export function SectionKpis({ section, choices, kpis, analytics, search, baseOf }: Shown & { baseOf?: BaseOf }) {
  const { t } = useText();
  const { sort, order, group } = choices;
  // What a number counts are all rows of the table: whatever narrows them is taken away on the way to them.
  const way = {
    search: { ...search, [section]: choicesText({ sort, order, group }) },
    hash: `${section}-rows`,
    resetScroll: false,
  };
  return (
    <div className="kpi-strip section-kpis">
      {kpis.map((kpi) => (
        <AnalyticsKpi
          key={kpi.key}
          kpi={kpi}
          analytics={analytics}
          base={baseOf?.(kpi.key, kpi.value)}
          isNobody={kpis[0]?.value === 0}
          link={(label, value) => (
            <Link to="/analytics/subscriptions" {...way} className="kpi-link" aria-label={label} activeProps={{}}>
              {value}
            </Link>
          )}
          rowsLink={(close) => (
            <Link to="/analytics/subscriptions" {...way} onClick={close}>
              {t('analytics.kpi.rows')}
            </Link>
          )}
        />
      ))}
    </div>
  );
}

/** Of one region they have what they divide. */
export function RegionKpis({ scope, ...shown }: Shown & { scope: RegionScope }) {
  return <SectionKpis {...shown} baseOf={useBases(shown.section, scope, shown.choices)} />;
}
