import { Checkbox } from '@mantine/core';
import { HeadlineKey, type Kpi } from '@hub/contract/subscription-analytics';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import { KpiSkeleton } from '../../ui/kpi-cell.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { AnalyticsKpi } from './analytics-kpi.tsx';
import type { AnalyticsSearch, Go } from './analytics-search.ts';
import { type Analytics, analyticsQuery } from './queries.ts';
import { isOfRegion, type Scope } from './scope.ts';

/** The five numbers above everything, each with the way to the customers behind it. */
export function Headline({ scope, search, go }: { scope: Scope; search: AnalyticsSearch; go: Go }) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(analyticsQuery(scope));
  if (data === undefined)
    return error === null ? (
      <KpiSkeleton count={HeadlineKey.options.length} />
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    );
  return (
    <>
      <section className="kpi-strip headline" aria-label={t('analytics.kpis')}>
        {data.header.map((kpi) => (
          <HeadlineKpi key={kpi.key} kpi={kpi} analytics={data} scope={scope} search={search} />
        ))}
      </section>
      <div className="scope-note">
        <p className="help">{t(scope.everyProduct ? 'analytics.scope.every' : 'analytics.scope')}</p>
        <Checkbox
          size="xs"
          label={t('analytics.scope.switch')}
          checked={scope.everyProduct}
          onChange={({ currentTarget: { checked } }) => go({ every: checked ? 'true' : undefined })}
        />
      </div>
    </>
  );
}

/** Of one region its customers stand beside the page; of all, where nobody's customers are shown, its regions below. */
function HeadlineKpi({
  kpi,
  analytics,
  scope,
  search,
}: {
  kpi: Kpi;
  analytics: Analytics;
  scope: Scope;
  search: AnalyticsSearch;
}) {
  const { t } = useText();
  const counted = HeadlineKey.safeParse(kpi.key).data;
  const way = isOfRegion(scope)
    ? { search: { ...search, counted, moved: undefined } }
    : { search: { ...search, counted: undefined }, hash: 'regions' };
  return (
    <AnalyticsKpi
      kpi={kpi}
      analytics={analytics}
      link={(label, value) => (
        <Link
          to="/analytics/subscriptions"
          {...way}
          resetScroll={false}
          className="kpi-link"
          aria-label={label}
          aria-current={search.counted === kpi.key ? 'true' : undefined}
          activeProps={{}}
        >
          {value}
        </Link>
      )}
      rowsLink={(close) => (
        <Link to="/analytics/subscriptions" {...way} resetScroll={false} onClick={close}>
          {t(isOfRegion(scope) ? 'analytics.kpi.customers' : 'analytics.kpi.regions')}
        </Link>
      )}
    />
  );
}
