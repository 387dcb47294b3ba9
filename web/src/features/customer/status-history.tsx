import type { CustomerId } from '@hub/contract/ids';
import { useQuery } from '@tanstack/react-query';
import { statusWord } from '../customers/index.ts';
import { useText } from '../../lib/i18n.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { statusHistoryQuery } from './queries.ts';

/** Which statuses the customer had, and when. */
export function StatusHistory({ customerId }: { customerId: CustomerId }) {
  const { t, f } = useText();
  const { data, error, refetch } = useQuery(statusHistoryQuery(customerId));
  return (
    <section className="band" aria-labelledby="customer-history">
      <h2 id="customer-history">{t('customer.history')}</h2>
      {data === undefined && error === null ? <SkeletonRows rows={3} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data?.items.length === 0 ? <p className="quiet">{t('customer.history.none')}</p> : null}
      {data === undefined || data.items.length === 0 ? null : (
        <table className="status-history" aria-labelledby="customer-history">
          <thead>
            <tr>
              <th scope="col">{t('customer.history.status')}</th>
              <th scope="col">{t('customer.history.from')}</th>
              <th scope="col">{t('customer.history.until')}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map(({ status, beganOn, endedOn }) => (
              <tr key={`${status} ${beganOn}`}>
                <th scope="row">{statusWord(status, t)}</th>
                <td className="num">{f.date(beganOn)}</td>
                <td className="num">
                  {endedOn === null ? <span className="strong">{t('customer.history.now')}</span> : f.date(endedOn)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
