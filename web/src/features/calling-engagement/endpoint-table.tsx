import type { MetricRow } from '@hub/contract/metrics';
import type { RegionCode } from '@hub/contract/regions';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useText } from '../../lib/i18n.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { lastOf, metricText, numbersFor } from './metric-words.ts';
import type { Period } from './period.ts';
import { rowsQuery } from './queries.ts';
import type { Scope } from './scope.ts';

const alertFactor = 1.5; // of the share of all endpoints
const width = 150; // of the poor share's strip, in CSS pixels

/** How many legs each kind of endpoint had, and how many of them were poor; the dashed line is all of them. */
export function EndpointTable({ region, scope, period }: { region: RegionCode; scope: Scope; period: Period }) {
  const { t, language } = useText();
  const numbers = numbersFor(language);
  const { from, to } = period;
  const { data, error, refetch } = useInfiniteQuery(
    rowsQuery(region, scope, {
      from,
      to,
      bucket: 'whole',
      metrics: ['knownLegs', 'poorLegs', 'poorShare'],
      by: 'endpointType',
      sort: 'knownLegs',
      sortBy: 'last',
      order: 'desc',
    }),
  );
  const [page] = data?.pages ?? [];
  const title = t('engagement.endpoints');
  if (page === undefined)
    return error === null ? <SkeletonRows rows={8} /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  const overall = lastOf(page.totals, 'poorShare');
  const most = Math.max(1, ...page.rows.map(({ values }) => lastOf(values, 'knownLegs') ?? 0));
  const highest = Math.max(0.01, overall ?? 0, ...page.rows.map(({ values }) => lastOf(values, 'poorShare') ?? 0));
  const x = (share: number): number => (share / highest) * (width - 12);
  return (
    <section className="stack endpoints" aria-label={title}>
      <h2>{title}</h2>
      {page.rows.length === 0 ? (
        <p className="quiet">{t('engagement.endpoints.nothing')}</p>
      ) : (
        <table className="plain-table">
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t('engagement.endpoint')}</th>
              <th scope="col" colSpan={2}>
                {t('engagement.endpoints.known')}
              </th>
              <th scope="col" colSpan={2} className="endpoint-poor">
                {t('engagement.endpoints.poor')}{' '}
                {overall === null ? null : (
                  <small>{t('engagement.endpoints.all', { share: metricText('poorShare', overall, numbers) })}</small>
                )}
              </th>
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row) => {
              const known = lastOf(row.values, 'knownLegs');
              const share = lastOf(row.values, 'poorShare');
              const isOver = share !== null && overall !== null && share >= overall * alertFactor && share > 0;
              return (
                <tr key={row.endpointType ?? row.name}>
                  <th scope="row">{endpointName(row, t)}</th>
                  <td className="endpoint-bar">
                    <span className="bar-fill" style={{ width: `${((known ?? 0) / most) * 100}%` }} />
                  </td>
                  <td>{known === null ? '' : metricText('knownLegs', known, numbers)}</td>
                  <td className="endpoint-share">
                    <svg width={width} height="20" aria-hidden="true">
                      <line x1="0" x2={width} y1="10" y2="10" className="chart-grid" />
                      {overall === null ? null : (
                        <line x1={x(overall)} x2={x(overall)} y1="0" y2="20" className="chart-limit" />
                      )}
                      {share === null ? null : (
                        <>
                          <line x1="0" x2={x(share)} y1="10" y2="10" className="chart-stem" />
                          <circle
                            cx={x(share) + 5}
                            cy="10"
                            r="4"
                            className="chart-ring"
                            data-over={isOver || undefined}
                          />
                        </>
                      )}
                    </svg>
                  </td>
                  <td className={isOver ? 'strong' : undefined}>
                    {share === null ? '' : metricText('poorShare', share, numbers)}
                    {isOver ? <span className="unseen"> {t('engagement.endpoints.over')}</span> : null}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <p className="help">{t('engagement.endpoints.rule')}</p>
    </section>
  );
}

const endpointName = ({ endpointType, name }: MetricRow, t: ReturnType<typeof useText>['t']): string =>
  endpointType === null ? name : t(`endpoint.${endpointType}`);
