import { CustomerId } from '@hub/contract/ids';
import type { SubscriptionRow } from '@hub/contract/subscription-analytics';
import { Link } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

/** Leads to the subscription or trial on its customer's page. */
export function SubscriptionLink({
  line: { customerId, kind, contractId },
  ...rest
}: {
  line: Pick<SubscriptionRow, 'customerId' | 'kind' | 'contractId'>;
} & Omit<ComponentProps<'a'>, 'href' | 'target'>) {
  return (
    <Link
      to="/customers/$customerId"
      params={{ customerId: CustomerId.parse(customerId) }}
      search={{ tab: kind === 'trial' ? 'trials' : 'subscriptions' }}
      hash={contractId}
      preload={false}
      {...rest}
    />
  );
}
