import { zodResolver } from '@hookform/resolvers/zod';
import { Button } from '@mantine/core';
import { passwordMinimum } from '@hub/contract/sessions';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useChangePassword, useSession } from '../sessions/index.ts';
import { ApiError } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { Section } from './section.tsx';

const Form = z.object({ currentPassword: z.string().min(1), newPassword: z.string().min(passwordMinimum) });

export function PasswordSection() {
  const { t } = useText();
  const { person } = useSession();
  const change = useChangePassword();
  const { register, handleSubmit, formState, watch, reset } = useForm({
    resolver: zodResolver(Form),
    defaultValues: { currentPassword: '', newPassword: '' },
  });
  const typed = watch('newPassword').length;
  const isWrong = change.error instanceof ApiError && change.error.problem?.code === 'sign_in_failed';
  const submit = handleSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => {
        reset();
        toast({ title: t('settings.password.changed') });
      },
    }),
  );
  const { errors } = formState;
  return (
    <Section title={t('settings.password')} hint={t('settings.password.hint')}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <input type="text" name="username" autoComplete="username" value={person.email} readOnly hidden />
        <PasswordField
          {...register('currentPassword')}
          label={t('settings.password.current')}
          autoComplete="current-password"
          error={
            isWrong ? t('settings.password.wrong') : errors.currentPassword === undefined ? null : t('error.required')
          }
        />
        <PasswordField
          {...register('newPassword')}
          label={t('settings.password.new')}
          description={t('setup.password.hint', { minimum: passwordMinimum })}
          autoComplete="new-password"
          error={
            errors.newPassword === undefined
              ? null
              : t('setup.password.short', { minimum: passwordMinimum, count: Math.max(1, passwordMinimum - typed) })
          }
        />
        {isWrong ? null : <InlineError error={change.error} />}
        <div>
          <Button type="submit" loading={change.isPending}>
            {t('settings.password')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
