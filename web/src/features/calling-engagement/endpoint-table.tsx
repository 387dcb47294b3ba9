import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { BarCell } from './bar-cell.tsx';
import { type EndpointShare, endpointShares, poorShareOf, sumOf } from './endpoint-shares.ts';
import { type Legs, legsOf } from './legs-search.ts';
import { metricText } from './metric-words.ts';
import type { Period } from './period.ts';
import { endpointsQuery } from './queries.ts';
import type { Scope } from './scope.ts';
import { useRetry } from './use-retry.ts';

const alertFactor = 1.5; // of the share of all endpoints
const width = 116; // of the poor share's strip, in CSS pixels

/** How many legs each type of endpoint had, and how many of them were poor; the dashed line is all of them. */
export function EndpointTable({ scope, period }: { scope: Scope; period: Period }) {
  const { t, f } = useText();
  const session = useSession();
  const retry = useRetry();
  const asked: readonly RegionCode[] = scope.region === 'all' ? session.regions : [scope.region];
  const answers = useQueries({ queries: asked.map((region) => endpointsQuery(region, scope, period)) });
  const told = answers.flatMap(({ data }) => (data === undefined ? [] : [data.rows]));
  const title = t('engagement.endpoints');
  const untold = asked.flatMap((region, index) => {
    const answer = answers[index];
    return answer === undefined || answer.data !== undefined ? [] : [{ region, error: answer.error }];
  });
  const failed = untold.filter(({ error }) => error !== null);
  const pending = untold.filter(({ error }) => error === null);
  if (told.length === 0) {
    const [first] = failed;
    if (first === undefined || pending.length > 0) return <SkeletonRows rows={8} />;
    return <ErrorState error={first.error} onRetry={retry} />;
  }
  const shares = endpointShares(told.flat());
  return (
    <section className="stack endpoints" aria-label={title}>
      <h2>{title}</h2>
      {shares.length === 0 ? (
        <p className="quiet">{t('engagement.endpoints.nothing')}</p>
      ) : (
        <>
          <Shares shares={shares} legs={session.may('call_legs.read') ? legsOf(scope, period) : null} />
          <p className="help">{t('engagement.endpoints.rule')}</p>
        </>
      )}
      {failed.length === 0 ? null : (
        <p className="help">
          <Glyph name="late" /> {t('region.silent', { regions: f.list(namesOf(failed)) })}
        </p>
      )}
      {pending.length === 0 ? null : (
        <p className="help" aria-live="polite">
          <Glyph name="running" /> {t('engagement.endpoints.pending', { regions: f.list(namesOf(pending)) })}
        </p>
      )}
    </section>
  );
}

const namesOf = (parts: readonly { region: RegionCode }[]): string[] => parts.map(({ region }) => regionLabels[region]);

function LegsOfType({
  legs,
  endpoint,
  measure,
  children,
}: {
  legs: Legs;
  endpoint: EndpointShare;
  measure: 'poorLegs' | 'knownLegs';
  children: string;
}) {
  const { t } = useText();
  const count = measure === 'poorLegs' ? endpoint.poor : endpoint.known;
  if (legs === null || count === 0) return children;
  return (
    <Link
      to="/analytics/calling-usage/legs"
      search={{ ...legs, measure, endpointType: endpoint.type }}
      className="count"
      preload={false}
      aria-label={t('engagement.open', {
        metric: t(measure === 'poorLegs' ? 'metric.poorShare' : 'metric.knownLegs'),
        value: children,
        name: t(`endpoint.${endpoint.type}`),
      })}
    >
      {children}
    </Link>
  );
}

function Shares({ shares, legs }: { shares: readonly EndpointShare[]; legs: Legs }) {
  const { t, language } = useText();
  const numbers = numbersFor(language);
  const overall = poorShareOf(sumOf(shares));
  const most = Math.max(1, ...shares.map(({ known }) => known));
  const highest = Math.max(0.01, ...shares.map((share) => poorShareOf(share) ?? 0));
  const x = (share: number): number => (share / highest) * (width - 12);
  return (
    <table className="plain-table">
      <caption>{t('engagement.endpoints')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('engagement.endpoint')}</th>
          <th scope="col" className="bar-head">
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
        {shares.map((endpoint) => {
          const share = poorShareOf(endpoint);
          const isOver = share !== null && overall !== null && share > 0 && share >= overall * alertFactor;
          const known = (
            <LegsOfType legs={legs} endpoint={endpoint} measure="knownLegs">
              {metricText('knownLegs', endpoint.known, numbers)}
            </LegsOfType>
          );
          return (
            <tr key={endpoint.type}>
              <th scope="row">{t(`endpoint.${endpoint.type}`)}</th>
              <td>
                <BarCell share={endpoint.known / most}>{known}</BarCell>
              </td>
              <td className="endpoint-share">
                <svg width={width} height="20" viewBox={`0 0 ${width} 20`} aria-hidden="true">
                  <line x1="0" x2={width} y1="10" y2="10" className="chart-grid" />
                  {overall === null ? null : (
                    <line x1={x(overall)} x2={x(overall)} y1="0" y2="20" className="chart-limit" />
                  )}
                  {share === null ? null : (
                    <>
                      <line x1="0" x2={x(share)} y1="10" y2="10" className="chart-stem" />
                      <circle cx={x(share) + 5} cy="10" r="4" className="chart-ring" data-over={isOver || undefined} />
                    </>
                  )}
                </svg>
              </td>
              <td className={isOver ? 'strong' : undefined}>
                {share === null ? (
                  ''
                ) : (
                  <LegsOfType legs={legs} endpoint={endpoint} measure="poorLegs">
                    {metricText('poorShare', share, numbers)}
                  </LegsOfType>
                )}
                {isOver ? <span className="unseen"> {t('engagement.endpoints.over')}</span> : null}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
