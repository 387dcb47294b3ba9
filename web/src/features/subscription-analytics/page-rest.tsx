import type { RegionCode } from '@hub/contract/regions';
import { sections } from '@hub/contract/subscription-metrics';
import { useQuery } from '@tanstack/react-query';
import { productNames } from '@hub/contract/products';
import { useText } from '../../lib/i18n.ts';
import { EmptyState } from '../../ui/states.tsx';
import type { AnalyticsSearch, Go } from './analytics-search.ts';
import { LicenseTrend } from './license-trend.tsx';
import { analyticsQuery } from './queries.ts';
import { RegionTable } from './region-table.tsx';
import { isOfRegion, type Scope } from './scope.ts';
import { SectionPart } from './section-part.tsx';

/** Below the toggle: the trend and the five sections, and of all regions what each has. */
export function PageRest({
  scope,
  regions,
  search,
  go,
}: {
  scope: Scope;
  regions: readonly RegionCode[];
  search: AnalyticsSearch;
  go: Go;
}) {
  const { t } = useText();
  const { data, isPlaceholderData } = useQuery(analyticsQuery(scope));
  const isEmpty = data !== undefined && !isPlaceholderData && data.lines.all === 0;
  return (
    <>
      {isOfRegion(scope) ? null : <RegionTable scope={scope} regions={regions} search={search} />}
      {isEmpty ? (
        <EmptyState
          title={t('analytics.empty', { product: productNames[scope.product] })}
          hint={t(scope.filter === undefined ? 'analytics.empty.hint' : 'analytics.empty.filter')}
        />
      ) : (
        <>
          <LicenseTrend scope={scope} search={search} go={go} />
          {sections.map((section) => (
            <SectionPart key={section} section={section} scope={scope} search={search} go={go} />
          ))}
        </>
      )}
    </>
  );
}
