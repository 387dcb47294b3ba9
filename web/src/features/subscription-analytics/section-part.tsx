import type { Section } from '@hub/contract/subscription-metrics';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../lib/i18n.ts';
import { KpiSkeleton } from '../../ui/kpi-cell.tsx';
import type { AnalyticsSearch, Go } from './analytics-search.ts';
import { ColumnFormulas } from './column-formulas.tsx';
import { ruleText } from './kpi-formula.tsx';
import { analyticsQuery } from './queries.ts';
import { isOfRegion, type Scope } from './scope.ts';
import { RegionKpis, SectionKpis } from './section-kpis.tsx';
import { SectionRows } from './section-rows.tsx';
import { choicesOf } from './table-choices.ts';

/** A question about the product's licenses: its numbers and its rows. */
export function SectionPart({
  section,
  scope,
  search,
  go,
}: {
  section: Section;
  scope: Scope;
  search: AnalyticsSearch;
  go: Go;
}) {
  const { t } = useText();
  const { data, isPlaceholderData } = useQuery(analyticsQuery(scope));
  const title = t(`analytics.section.${section}`);
  const kpis = isPlaceholderData ? undefined : data?.sections[section];
  const choices = choicesOf(section, search[section]);
  return (
    <section id={section} className="analytics-section" aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        <ColumnFormulas section={section} />
        <span className="quiet">{t(`analytics.section.${section}.hint`)}</span>
      </div>
      {section === 'low_assignment' && data !== undefined ? (
        <p className="help rule">{ruleText(data.rule, t)}</p>
      ) : null}
      {data === undefined || kpis === undefined ? (
        <KpiSkeleton count={3} />
      ) : isOfRegion(scope) ? (
        <RegionKpis section={section} scope={scope} choices={choices} kpis={kpis} analytics={data} search={search} />
      ) : (
        <SectionKpis section={section} choices={choices} kpis={kpis} analytics={data} search={search} />
      )}
      <div id={`${section}-rows`} className="section-rows">
        {isOfRegion(scope) ? (
          <SectionRows section={section} scope={scope} choices={choices} go={go} />
        ) : (
          <p className="quiet section-note">{t('analytics.rows.chooseRegion')}</p>
        )}
      </div>
    </section>
  );
}
