import { Button } from '@mantine/core';
import { CustomerId } from '@hub/contract/ids';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useSession } from '../sessions/index.ts';
import { SubscriptionList } from '../subscriptions/index.ts';
import { TrialList } from '../trials/index.ts';
import { ApiError } from '../../lib/api.ts';
import { useText, withWords } from '../../lib/i18n.ts';
import { useTitle } from '../../lib/use-title.ts';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import './customer.css';
import { CustomerHead } from './customer-head.tsx';
import type { CustomerShown } from './customer-shown.ts';
import { OverviewTab } from './overview-tab.tsx';
import { customerQuery } from './queries.ts';
import { type CustomerTab, tabsFor } from './tabs.ts';

const CallingTab = lazy(async () => ({
  default: (await withWords(['usage', 'freshness'], import('./calling-tab.tsx'))).CallingTab,
}));
const ActivityTab = lazy(async () => ({
  default: (await withWords(['administration'], import('./activity-tab.tsx'))).ActivityTab,
}));

/** Everything about one customer. A click on a customer anywhere leads here. */
export function CustomerPage() {
  const { customerId } = useParams({ from: '/frame/customers/$customerId' });
  const id = CustomerId.safeParse(customerId).data;
  return <div className="page customer">{id === undefined ? <NoCustomer /> : <Loaded customerId={id} />}</div>;
}

function Loaded({ customerId }: { customerId: CustomerId }) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(customerQuery(customerId));
  useTitle(data?.name ?? t('customer.title'));
  if (data !== undefined) return <Shown customer={data} />;
  if (error === null) return <SkeletonRows rows={10} />;
  if (error instanceof ApiError && error.status === 404) return <NoCustomer />;
  return <ErrorState error={error} onRetry={() => void refetch()} />;
}

/** There is none, it belongs to another partner, or it lies outside the person's scope: which of these is not told. */
function NoCustomer() {
  const { t } = useText();
  useTitle(t('customer.none'));
  return (
    <EmptyState title={t('customer.none')} hint={t('customer.none.hint')}>
      <Button renderRoot={(props: object) => <Link to="/" {...props} />}>{t('error.toStart')}</Button>
    </EmptyState>
  );
}

function Shown({ customer }: { customer: CustomerShown }) {
  const { t } = useText();
  const session = useSession();
  const search = useSearch({ from: '/frame/customers/$customerId' });
  const hasCalls = customer.orgUuid !== null && session.regions.includes(customer.region);
  const tabs = tabsFor(session.may, hasCalls);
  const tab = tabs.find((each) => each === search.tab) ?? 'overview';
  return (
    <>
      <CustomerHead customer={customer} />
      <TabBar label={t('customer.parts', { name: customer.name })}>
        {tabs.map((each) => (
          <li key={each}>
            <Link
              to="/customers/$customerId"
              params={{ customerId: customer.id }}
              search={each === 'overview' ? {} : { tab: each }}
              aria-current={each === tab ? 'page' : undefined}
              activeOptions={{ exact: true, includeSearch: true }}
              resetScroll={false}
            >
              {t(`customer.tab.${each}`)}
            </Link>
          </li>
        ))}
      </TabBar>
      <Suspense fallback={<SkeletonRows rows={6} />}>
        <Part tab={tab} customer={customer} />
      </Suspense>
    </>
  );
}

function Part({ tab, customer }: { tab: CustomerTab; customer: CustomerShown }) {
  const { id, name, today } = customer;
  switch (tab) {
    case 'overview':
      return <OverviewTab customer={customer} />;
    case 'subscriptions':
      return <SubscriptionList customerId={id} customerName={name} today={today} />;
    case 'trials':
      return <TrialList customerId={id} customerName={name} today={today} isOwn={customer.kind === 'own'} />;
    case 'calling':
      return <CallingTab customerId={id} name={name} region={customer.region} products={customer.products} />;
    case 'activity':
      return <ActivityTab customerId={id} />;
  }
}
