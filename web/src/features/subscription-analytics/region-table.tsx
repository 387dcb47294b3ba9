import type { RegionCode } from '@hub/contract/regions';
import { headlineMetrics } from '@hub/contract/subscription-metrics';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import { State } from '../../ui/glyph.tsx';
import { RegionsTable } from '../../ui/regions-table.tsx';
import type { Column } from '../../ui/table-columns.ts';
import { type AnalyticsSearch, closedPanel } from './analytics-search.ts';
import { type Analytics, analyticsQuery } from './queries.ts';
import type { Scope } from './scope.ts';

interface Row {
  region: RegionCode;
  analytics: Analytics | undefined;
  isSilent: boolean;
}

/** All regions: a row each with its five numbers, never their customers. */
export function RegionTable({
  scope,
  regions,
  search,
}: {
  scope: Scope;
  regions: readonly RegionCode[];
  search: AnalyticsSearch;
}) {
  const { t, f } = useText();
  const answers = useQueries({ queries: regions.map((region) => analyticsQuery({ ...scope, region })) });
  const rows = regions.map((region, index): Row => {
    const answer = answers[index];
    const isSilent = answer?.data?.regions.some(({ hasAnswered }) => !hasAnswered) ?? false;
    return { region, analytics: answer?.data, isSilent: isSilent || answer?.isError === true };
  });
  const title = t('analytics.regions');
  const name = ({ region }: Row) => (
    <Link
      to="/analytics/subscriptions"
      search={{ ...search, ...closedPanel, region }}
      className="name"
      activeProps={{}}
      preload={false}
    >
      {t(`region.${region}`)}
    </Link>
  );
  const told = ({ analytics, isSilent }: Row) =>
    isSilent ? (
      <State glyph="late" word={t('analytics.regions.silent')} />
    ) : analytics === undefined ? null : (
      <State glyph="done" word={t('analytics.regions.answered')} />
    );
  const value = ({ analytics, isSilent }: Row, key: (typeof headlineMetrics)[number]): string => {
    const number = isSilent ? null : (analytics?.header.find((kpi) => kpi.key === key)?.value ?? null);
    return number === null ? '' : f.number(number);
  };
  const columns: Column<Row>[] = [
    { key: 'region', head: t('common.region'), width: 240, cell: name },
    { key: 'answer', head: t('analytics.regions.answer'), width: 150, cell: told },
    ...headlineMetrics.map(
      (key): Column<Row> => ({
        key,
        head: t(`analytics.kpi.${key}`),
        width: 150,
        isNumber: true,
        cell: (row) => value(row, key),
      }),
    ),
  ];
  return (
    <section id="regions" className="analytics-section" aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        <span className="quiet">{t('analytics.regions.hint')}</span>
      </div>
      <RegionsTable name={title} columns={columns} rows={rows} />
    </section>
  );
}
