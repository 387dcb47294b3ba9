import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { isActive, LicenseTable, sharesByProduct, subscriptionsQuery } from '../subscriptions/index.ts';
import { trialsQuery } from '../trials/index.ts';
import { daysUntil } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import type { CustomerShown } from './customer-shown.ts';

/** Active subscriptions and trials together, by product; below, how many there are. */
export function ContractsSummary({ customer: { id, today, next } }: { customer: CustomerShown }) {
  const { t, f } = useText();
  const [subscriptions, trials] = useQueries({ queries: [subscriptionsQuery(id), trialsQuery(id)] });
  const error = subscriptions.error ?? trials.error;
  if (subscriptions.data === undefined || trials.data === undefined)
    return error === null ? (
      <SkeletonRows rows={4} />
    ) : (
      <ErrorState
        error={error}
        onRetry={() => {
          void subscriptions.refetch();
          void trials.refetch();
        }}
      />
    );
  const running = subscriptions.data.items.filter((each) => isActive(each, today));
  const tried = trials.data.items.filter((each) => isActive(each, today));
  const lines = sharesByProduct([...running, ...tried].flatMap((contract) => contract.lines));
  return (
    <section className="band stack" aria-labelledby="customer-licenses">
      <div className="section-head">
        <h2 id="customer-licenses">{t('customer.licenses')}</h2>
        <span className="quiet">{t('customer.licenses.of')}</span>
      </div>
      <LicenseTable name={t('customer.licenses')} lines={lines} isTried={tried.length > 0} />
      <p className="row">
        <Link to="/customers/$customerId" params={{ customerId: id }} search={{ tab: 'subscriptions' }}>
          {t('customer.activeSubscriptions', { active: running.length, all: subscriptions.data.items.length })}
        </Link>
        <Link to="/customers/$customerId" params={{ customerId: id }} search={{ tab: 'trials' }}>
          {t('customer.runningTrials', { active: tried.length, all: trials.data.items.length })}
        </Link>
        {next === null ? null : (
          <span className="quiet" title={f.date(next.on)}>
            {t(next.verb === 'renews' ? 'customer.next.renews' : 'customer.next.ends', {
              reference: next.reference ?? '',
              date: f.date(next.on),
              days: Math.max(0, daysUntil(today, next.on)),
            })}
          </span>
        )}
      </p>
    </section>
  );
}
