import { Button, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { CustomerId, OrgUuid } from '@hub/contract/ids';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { customersQuery, useLinkCustomer } from './queries.ts';
import { searchFilter } from './query-text.ts';

/** Gives the organization to a customer of the region that has none yet. */
export function LinkCustomerDialog({
  orgUuid,
  region,
  onClose,
}: {
  orgUuid: OrgUuid;
  region: RegionCode;
  onClose: () => void;
}) {
  const { t } = useText();
  useReturnFocus();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<{ id: CustomerId; name: string } | null>(null);
  const [isEmpty, setIsEmpty] = useState(false);
  const [settled] = useDebouncedValue(typed.trim(), 150);
  const link = useLinkCustomer();
  const q = chosen !== null && settled === chosen.name ? '' : settled;
  const customers = useQuery({
    ...customersQuery({
      filter: `region:${region} -has:organization ${searchFilter(q)}`.trim(),
      sort: 'name',
      limit: 50,
    }),
    placeholderData: keepPreviousData,
  });
  const items = customers.data?.items ?? [];
  const submit = () => {
    if (chosen === null) {
      setIsEmpty(true);
      return;
    }
    link.mutate(
      { params: { customerId: chosen.id }, body: { orgUuid, expectedRegion: region } },
      {
        onSuccess: () => {
          toast({ title: t('customers.linked', { name: chosen.name }) });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={t('customers.link.title')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className="quiet wrap">
          {t('customers.link.body', { organization: orgUuid, region: regionLabels[region] })}
        </p>
        <Select
          label={t('customers.link.customer')}
          placeholder={t('customers.link.placeholder')}
          data-autofocus
          searchable
          data={items.map((customer) => ({ value: customer.id, label: customer.name }))}
          filter={({ options }) => options} // the server has filtered
          searchValue={typed}
          onSearchChange={setTyped}
          value={chosen?.id ?? null}
          onChange={(value) => {
            const customer = items.find((item) => item.id === value);
            setChosen(customer === undefined ? null : { id: customer.id, name: customer.name });
            setIsEmpty(false);
          }}
          nothingFoundMessage={customers.isPending ? t('state.loading') : t('customers.link.nothing')}
          error={isEmpty ? t('error.required') : null}
        />
        <InlineError error={customers.error ?? link.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled" loading={link.isPending}>
            {t('customers.link.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
