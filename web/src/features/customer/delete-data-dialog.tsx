import { Button, TextInput } from '@mantine/core';
import type { getCustomerData } from '@hub/contract/deletions';
import type { ReplyOf } from '@hub/contract/endpoint';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Choices } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState, InlineError, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import type { CustomerShown } from './customer-shown.ts';
import { customerDataQuery, useDeleteData } from './queries.ts';

type CustomerData = ReplyOf<typeof getCustomerData>;

/** Tells in numbers what there is, asks for the name, and queues the deletion. */
export function DeleteDataDialog({ customer, onClose }: { customer: CustomerShown; onClose: () => void }) {
  const { t } = useText();
  useReturnFocus();
  const { data, error, refetch } = useQuery(customerDataQuery(customer.id));
  return (
    <Dialog title={t('deletion.title', { name: customer.name })} onClose={onClose}>
      {data === undefined && error === null ? <SkeletonRows rows={4} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? null : <DeleteDataForm customer={customer} there={data} onClose={onClose} />}
    </Dialog>
  );
}

function DeleteDataForm({
  customer,
  there,
  onClose,
}: {
  customer: CustomerShown;
  there: CustomerData;
  onClose: () => void;
}) {
  const { t } = useText();
  const remove = useDeleteData();
  const [what, setWhat] = useState<'data' | 'record'>('data');
  const [name, setName] = useState('');
  const choices = [
    { value: 'data' as const, label: t('deletion.data'), description: t('deletion.data.later') },
    { value: 'record' as const, label: t('deletion.record'), description: t('deletion.record.later', there.record) },
  ];
  const submit = (): void =>
    remove.mutate(
      { params: { customerId: customer.id }, body: { name, takesRecord: what === 'record' } },
      {
        onSuccess: () => {
          toast({ title: t('deletion.asked') });
          onClose();
        },
      },
    );
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="quiet">{t('deletion.hint')}</p>
      <Found there={there} />
      <Choices
        label={t('deletion.what')}
        choices={customer.kind === 'own' ? choices.slice(0, 1) : choices}
        value={what}
        onChange={setWhat}
      />
      <TextInput
        label={t('deletion.name', { name: there.customerName })}
        autoComplete="off"
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <InlineError error={remove.error} />
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button
          type="submit"
          variant="danger-filled"
          loading={remove.isPending}
          disabled={name.trim() !== there.customerName.trim()}
        >
          {t('deletion.act')}
        </Button>
      </div>
    </form>
  );
}

function Found({ there: { regions, unavailable } }: { there: CustomerData }) {
  const { t } = useText();
  return (
    <div>
      {regions.length === 0 && unavailable.length === 0 ? <p>{t('deletion.nothing')}</p> : null}
      {regions.map(({ region, feeds }) => (
        <section key={region} aria-label={t(`region.${region}`)}>
          <h3>{t(`region.${region}`)}</h3>
          <ul className="plain-list">
            {feeds.map(({ feed, stored, held, rejected }) => (
              <li key={feed}>{t('deletion.rows', { feed: t(`feed.${feed}`), stored, held, rejected })}</li>
            ))}
          </ul>
        </section>
      ))}
      {unavailable.map((region) => (
        <p key={region}>{t('deletion.unavailable', { region: t(`region.${region}`) })}</p>
      ))}
    </div>
  );
}
