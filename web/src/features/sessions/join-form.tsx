import { zodResolver } from '@hookform/resolvers/zod';
import { Button, TextInput } from '@mantine/core';
import { passwordMinimum, PersonName } from '@hub/contract/sessions';
import { useNavigate } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { ApiError } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { InlineError } from '../../ui/states.tsx';
import { useAccept } from './join-queries.ts';

const NewPerson = z.object({ name: PersonName, password: z.string().min(passwordMinimum) });
const KnownPerson = z.object({ name: z.string(), password: z.string().min(1) });

/** A new person gives a name and chooses a password; who has an account gives its password. */
export function JoinForm({
  secret,
  email,
  hasAccount,
  onUsedUp,
}: {
  secret: string;
  email: string;
  hasAccount: boolean;
  onUsedUp: () => void;
}) {
  const { t, language } = useText();
  const navigate = useNavigate();
  const accept = useAccept();
  const { register, handleSubmit, formState, watch, resetField, setFocus } = useForm({
    resolver: zodResolver(hasAccount ? KnownPerson : NewPerson),
    defaultValues: { name: '', password: '' },
  });
  const { errors } = formState;
  const typed = watch('password').length;
  const isWrong = accept.error instanceof ApiError && accept.error.problem?.code === 'sign_in_failed';
  const submit = handleSubmit(({ name, password }) =>
    accept.mutate(
      { secret, password, ...(hasAccount ? {} : { name, language }) },
      {
        onSuccess: () => void navigate({ to: '/', replace: true }),
        onError: (error) => {
          if (!(error instanceof ApiError)) return;
          if (error.problem?.code === 'invitation_invalid') onUsedUp();
          if (error.problem?.code === 'sign_in_failed') {
            resetField('password');
            setFocus('password');
          }
        },
      },
    ),
  );
  const short = t('setup.password.short', { minimum: passwordMinimum, count: Math.max(1, passwordMinimum - typed) });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {isWrong ? null : <InlineError error={accept.error} />}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      {hasAccount ? null : (
        <TextInput
          {...register('name')}
          label={t('setup.person')}
          autoComplete="name"
          error={errors.name === undefined ? null : t('error.required')}
        />
      )}
      <PasswordField
        {...register('password')}
        label={t('common.password')}
        autoComplete={hasAccount ? 'current-password' : 'new-password'}
        {...(hasAccount ? {} : { description: t('setup.password.hint', { minimum: passwordMinimum }) })}
        error={
          isWrong
            ? t('join.wrongPassword')
            : errors.password === undefined
              ? null
              : hasAccount
                ? t('error.required')
                : short
        }
      />
      <Button type="submit" variant="filled" loading={accept.isPending} fullWidth>
        {t('join.submit')}
      </Button>
    </form>
  );
}
