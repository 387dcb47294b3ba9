import { zodResolver } from '@hookform/resolvers/zod';
import { Button, TextInput } from '@mantine/core';
import type { OrgUuid } from '@hub/contract/ids';
import { type RegionCode, regionLabels, regionOfCountry } from '@hub/contract/regions';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { useText } from '../../lib/i18n.ts';
import { nameFault } from '../../lib/name-fault.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { CountrySelect } from './country-select.tsx';
import { useCreateCustomer } from './queries.ts';

const nameLength = 200;
const Form = z.object({
  name: z.string().trim().min(1).max(nameLength),
  country: z.string().min(2),
  externalId: z.string().trim().max(nameLength),
});

/** A customer for an organization whose rows are held in `region`: a country of another region is refused before anything is sent. */
export function CreateCustomerDialog({
  orgUuid,
  region,
  rows,
  onClose,
}: {
  orgUuid: OrgUuid;
  region: RegionCode;
  rows: number;
  onClose: () => void;
}) {
  const { t, f } = useText();
  useReturnFocus();
  const create = useCreateCustomer();
  const { register, handleSubmit, formState, control, watch } = useForm({
    resolver: zodResolver(Form),
    defaultValues: { name: '', country: '', externalId: '' },
  });
  const country = watch('country');
  const implied = country === '' ? null : regionOfCountry(country);
  const isMismatch = implied !== null && implied !== region;
  const submit = handleSubmit(({ name, externalId, ...values }) => {
    if (regionOfCountry(values.country) !== region) return;
    create.mutate(
      { name, country: values.country, orgUuid, expectedRegion: region, ...(externalId === '' ? {} : { externalId }) },
      {
        onSuccess: () => {
          toast({ title: t('customers.created', { name }) });
          onClose();
        },
      },
    );
  });
  const mismatch = isMismatch
    ? t('customers.country.mismatch', {
        country: f.country(country),
        customerRegion: regionLabels[implied],
        region: regionLabels[region],
      })
    : null;
  return (
    <Dialog title={t('customers.create.title')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <p className="quiet wrap">{t('customers.create.body', { organization: orgUuid, count: rows })}</p>
        <TextInput
          {...register('name')}
          label={t('common.name')}
          data-autofocus
          error={formState.errors.name === undefined ? null : nameFault(watch('name'), nameLength, t)}
        />
        <Controller
          control={control}
          name="country"
          render={({ field }) => (
            <CountrySelect
              description={t('customers.country.hint')}
              ref={field.ref}
              value={field.value}
              onChange={field.onChange}
              onBlur={field.onBlur}
              error={mismatch ?? (formState.errors.country === undefined ? null : t('error.required'))}
            />
          )}
        />
        {implied === null || isMismatch ? null : (
          <p className="help">{t('customers.country.region', { region: t(`region.${implied}`) })}</p>
        )}
        <TextInput
          {...register('externalId')}
          label={`${t('customers.externalId')} (${t('common.optional')})`}
          description={t('customers.externalId.hint')}
          error={formState.errors.externalId === undefined ? null : t('error.tooLong', { max: nameLength })}
        />
        <InlineError error={create.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled" loading={create.isPending}>
            {t('held.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
