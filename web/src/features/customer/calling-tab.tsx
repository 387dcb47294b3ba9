import { Button } from '@mantine/core';
import type { Product } from '@hub/contract/products';
import type { CustomerId } from '@hub/contract/ids';
import type { FeedCode } from '@hub/contract/imports';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { cellText, lastDays, measureKeys, measureName, usageQuery } from '../calling-usage/index.ts';
import { CustomerCoverage, WhyEmpty } from '../freshness/index.ts';
import { useSession } from '../sessions/index.ts';
import { useText, withWords } from '../../lib/i18n.ts';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';

const CustomerEngagement = lazy(async () => ({
  default: (await withWords(['engagement', 'charts'], import('../calling-engagement/index.ts'))).CustomerEngagement,
}));

const days = 30;

/** Calling engagement of the customer, its usage of the last 30 days in numbers, and the days that have data. */
export function CallingTab({
  customerId,
  name,
  region,
  products,
}: {
  customerId: CustomerId;
  name: string;
  region: RegionCode;
  /** Of active subscriptions and trials. */
  products: readonly Product[];
}) {
  const { t, f } = useText();
  const { today } = useSession();
  const navigate = useNavigate();
  const [feed, setFeed] = useState<FeedCode>();
  const range = lastDays(today, days);
  const { data, error, refetch } = useInfiniteQuery(usageQuery({ region, ...range, customerId }));
  const first = data?.pages[0];
  if (first === undefined)
    return error === null ? <SkeletonRows rows={5} /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  const more = (
    <Button
      renderRoot={(props: object) => (
        <Link to="/analytics/calling-usage" search={{ region, ...range, customerId }} {...props} />
      )}
    >
      {t('customer.calling.open')}
    </Button>
  );
  const numbers = (
    <section className="band stack" aria-label={t('customer.tab.calling')}>
      <div className="section-head">
        <h2>{t('customer.calling', { days })}</h2>
        <span className="quiet num">{f.dayRange(range.from, range.to)}</span>
        <span className="help">
          {first.dataAsOf === null
            ? null
            : t('usage.asOf', { region: regionLabels[region], time: f.dateTime(first.dataAsOf) })}
        </span>
        <div className="page-actions">{more}</div>
      </div>
      <dl className="customer-numbers">
        {measureKeys
          .filter((key) => first.totals[key] !== null)
          .map((key) => (
            <div key={key}>
              <dt>{measureName(key, t)}</dt>
              <dd className="num">{cellText(first.totals, key, f)}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
  return (
    <>
      {first.rows > 0 ? (
        <>
          <Suspense fallback={<SkeletonRows rows={10} />}>
            <CustomerEngagement customerId={customerId} name={name} region={region} />
          </Suspense>
          {numbers}
        </>
      ) : products.includes('calling') ? (
        <WhyEmpty
          region={region}
          range={range}
          customerId={customerId}
          onRange={(shown) =>
            void navigate({ to: '/analytics/calling-usage', search: { region, ...shown, customerId } })
          }
        />
      ) : (
        <EmptyState title={t('customer.calling.notBought')} hint={t('customer.calling.notBought.hint')} />
      )}
      <CustomerCoverage customerId={customerId} feed={feed} onFeed={setFeed} saysWhenEmpty={false} />
    </>
  );
}
