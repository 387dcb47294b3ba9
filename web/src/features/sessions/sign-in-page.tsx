import { zodResolver } from '@hookform/resolvers/zod';
import { Button, TextInput } from '@mantine/core';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { ApiError } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useTitle } from '../../lib/use-title.ts';
import { InlineError } from '../../ui/states.tsx';
import { Doorway } from './doorway.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { useSignIn } from './queries.ts';

const Form = z.object({ email: z.email().trim(), password: z.string().min(1) });

/** Only a path of this page: a link to the sign-in must not lead elsewhere afterwards. */
function ownAddress(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/';
}

export function SignInPage() {
  const { t } = useText();
  const { history } = useRouter();
  const { next, ended } = useSearch({ from: '/sign-in' });
  const signIn = useSignIn();
  useTitle(t('signIn.title'));
  const { register, handleSubmit, formState, resetField, setFocus } = useForm({
    resolver: zodResolver(Form),
    defaultValues: { email: '', password: '' },
  });
  const submit = handleSubmit((values) =>
    signIn.mutate(values, {
      onSuccess: () => history.replace(ownAddress(next)),
      onError: (error) => {
        if (error instanceof ApiError && error.problem?.code !== 'sign_in_failed') return;
        resetField('password');
        setFocus('password');
      },
    }),
  );
  return (
    <Doorway>
      <h1>{t('signIn.title')}</h1>
      <p className="quiet">{t('signIn.to')}</p>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {ended === '1' && !signIn.isError ? <p className="notice">{t('signIn.ended')}</p> : null}
        <InlineError error={signIn.error} />
        <TextInput
          {...register('email')}
          label={t('common.email')}
          type="email"
          autoComplete="username"
          inputMode="email"
          error={formState.errors.email === undefined ? null : t('error.invalidEmail')}
        />
        <PasswordField
          {...register('password')}
          label={t('common.password')}
          autoComplete="current-password"
          error={formState.errors.password === undefined ? null : t('error.required')}
        />
        <Button type="submit" variant="filled" loading={signIn.isPending} fullWidth>
          {t('signIn.continue')}
        </Button>
      </form>
    </Doorway>
  );
}
