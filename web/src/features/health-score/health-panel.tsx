import type { CustomerId } from '@hub/contract/ids';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../lib/i18n.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { factorText } from './factor-text.ts';
import { HealthHow } from './health-how.tsx';
import './health.css';
import { customerHealthQuery } from './queries.ts';

/** The health score of a customer: each factor with what is known, its weight and its points. */
export function HealthPanel({ customerId }: { customerId: CustomerId }) {
  const { t, f } = useText();
  const { data, error, refetch } = useQuery(customerHealthQuery(customerId));
  return (
    <section className="band stack" aria-labelledby="customer-health">
      <div className="section-head">
        <h2 id="customer-health">{t('health.score')}</h2>
        <HealthHow />
      </div>
      {data === undefined && error === null ? <SkeletonRows rows={6} /> : null}
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined ? null : (
        <>
          <p className="health-score num">
            {data.score === null ? (
              <span className="quiet">{t('health.none')}</span>
            ) : (
              <>
                <strong>{f.number(data.score)}</strong> {t('health.of100')}
              </>
            )}{' '}
            <span className="quiet">{t('health.factors', { known: data.known, counted: data.counted })}</span>
          </p>
          <table className="health-factors">
            <thead>
              <tr>
                <th scope="col">{t('health.factor')}</th>
                <th scope="col">{t('health.weight')}</th>
                <th scope="col">{t('health.points')}</th>
              </tr>
            </thead>
            <tbody>
              {data.factors.map((told) => (
                <tr key={told.factor}>
                  <th scope="row">
                    {t(`health.factor.${told.factor}`)}
                    <span className="help">{factorText(told, data, { t, f })}</span>
                  </th>
                  <td>{f.number(data.policy[told.factor])}</td>
                  <td>{told.points === null ? '' : f.number(Math.round(told.points))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
