import { zodResolver } from '@hookform/resolvers/zod';
import { Button, TextInput } from '@mantine/core';
import { createCustomer } from '@hub/contract/customers';
import { regionOfCountry } from '@hub/contract/regions';
import { useNavigate } from '@tanstack/react-router';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { nameFault } from '../../lib/name-fault.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Choices } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { CountrySelect } from './country-select.tsx';
import { useCreateCustomer } from './queries.ts';

const given = createCustomer.body?.shape;
const nameLength = 200;
const phoneLength = 50;
const Form = z.object({
  name: z.string().trim().min(1).max(nameLength),
  country: z.string().min(2),
  externalId: z.string().trim().max(nameLength),
  domain: z
    .string()
    .trim()
    .max(253)
    .refine((text) => given?.domain.safeParse(text).success === true),
  kind: z.enum(['owned', 'external']),
  contactName: z.string().trim().max(nameLength),
  contactEmail: z.union([z.literal(''), z.email().max(254)]),
  contactPhone: z.string().trim().max(phoneLength),
});

/** A customer from nothing. Its country decides its region for good; the form says so before it is too late. */
export function AddCustomerDialog({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { regions } = useSession();
  const navigate = useNavigate();
  useReturnFocus();
  const create = useCreateCustomer();
  const { register, handleSubmit, formState, control, watch, setFocus } = useForm({
    resolver: zodResolver(Form),
    defaultValues: {
      name: '',
      country: '',
      externalId: '',
      domain: '',
      kind: 'owned' as const,
      contactName: '',
      contactEmail: '',
      contactPhone: '',
    },
  });
  const { errors } = formState;
  const country = watch('country');
  const region = country === '' ? null : regionOfCountry(country);
  const isServed = region === null || regions.includes(region);
  const submit = handleSubmit(({ contactName, contactEmail, contactPhone, externalId, domain, ...values }) => {
    if (!isServed) {
      setFocus('country');
      return;
    }
    const contact = { name: contactName, email: contactEmail, phone: contactPhone };
    create.mutate(
      {
        ...values,
        ...(externalId === '' ? {} : { externalId }),
        ...(domain === '' ? {} : { domain }),
        ...(Object.values(contact).every((text) => text === '') ? {} : { contact }),
      },
      {
        onSuccess: ({ id, name }) => {
          toast({ title: t('customers.added', { name }) });
          onClose();
          void navigate({ to: '/customers/$customerId', params: { customerId: id } });
        },
      },
    );
  });
  const optional = (label: string): string => `${label} (${t('common.optional')})`;
  const notServed =
    region === null || isServed ? null : t('error.region_not_served', { region: t(`region.${region}`) });
  return (
    <Dialog title={t('customers.add')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          {...register('name')}
          label={t('common.name')}
          data-autofocus
          error={errors.name === undefined ? null : nameFault(watch('name'), nameLength, t)}
        />
        <Controller
          control={control}
          name="country"
          render={({ field }) => (
            <CountrySelect
              ref={field.ref}
              value={field.value}
              onChange={field.onChange}
              onBlur={field.onBlur}
              error={notServed ?? (errors.country === undefined ? null : t('error.required'))}
            />
          )}
        />
        <p className="help" aria-live="polite">
          {region === null || !isServed
            ? t('customers.residency.before')
            : t('customers.residency', { region: t(`region.${region}`) })}
        </p>
        <Controller
          control={control}
          name="kind"
          render={({ field }) => (
            <Choices
              label={t('customers.relationship')}
              choices={[
                { value: 'owned', label: t('relationship.owned'), description: t('relationship.owned.hint') },
                { value: 'external', label: t('relationship.external'), description: t('relationship.external.hint') },
              ]}
              value={field.value}
              onChange={field.onChange}
            />
          )}
        />
        <div className="pair">
          <TextInput
            {...register('externalId')}
            label={optional(t('customers.externalId'))}
            error={errors.externalId === undefined ? null : t('error.tooLong', { max: nameLength })}
          />
          <TextInput
            {...register('domain')}
            label={optional(t('field.domain'))}
            placeholder="example.com"
            autoCapitalize="off"
            spellCheck={false}
            error={errors.domain === undefined ? null : t('customers.domain.invalid')}
          />
        </div>
        <TextInput
          {...register('contactName')}
          label={optional(t('customers.contact.name'))}
          error={errors.contactName === undefined ? null : t('error.tooLong', { max: nameLength })}
        />
        <div className="pair">
          <TextInput
            {...register('contactEmail')}
            type="email"
            label={optional(t('common.email'))}
            error={errors.contactEmail === undefined ? null : t('error.invalidEmail')}
          />
          <TextInput
            {...register('contactPhone')}
            type="tel"
            label={optional(t('customers.contact.phone'))}
            error={errors.contactPhone === undefined ? null : t('error.tooLong', { max: phoneLength })}
          />
        </div>
        <InlineError error={create.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled" loading={create.isPending}>
            {t('customers.add')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
