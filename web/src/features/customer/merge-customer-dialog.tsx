import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { printQuery } from '@hub/contract/customer-query-print';
import type { CustomerId } from '@hub/contract/ids';
import { regionLabels } from '@hub/contract/regions';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { customersQuery } from '../customers/index.ts';
import { subscriptionsQuery } from '../subscriptions/index.ts';
import { trialsQuery } from '../trials/index.ts';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import type { CustomerShown } from './customer-shown.ts';
import { customerQuery, mergePreviewQuery, useMergeCustomer } from './queries.ts';

interface Other {
  id: CustomerId;
  name: string;
}

/** Takes everything of another customer into this one. The other is named before it is gone. */
export function MergeCustomerDialog({ customer, onClose }: { customer: CustomerShown; onClose: () => void }) {
  const { t, f } = useText();
  useReturnFocus();
  const merge = useMergeCustomer();
  const [other, setOther] = useState<Other | null>(null);
  const [named, setNamed] = useState('');
  const [fault, setFault] = useState<'other' | 'name' | null>(null);
  const { id, name } = customer;
  const submit = () => {
    const wrong = other === null ? 'other' : named.trim() === other.name.trim() ? null : 'name';
    setFault(wrong);
    if (wrong !== null || other === null) return;
    merge.mutate(
      { params: { customerId: id }, body: { otherCustomerId: other.id } },
      {
        onSuccess: ({ tagsLeft }) => {
          toast({
            title: t('merge.done', { other: other.name, name }),
            ...(tagsLeft.length === 0 ? {} : { body: t('merge.tagsLeft', { names: f.list(tagsLeft) }) }),
          });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={t('merge.title', { name })} onClose={onClose}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className="quiet wrap">{t('merge.hint', { name, region: regionLabels[customer.region] })}</p>
        <OtherChoice
          customer={customer}
          value={other}
          error={fault === 'other' ? t('error.required') : null}
          onChange={(chosen) => {
            setOther(chosen);
            setNamed('');
            setFault(null);
          }}
        />
        {other === null ? null : <Preview into={customer} other={other.id} />}
        {other === null ? null : (
          <TextInput
            label={t('merge.confirm', { name: other.name })}
            value={named}
            autoComplete="off"
            onChange={(event) => setNamed(event.currentTarget.value)}
            error={fault === 'name' ? t('merge.confirm.wrong') : null}
          />
        )}
        <InlineError error={merge.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="danger-filled" loading={merge.isPending}>
            {t('merge.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function OtherChoice({
  customer,
  value,
  error,
  onChange,
}: {
  customer: CustomerShown;
  value: Other | null;
  error: string | null;
  onChange: (other: Other | null) => void;
}) {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), 150);
  const text = value !== null && settled === value.name ? '' : settled;
  const filter = [`region:${customer.region}`, ...(text === '' ? [] : [printQuery({ kind: 'text', text })])].join(' ');
  const found = useQuery({
    ...customersQuery({ filter, sort: 'name', limit: 50 }),
    placeholderData: keepPreviousData,
  });
  const items = (found.data?.items ?? []).filter((item) => item.id !== customer.id && item.kind !== 'own');
  return (
    <>
      <Select
        label={t('merge.other')}
        placeholder={t('customers.link.placeholder')}
        data-autofocus
        searchable
        data={items.map((item) => ({
          value: item.id,
          label: [item.name, item.externalId ?? item.orgUuid ?? item.domain].filter((part) => part).join(' · '),
        }))}
        filter={({ options }) => options} // the server has filtered
        searchValue={typed}
        onSearchChange={setTyped}
        value={value?.id ?? null}
        onChange={(chosen) => {
          const item = items.find((each) => each.id === chosen);
          onChange(item === undefined ? null : { id: item.id, name: item.name });
        }}
        nothingFoundMessage={found.isPending ? t('state.loading') : t('merge.nothing')}
        error={error}
      />
      <InlineError error={found.error} />
    </>
  );
}

/** What moves, and what becomes of it. */
function Preview({ into, other }: { into: CustomerShown; other: CustomerId }) {
  const { t, f } = useText();
  const [of, subscriptions, trials, preview] = useQueries({
    queries: [customerQuery(other), subscriptionsQuery(other), trialsQuery(other), mergePreviewQuery(into.id, other)],
  });
  const error = of.error ?? subscriptions.error ?? trials.error ?? preview.error;
  if (error !== null) return <InlineError error={error} />;
  if (
    of.data === undefined ||
    subscriptions.data === undefined ||
    trials.data === undefined ||
    preview.data === undefined
  )
    return <SkeletonRows rows={3} height={20} />;
  const { orgUuid, externalId, tags, domain } = of.data;
  const { tagsLeft, groups, administrators, administratorNames } = preview.data;
  const fitting = tags.filter((tag) => !tagsLeft.includes(tag.name));
  const moves = [
    ...(subscriptions.data.items.length === 0 && trials.data.items.length === 0
      ? []
      : [
          f.list([
            t('subs.count', { count: subscriptions.data.items.length }),
            t('trials.count', { count: trials.data.items.length }),
          ]),
        ]),
    ...(orgUuid === null ? [] : [t(into.orgUuid === null ? 'merge.org' : 'merge.org.two', { id: orgUuid })]),
    ...(externalId === null || externalId === '' ? [] : [t('merge.externalId', { id: externalId })]),
    ...(domain === null || domain === '' ? [] : [t('merge.domain', { domain })]),
    ...(fitting.length === 0 ? [] : [t('merge.tags', { names: f.list(fitting.map((tag) => tag.name)) })]),
    ...(groups.length === 0 ? [] : [t('merge.groups', { names: f.list(groups) })]),
    ...(administrators === 0
      ? []
      : [
          administratorNames === null
            ? t('merge.administrators.count', { count: administrators })
            : t('merge.administrators', { names: f.list(administratorNames) }),
        ]),
  ];
  return (
    <div className="merge-preview">
      <p className="strong">{t('merge.preview', { other: of.data.name, name: into.name })}</p>
      {moves.length === 0 ? (
        <p className="quiet">{t('merge.preview.nothing')}</p>
      ) : (
        <ul>
          {moves.map((text) => (
            <li key={text} className="wrap">
              {text}
            </li>
          ))}
        </ul>
      )}
      {tagsLeft.length === 0 ? null : <p className="wrap">{t('merge.tagsLeft', { names: f.list(tagsLeft) })}</p>}
      <p className="quiet">{t('merge.gone', { other: of.data.name })}</p>
    </div>
  );
}
