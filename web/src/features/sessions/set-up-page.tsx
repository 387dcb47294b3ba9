import { zodResolver } from '@hookform/resolvers/zod';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { RegionCode } from '@hub/contract/regions';
import { passwordMinimum } from '@hub/contract/sessions';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useText } from '../../lib/i18n.ts';
import { useTitle } from '../../lib/use-title.ts';
import { InlineError } from '../../ui/states.tsx';
import { Doorway } from './doorway.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { setupQuery, useSetUp } from './queries.ts';

const Words = z.string().trim().min(1).max(200);
const Form = z.object({
  partnerName: Words,
  homeRegion: RegionCode,
  name: Words,
  email: z.email().trim(),
  password: z.string().min(passwordMinimum),
});

export function SetUpPage() {
  const { t, language } = useText();
  const navigate = useNavigate();
  const { data: setup } = useSuspenseQuery(setupQuery);
  const setUp = useSetUp();
  useTitle(t('setup.title'));
  const { register, handleSubmit, formState, watch } = useForm({
    resolver: zodResolver(Form),
    defaultValues: { partnerName: '', homeRegion: setup.regions[0] ?? 'us', name: '', email: '', password: '' },
  });
  const { errors } = formState;
  const typed = watch('password').length;
  const submit = handleSubmit((values) =>
    setUp.mutate({ ...values, language }, { onSuccess: () => void navigate({ to: '/', replace: true }) }),
  );
  const required = (isWrong: unknown): string | null => (isWrong === undefined ? null : t('error.required'));
  return (
    <Doorway>
      <h1>{t('setup.title')}</h1>
      <p className="quiet">{t('setup.intro')}</p>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <InlineError error={setUp.error} />
        <TextInput
          {...register('partnerName')}
          label={t('setup.partner')}
          description={t('setup.partner.hint')}
          autoComplete="organization"
          error={required(errors.partnerName)}
        />
        <NativeSelect
          {...register('homeRegion')}
          label={t('setup.homeRegion')}
          description={t('setup.homeRegion.hint')}
          data={setup.regions.map((region) => ({ value: region, label: t(`region.${region}`) }))}
        />
        <TextInput {...register('name')} label={t('setup.person')} autoComplete="name" error={required(errors.name)} />
        <TextInput
          {...register('email')}
          label={t('common.email')}
          type="email"
          autoComplete="username"
          error={errors.email === undefined ? null : t('error.invalidEmail')}
        />
        <PasswordField
          {...register('password')}
          label={t('common.password')}
          description={t('setup.password.hint', { minimum: passwordMinimum })}
          autoComplete="new-password"
          error={
            errors.password === undefined
              ? null
              : t('setup.password.short', { minimum: passwordMinimum, count: Math.max(1, passwordMinimum - typed) })
          }
        />
        <Button type="submit" variant="filled" loading={setUp.isPending} fullWidth>
          {t('setup.submit')}
        </Button>
      </form>
    </Doorway>
  );
}
