import { Button } from '@mantine/core';
import type { CustomerId } from '@hub/contract/ids';
import type { Subscription } from '@hub/contract/subscriptions';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { InvoiceList, OrderList } from '../orders/index.ts';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { subscriptionsQuery, useRemoveSubscription } from './queries.ts';
import { SubscriptionRow } from './subscription-row.tsx';

const SubscriptionDialog = lazy(async () => ({
  default: (await import('./subscription-dialog.tsx')).SubscriptionDialog,
}));

type Opened = { act: 'add' } | { act: 'edit' | 'remove'; subscription: Subscription };

/** The subscriptions of a customer, the latest start first, each with its licenses. */
export function SubscriptionList({
  customerId,
  customerName,
  today,
}: {
  customerId: CustomerId;
  customerName: string;
  today: string;
}) {
  const { t } = useText();
  const mayWrite = useSession().may('subscriptions.write');
  const { data, error, refetch } = useQuery(subscriptionsQuery(customerId));
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  const add = mayWrite ? (
    <Button leftSection={<IconPlus size={16} stroke={1.6} />} onClick={() => setOpened({ act: 'add' })}>
      {t('subs.add')}
    </Button>
  ) : null;
  return (
    <>
      {data === undefined && error === null ? <SkeletonRows rows={6} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState title={t('subs.empty')} hint={t(mayWrite ? 'subs.empty.hint' : 'subs.empty.readOnly')}>
          {add}
        </EmptyState>
      ) : null}
      {data === undefined || data.items.length === 0 ? null : (
        <>
          <div className="band section-head">
            <h2>{t('subs.count', { count: data.items.length })}</h2>
            <div className="page-actions">{add}</div>
          </div>
          {data.items.map((subscription) => (
            <SubscriptionRow
              key={subscription.id}
              subscription={subscription}
              today={today}
              onAct={mayWrite ? (act) => setOpened({ act, subscription }) : undefined}
            />
          ))}
          <OrderList customerId={customerId} />
          <InvoiceList customerId={customerId} />
        </>
      )}
      <Suspense fallback={null}>
        {opened?.act === 'add' ? (
          <SubscriptionDialog customerId={customerId} customerName={customerName} today={today} onClose={close} />
        ) : null}
        {opened?.act === 'edit' ? (
          <SubscriptionDialog
            customerId={customerId}
            customerName={customerName}
            today={today}
            subscription={opened.subscription}
            onClose={close}
          />
        ) : null}
      </Suspense>
      {opened?.act === 'remove' ? <RemoveDialog subscription={opened.subscription} onClose={close} /> : null}
    </>
  );
}

function RemoveDialog({ subscription, onClose }: { subscription: Subscription; onClose: () => void }) {
  const { t } = useText();
  const remove = useRemoveSubscription();
  const { id, reference } = subscription;
  return (
    <ConfirmDialog
      isOpen
      title={t('subs.remove.title', { reference })}
      confirm={t('subs.remove')}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(id, {
          onSuccess: () => {
            toast({ title: t('subs.removed', { reference }) });
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      {t('subs.remove.body', { count: subscription.lines.length })}
    </ConfirmDialog>
  );
}
