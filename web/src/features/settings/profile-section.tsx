import { zodResolver } from '@hookform/resolvers/zod';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Language } from '@hub/contract/sessions';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useChangeProfile, useSession } from '../sessions/index.ts';
import { languageNames, rememberLanguage, speak, translate, useText } from '../../lib/i18n.ts';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { Section } from './section.tsx';

const Form = z.object({ name: z.string().trim().min(1).max(200), language: Language });

export function ProfileSection() {
  const { t, language } = useText();
  const { person, role } = useSession();
  const change = useChangeProfile();
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(Form),
    values: { name: person.name, language },
  });
  const submit = handleSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => {
        rememberLanguage(values.language);
        void speak(values.language).then(() => toast({ title: translate('state.saved') }));
      },
    }),
  );
  return (
    <Section title={t('settings.profile')} hint={t('settings.profile.hint')}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          {...register('name')}
          label={t('common.name')}
          autoComplete="name"
          error={formState.errors.name === undefined ? null : t('error.required')}
        />
        <NativeSelect
          {...register('language')}
          label={t('frame.language')}
          data={Language.options.map((value) => ({ value, label: languageNames[value] }))}
        />
        <dl className="facts">
          <dt>{t('common.email')}</dt>
          <dd>{person.email}</dd>
          <dt>{t('common.role')}</dt>
          <dd>{t(`role.${role}`)}</dd>
        </dl>
        <InlineError error={change.error} />
        <div>
          <Button type="submit" loading={change.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
