import { exportMetricsByRegion, type MetricKey } from '@hub/contract/metrics';
import { Link } from '@tanstack/react-router';
import { ExportButton } from '../calling-usage/index.ts';
import { addressOf } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/table-columns.ts';
import { State } from '../../ui/glyph.tsx';
import { type EngagementSearch, freshRows } from './engagement-search.ts';
import { valueColumns } from './metric-columns.tsx';
import { cellText, metricName, metricUnit } from './metric-words.ts';
import { type Period, trendOf } from './period.ts';
import { type Answer, questionOf } from './queries.ts';
import { TableFormulas } from './table-formulas.tsx';
import { leadingMetric } from './table-metrics.ts';
import type { Scope, View } from './scope.ts';

type Row = Answer['regions'][number];

/** What the table shows, with its weeks; of a range the whole. Features are of customers that have queues. */
function regionsQuestion(scope: Scope, period: Period, view: View, metrics: readonly MetricKey[]) {
  const { from, to } = period;
  const span = period.kind === 'week' ? trendOf(period) : { from, to, bucket: 'whole' as const };
  return questionOf(scope, { ...span, metrics, hasQueues: view === 'features' });
}

/** All regions: a row each, never their customers. */
export function RegionTable({
  answer,
  period,
  view,
  metrics,
  scope,
  search,
}: {
  answer: Answer;
  period: Period;
  view: View;
  metrics: readonly MetricKey[];
  scope: Scope;
  search: EngagementSearch;
}) {
  const { t, f, language } = useText();
  const isPhone = useIsPhone();
  const numbers = numbersFor(language);
  const lead = leadingMetric(view, metrics);
  const title = t(`engagement.regions.${view}`);
  const name = (row: Row) => (
    <Link
      to="/analytics/calling-engagement"
      search={{ ...search, region: row.region }}
      className="name"
      preload={false}
    >
      {t(`region.${row.region}`)}
    </Link>
  );
  const number = (row: Row, key: MetricKey) => {
    const value = row.values[key]?.at(-1) ?? null;
    const text = cellText(key, value, numbers, t);
    if (value === null || value === 0) return text;
    return (
      <Link
        to="/analytics/calling-engagement"
        search={{ ...search, ...freshRows, region: row.region, sort: key, order: 'desc' }}
        className="count"
        preload={false}
        aria-label={t('engagement.open', { metric: metricName(key, t), value: text, name: t(`region.${row.region}`) })}
      >
        {text}
      </Link>
    );
  };
  const told = (row: Row) =>
    row.hasAnswered ? (
      <State
        glyph="done"
        word={
          row.dataAsOf === null
            ? t('engagement.answered')
            : t('engagement.asOf', { time: f.shortDateTime(row.dataAsOf) })
        }
      />
    ) : (
      <State glyph="late" word={t('usage.regions.noAnswer')} />
    );
  const columns: Column<Row>[] = [
    { key: 'region', head: t('common.region'), width: 230, cell: name, total: t('region.all') },
    { key: 'answer', head: t('engagement.answer'), width: 226, cell: told },
    {
      key: 'customers',
      head: t('usage.regions.customers'),
      width: 100,
      isNumber: true,
      cell: (row) => (row.hasAnswered ? f.number(row.customers) : null),
      total: f.number(answer.regions.reduce((sum, { customers }) => sum + customers, 0)),
    },
    ...valueColumns<Row>({
      t,
      numbers,
      metrics,
      lead: period.kind === 'week' ? lead : null,
      place: lead,
      totals: { values: answer.totals, before: answer.totalsBefore },
      isOpen: answer.areOpen.at(-1) ?? false,
      isChangeSortable: false,
      toldOf: (row) => row,
      cell: (row, key) => (row.hasAnswered ? number(row, key) : null),
    }).map((column) => ({ ...column, isSortable: false })),
  ];
  const shown = metrics.slice(0, 3);
  return (
    <section className="engagement-rows" aria-label={title}>
      <div className="rows-bar">
        <div className="section-head">
          <h2>{title}</h2>
          <TableFormulas name={title} view={view} metrics={metrics} />
          <span className="quiet">{t('usage.regions.hint')}</span>
        </div>
        <div className="rows-tools">
          <ExportButton
            rows={answer.regions.length}
            href={addressOf(exportMetricsByRegion, { query: regionsQuestion(scope, period, view, metrics) })}
          />
        </div>
      </div>
      {isPhone ? (
        <ul className="region-list">
          {answer.regions.map((row) => (
            <li key={row.region} className="lines">
              <div>
                {name(row)}
                {told(row)}
              </div>
              {row.hasAnswered
                ? shown.map((key) => (
                    <div key={key} className="num">
                      <span className="help">{metricName(key, t)}</span>
                      <span>
                        {number(row, key)} {metricUnit(key, t) ?? ''}
                      </span>
                    </div>
                  ))
                : null}
            </li>
          ))}
        </ul>
      ) : (
        <div className="rows-table">
          <DataTable
            name={title}
            columns={columns}
            rows={answer.regions}
            rowCount={answer.regions.length}
            rowKey={({ region }) => region}
            rowHeight={36}
            hasTotals
          />
        </div>
      )}
      <p className="help regions-note">{t('engagement.regions.added')}</p>
    </section>
  );
}
