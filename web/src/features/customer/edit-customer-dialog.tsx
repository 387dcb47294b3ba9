import { zodResolver } from '@hookform/resolvers/zod';
import { Button, TextInput } from '@mantine/core';
import { getCustomer } from '@hub/contract/customers';
import { useMemo } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { call } from '../../lib/api.ts';
import { faultText } from '../../lib/form-faults.ts';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Choices } from '../../ui/choices.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { isChangedMeanwhile, useConflict } from '../../ui/use-conflict.ts';
import { bodyOf, conflictFields, CustomerForm, formOf } from './customer-form.ts';
import type { CustomerShown } from './customer-shown.ts';
import { useChangeCustomer } from './queries.ts';

/** Changes what is known of a customer. Country and region stay as they were created. */
export function EditCustomerDialog({ customer, onClose }: { customer: CustomerShown; onClose: () => void }) {
  const { t, f } = useText();
  useReturnFocus();
  const change = useChangeCustomer();
  const { id, version: openedVersion, region, country } = customer;
  const opened = useMemo(() => formOf(customer), [customer]);
  const form = useForm({ resolver: zodResolver(CustomerForm), defaultValues: opened });
  const { register, handleSubmit, formState, control } = form;
  const { errors } = formState;
  const { version, conflict, set, meet } = useConflict(
    form,
    { values: opened, version: openedVersion },
    useMemo(() => conflictFields(t), [t]),
  );
  const submit = handleSubmit((values) =>
    change.mutate(
      { params: { customerId: id }, body: { ...bodyOf(values), version } },
      {
        onSuccess: ({ name }) => {
          toast({ title: t('edit.saved', { name }) });
          onClose();
        },
        onError: (error) => {
          if (!isChangedMeanwhile(error)) return;
          void call(getCustomer, { params: { customerId: id } }).then((now) =>
            meet({ values: formOf(now), version: now.version }),
          );
        },
      },
    ),
  );
  return (
    <Dialog title={t('edit.title', { name: customer.name })} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          {...register('name')}
          label={t('common.name')}
          data-autofocus
          autoComplete="off"
          error={faultText(errors.name, t)}
        />
        <TextInput
          {...register('domain')}
          label={`${t('customer.domain')} (${t('common.optional')})`}
          description={t('edit.domain.hint')}
          autoComplete="off"
          error={faultText(errors.domain, t)}
        />
        <TextInput
          {...register('externalId')}
          label={`${t('customers.externalId')} (${t('common.optional')})`}
          description={t('customers.externalId.hint')}
          autoComplete="off"
          error={faultText(errors.externalId, t)}
        />
        <Controller
          control={control}
          name="kind"
          render={({ field }) => (
            <Choices
              label={t('customer.managedBy')}
              value={field.value}
              onChange={field.onChange}
              choices={(['owned', 'external'] as const).map((value) => ({
                value,
                label: t(`customer.kind.${value}`),
                description: t(`edit.kind.${value}`),
              }))}
            />
          )}
        />
        <TextInput
          {...register('contactName')}
          label={`${t('edit.contactName')} (${t('common.optional')})`}
          autoComplete="off"
          error={faultText(errors.contactName, t)}
        />
        <TextInput
          {...register('contactEmail')}
          type="email"
          label={`${t('edit.contactEmail')} (${t('common.optional')})`}
          autoComplete="off"
          error={faultText(errors.contactEmail, t)}
        />
        <TextInput
          {...register('contactPhone')}
          type="tel"
          label={`${t('edit.contactPhone')} (${t('common.optional')})`}
          autoComplete="off"
          error={faultText(errors.contactPhone, t)}
        />
        <p className="help">
          {t('customer.region.why', { region: t(`region.${region}`), country: f.country(country) })}
        </p>
        <ConflictNotice form={form} conflict={conflict} onChoose={set} />
        {isChangedMeanwhile(change.error) ? null : <InlineError error={change.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled" loading={change.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
